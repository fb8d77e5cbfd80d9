// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingActions} from "../interfaces/IOwnersMeetingActions.sol";
import {IOwnersMeetingState} from "../interfaces/IOwnersMeetingState.sol";
import {Lanes} from "../libraries/Lanes.sol";
import {ROLL_WORDS, RollWord} from "../libraries/RollWord.sol";
import {WordList, Words, wordsOf} from "../libraries/Words.sol";
import {COMMITTEE_ROLE, SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {Weight} from "../types/Weight.sol";
import {MeetingStore} from "./MeetingStore.sol";

/// @title The roll: published in packed words, added up by the contract, sealed before the first ballot
abstract contract MeetingRoll is MeetingStore {
    /// @dev Packed areas, see `RollWord`.
    mapping(MeetingId meeting => WordList words) internal _roll;

    /// @inheritdoc IOwnersMeetingActions
    function publishRoll(MeetingId meeting, uint32 firstWord, uint256[] calldata words) external {
        _official(COMMITTEE_ROLE);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Convened) | _bit(MeetingState.Notice));
        if (record.rollSealedAt != 0) revert OwnersMeetingRollSealed(meeting);
        if (words.length == 0 || uint256(firstWord) + words.length > ROLL_WORDS) {
            revert OwnersMeetingRollWords(firstWord, words.length);
        }
        if (firstWord == 0 && RollWord.areaOf(words[0], 0) != 0) revert OwnersMeetingVoterZero(meeting);

        Weight memory total = _replace(meeting, Lanes.at(record.total, 0), firstWord, words);
        bytes32 digest = keccak256(abi.encode(record.rollDigest, firstWord, words));
        record.total = Lanes.pack(total);
        record.rollDigest = digest;
        record.rollPublishedAt = uint64(block.timestamp);
        _published(meeting, firstWord, words);
        emit RollPublished(meeting, firstWord, words, total.area, total.heads, digest);
    }

    /// @inheritdoc IOwnersMeetingActions
    function sealRoll(MeetingId meeting, bytes32 digest, uint64 areaTotal, uint32 headsTotal) external {
        address sender = _official(SUPERVISOR_ROLE);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Notice));
        if (record.rollSealedAt != 0) revert OwnersMeetingRollSealed(meeting);
        Weight memory total = Lanes.at(record.total, 0);
        if (total.area == 0 || total.heads == 0) revert OwnersMeetingRollEmpty(meeting);
        uint256 sealableFrom = uint256(record.rollPublishedAt) + record.rules.rollPeriod;
        if (block.timestamp < sealableFrom) revert OwnersMeetingRollPeriod(meeting, sealableFrom);
        // The supervisor names what was checked: a word slipped in since then cannot be sealed by mistake.
        if (digest != record.rollDigest || areaTotal != total.area || headsTotal != total.heads) {
            revert OwnersMeetingRollMismatch(meeting, record.rollDigest, total.area, total.heads);
        }
        _requireElectorate(meeting, total);
        record.rollSealedAt = uint64(block.timestamp);
        emit RollSealed(meeting, digest, areaTotal, headsTotal, sender);
    }

    /// @inheritdoc IOwnersMeetingState
    function areaOf(MeetingId meeting, VoterIndex voter) public view returns (uint256) {
        _record(meeting);
        uint256 index = VoterIndex.unwrap(voter);
        return RollWord.areaOf(wordsOf(_roll[meeting]).at(index >> 3), index);
    }

    /// @dev Told of every publication, for kinds of meetings that ask something of their electorate.
    function _published(MeetingId meeting, uint256 firstWord, uint256[] calldata words) internal virtual {}

    /// @dev Reverts when a roll of these totals is no electorate for this kind of meeting.
    function _requireElectorate(MeetingId meeting, Weight memory total) internal view virtual {}

    /// @dev Stores the words and moves the totals by the difference to what stood there.
    function _replace(
        MeetingId meeting,
        Weight memory before,
        uint256 firstWord,
        uint256[] calldata words
    ) private returns (Weight memory) {
        Words roll = wordsOf(_roll[meeting]);
        (uint256 area, uint256 heads) = (before.area, before.heads);
        for (uint256 i = 0; i < words.length; ++i) {
            (uint256 areaIn, uint256 headsIn) = RollWord.weigh(words[i]);
            (uint256 areaOut, uint256 headsOut) = RollWord.weigh(roll.at(firstWord + i));
            roll.set(firstWord + i, words[i]);
            area = area + areaIn - areaOut;
            heads = heads + headsIn - headsOut;
        }
        if (area > Lanes.MAX_AREA || heads > Lanes.MAX_HEADS) revert OwnersMeetingRollTooLarge(area, heads);
        // Both were just held against narrower bounds.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Weight({area: uint64(area), heads: uint32(heads)});
    }
}
