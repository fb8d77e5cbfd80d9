// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IOpenMeeting} from "./interfaces/IOpenMeeting.sol";
import {BallotCount} from "./libraries/BallotCount.sol";
import {BallotDigest} from "./libraries/BallotDigest.sol";
import {BallotKeys} from "./libraries/BallotKeys.sol";
import {BallotRecord} from "./libraries/BallotRecord.sol";
import {Lanes} from "./libraries/Lanes.sol";
import {RollWord} from "./libraries/RollWord.sol";
import {wordsOf} from "./libraries/Words.sol";
import {OwnersMeeting} from "./OwnersMeeting.sol";
import {BallotSkip} from "./types/BallotSkip.sol";
import {MeetingId} from "./types/MeetingId.sol";
import {MeetingState} from "./types/MeetingTypes.sol";
import {Weight} from "./types/Weight.sol";

/// @title An owners' meeting whose ballots everyone can read
/// @notice Ballots come signed, in batches, from anyone. What counts is the signature, never the sender.
/// @dev Meant to be cloned.
contract OpenMeeting is IOpenMeeting, OwnersMeeting {
    using BallotCount for BallotCount.Batch;
    using BallotKeys for uint256[];

    /// @dev Covers one record with a first vote in a fresh word, a skip event, and what the end of the batch writes.
    /// The recovery alone takes 3,000: no record can be called badly signed because the sender was stingy.
    uint256 internal constant RECORD_GAS_FLOOR = 100_000;

    mapping(MeetingId meeting => mapping(uint256 pair => uint256 lanes)) private _sums;

    constructor(address forwarder) ERC2771Context(forwarder) EIP712("Wanjia OpenMeeting", "1") {}

    /// @inheritdoc IOpenMeeting
    function cast(MeetingId meeting, bytes calldata records) external {
        uint256 count = records.length / BallotRecord.SIZE;
        if (count == 0 || records.length % BallotRecord.SIZE != 0) revert OpenMeetingRecordsLength(records.length);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Open));
        GroupCap[] memory caps = _groupCaps[meeting];
        uint256[] memory keys = BallotKeys.read(address(registry()), records);
        BallotCount.Batch memory batch = _begin(meeting, record);
        for (uint256 i = 0; i < count; ) {
            // Good records run through to the end; with caps to check, one at a time.
            uint256 limit = caps.length == 0 ? count : i + 1;
            if (!_isOverCap(caps, records, i)) i = _accept(batch, keys, records, i, limit);
            if (i == limit) continue;
            // It stopped for want of gas, or for the record itself: nobody is skipped because the sender was stingy.
            if (gasleft() < RECORD_GAS_FLOOR) revert OpenMeetingGasFloor(i, gasleft());
            _skip(meeting, batch, caps, keys, records, i);
            ++i;
        }
        _end(meeting, record, batch);
        emit BallotsCast(meeting, records);
    }

    /// @dev Counts good records from `i` on, before `limit`; gives the number of the first that is not.
    function _accept(
        BallotCount.Batch memory batch,
        uint256[] memory keys,
        bytes calldata records,
        uint256 i,
        uint256 limit
    ) private returns (uint256) {
        uint256 first = BallotRecord.position(records, 0);
        uint256 stopped = batch.accept(
            BallotRecord.position(records, i),
            BallotRecord.position(records, limit),
            keys.placeOf(i),
            RECORD_GAS_FLOOR
        );
        return (stopped - first) / BallotRecord.SIZE;
    }

    /// @dev Says why a record was not counted. The order of the checks is part of the protocol.
    function _skip(
        MeetingId meeting,
        BallotCount.Batch memory batch,
        GroupCap[] memory caps,
        uint256[] memory keys,
        bytes calldata records,
        uint256 i
    ) private {
        batch.putBack();
        (uint256 voter, uint256 choices) = BallotRecord.head(BallotRecord.position(records, i));
        BallotSkip reason = BallotSkip.BadSignature;
        if (RollWord.areaOf(batch.roll.at(voter >> 3), voter) == 0) reason = BallotSkip.NotOnRoll;
        else if (batch.castWords.at(voter >> 8) & (1 << (voter & 0xff)) != 0) reason = BallotSkip.AlreadyCast;
        else if (!BallotRecord.isValid(choices, batch.choiceBits)) reason = BallotSkip.InvalidChoice;
        else if (_isOverCap(caps, records, i)) reason = BallotSkip.OverGroupCap;
        else if (keys[i] == 0) reason = BallotSkip.NotRegistered;
        emit BallotSkipped(meeting, i, uint32(voter), reason);
    }

    function _isOverCap(GroupCap[] memory caps, bytes calldata records, uint256 i) private pure returns (bool) {
        // Whose ballot it is does not matter to a cap.
        // slither-disable-next-line unused-return
        (, uint256 choices) = BallotRecord.head(BallotRecord.position(records, i));
        for (uint256 k = 0; k < caps.length; ++k) {
            if (BallotRecord.supported(choices, caps[k].mask) > caps[k].cap) return true;
        }
        return false;
    }

    function _begin(MeetingId meeting, Record storage record) private view returns (BallotCount.Batch memory batch) {
        uint256 motions = record.motions;
        batch.roll = wordsOf(_roll[meeting]);
        batch.castWords = wordsOf(_castWords[meeting]);
        batch.choiceBits = 2 * motions;
        batch.part = record.part;
        batch.sums = new uint256[](BallotCount.wordsFor(motions));
        for (uint256 pair = 0; 2 * pair < motions; ++pair) {
            batch.sums[pair] = _sums[meeting][pair];
        }
        batch.template = BallotDigest.prepare(_domainSeparatorV4(), meeting, record.conveneHash);
    }

    function _end(MeetingId meeting, Record storage record, BallotCount.Batch memory batch) private {
        batch.putBack();
        // A lane of 64 bits, like all others.
        // forge-lint: disable-next-line(unsafe-typecast)
        record.part = uint64(batch.part);
        for (uint256 pair = 0; 4 * pair < batch.choiceBits; ++pair) {
            _sums[meeting][pair] = batch.sums[pair];
        }
    }

    function _tallyOf(
        MeetingId meeting,
        uint256 motion
    ) internal view override returns (Weight memory inFavour, Weight memory against) {
        uint256 lanes = _sums[meeting][motion >> 1];
        uint256 first = (motion & 1) << 1;
        return (Lanes.at(lanes, first), Lanes.at(lanes, first + 1));
    }
}
