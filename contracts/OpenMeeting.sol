// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IOpenMeeting} from "./interfaces/IOpenMeeting.sol";
import {BallotDigest} from "./libraries/BallotDigest.sol";
import {BallotRecord} from "./libraries/BallotRecord.sol";
import {Lanes} from "./libraries/Lanes.sol";
import {RollWord} from "./libraries/RollWord.sol";
import {OwnersMeeting} from "./OwnersMeeting.sol";
import {BallotSkip} from "./types/BallotSkip.sol";
import {MeetingId} from "./types/MeetingId.sol";
import {MeetingState} from "./types/MeetingTypes.sol";
import {Weight} from "./types/Weight.sol";

/// @title An owners' meeting whose ballots everyone can read
/// @notice Ballots come signed, in batches, from anyone. What counts is the signature, never the sender.
/// @dev Meant to be cloned.
contract OpenMeeting is IOpenMeeting, OwnersMeeting {
    /// @dev Covers one record with a first vote in a fresh word, a skip event, and what the end of the batch writes.
    /// The recovery alone takes 3,000: no record can be called badly signed because the sender was stingy.
    uint256 internal constant RECORD_GAS_FLOOR = 100_000;

    /// @dev What the records of a batch share, held in memory until the end.
    struct Batch {
        uint256 motions;
        uint256 part;
        // For and against of two motions a word, in lanes.
        uint256[] sums;
        GroupCap[] caps;
        address[] keys;
        BallotDigest.Template template;
    }

    mapping(MeetingId meeting => mapping(uint256 pair => uint256 lanes)) private _sums;

    constructor(address forwarder) ERC2771Context(forwarder) EIP712("Wanjia OpenMeeting", "1") {}

    /// @inheritdoc IOpenMeeting
    function cast(MeetingId meeting, bytes calldata records) external {
        uint256 count = records.length / BallotRecord.SIZE;
        if (count == 0 || records.length % BallotRecord.SIZE != 0) revert OpenMeetingRecordsLength(records.length);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Open));
        Batch memory batch = _begin(meeting, record, records);
        mapping(uint256 word => uint256 areas) storage roll = _roll[meeting];
        mapping(uint256 word => uint256 bits) storage castBits = _castBits[meeting];
        uint256 position;
        assembly ("memory-safe") {
            position := records.offset
        }
        for (uint256 i = 0; i < count; ) {
            if (gasleft() < RECORD_GAS_FLOOR) revert OpenMeetingGasFloor(i, gasleft());
            BallotSkip reason = _count(batch, roll, castBits, i, position);
            if (reason != BallotSkip.None) {
                (uint256 voter, ) = BallotRecord.head(position);
                emit BallotSkipped(meeting, i, uint32(voter), reason);
            }
            unchecked {
                ++i;
                position += BallotRecord.SIZE;
            }
        }
        _end(meeting, record, batch);
        emit BallotsCast(meeting, records);
    }

    /// @dev Counts one record, or says why not. The order of the checks is part of the protocol.
    function _count(
        Batch memory batch,
        mapping(uint256 word => uint256 areas) storage roll,
        mapping(uint256 word => uint256 bits) storage castBits,
        uint256 i,
        uint256 position
    ) private returns (BallotSkip) {
        (uint256 voter, uint256 choices) = BallotRecord.head(position);
        uint256 area = RollWord.areaOf(roll[voter >> 3], voter);
        if (area == 0) return BallotSkip.NotOnRoll;
        uint256 bits = castBits[voter >> 8];
        uint256 bit = 1 << (voter & 0xff);
        if (bits & bit != 0) return BallotSkip.AlreadyCast;
        if (!BallotRecord.isValid(choices, batch.motions)) return BallotSkip.InvalidChoice;
        GroupCap[] memory caps = batch.caps;
        for (uint256 k = 0; k < caps.length; ++k) {
            if (BallotRecord.supported(choices, caps[k].mask) > caps[k].cap) return BallotSkip.OverGroupCap;
        }
        uint256 key = uint160(batch.keys[i]);
        if (key == 0) return BallotSkip.NotRegistered;
        if (BallotDigest.signer(batch.template, voter, choices, position + 12) != key) return BallotSkip.BadSignature;

        castBits[voter >> 8] = bits | bit;
        uint256 lane = Lanes.ofOwner(area);
        uint256[] memory sums = batch.sums;
        unchecked {
            batch.part += lane;
            for (uint256 pair = 0; choices != 0; ++pair) {
                sums[pair] += lane * Lanes.spread(choices & 15);
                choices >>= 4;
            }
        }
        return BallotSkip.None;
    }

    function _begin(
        MeetingId meeting,
        Record storage record,
        bytes calldata records
    ) private view returns (Batch memory batch) {
        batch.motions = record.motions;
        batch.part = record.part;
        batch.sums = new uint256[]((batch.motions + 1) / 2);
        for (uint256 pair = 0; pair < batch.sums.length; ++pair) {
            batch.sums[pair] = _sums[meeting][pair];
        }
        batch.caps = _groupCaps[meeting];
        batch.keys = registry().keysOf(BallotRecord.voters(records));
        batch.template = BallotDigest.prepare(_domainSeparatorV4(), meeting, record.conveneHash);
    }

    function _end(MeetingId meeting, Record storage record, Batch memory batch) private {
        record.part = uint64(batch.part);
        for (uint256 pair = 0; pair < batch.sums.length; ++pair) {
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
