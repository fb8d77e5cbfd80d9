// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingActions} from "../interfaces/IOwnersMeetingActions.sol";
import {COMMITTEE_ROLE, SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Convening, MeetingState, Motion} from "../types/MeetingTypes.sol";
import {MeetingStore} from "./MeetingStore.sol";

/// @dev Two bits a motion fill a word of 64.
uint256 constant MAX_MOTIONS = 32;

/// @title Convening a meeting, consenting to it, and extending its voting
abstract contract MeetingConvening is MeetingStore {
    uint256 internal constant MIN_NOTICE = 15 days;
    uint256 internal constant MIN_VOTING = 5 days;
    uint256 internal constant MAX_VOTING = 60 days;

    /// @inheritdoc IOwnersMeetingActions
    function convene(Convening calldata convening) external returns (MeetingId meeting) {
        address sender = _official(COMMITTEE_ROLE);
        _requireTimes(convening);
        Record storage record;
        (meeting, record) = _newMeeting();
        bytes32 conveneHash = keccak256(abi.encode(block.chainid, address(this), meeting, convening));
        record.conveneHash = conveneHash;
        record.opensAt = convening.opensAt;
        record.closesAt = convening.closesAt;
        record.rules = convening.rules;
        record.motions = _freeze(meeting, convening.motions);
        emit MeetingConvened(meeting, conveneHash, sender, convening);
    }

    /// @inheritdoc IOwnersMeetingActions
    function consent(MeetingId meeting, bytes32 conveneHash) external {
        address sender = _official(SUPERVISOR_ROLE);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Convened));
        if (conveneHash != record.conveneHash) {
            revert OwnersMeetingConveneHash(meeting, record.conveneHash, conveneHash);
        }
        _requireNotice(record.opensAt, record.rules.noticePeriod);
        record.consentedAt = uint64(block.timestamp);
        emit ConsentGiven(meeting, sender);
    }

    /// @inheritdoc IOwnersMeetingActions
    function extend(MeetingId meeting, uint64 closesAt, bytes32 reasonHash) external {
        address sender = _official(COMMITTEE_ROLE);
        Record storage record = _recordIn(
            meeting,
            _bit(MeetingState.Convened) | _bit(MeetingState.Notice) | _bit(MeetingState.Open)
        );
        uint256 latest = uint256(record.opensAt) + MAX_VOTING;
        if (closesAt <= record.closesAt || closesAt > latest) revert OwnersMeetingExtension(meeting, closesAt, latest);
        record.closesAt = closesAt;
        emit MeetingExtended(meeting, closesAt, reasonHash, sender);
    }

    /// @dev Checks and stores the motions, and folds the groups' caps into masks over a ballot's choices.
    function _freeze(MeetingId meeting, Motion[] calldata motions) private returns (uint8) {
        uint256 count = motions.length;
        if (count == 0 || count > _mostMotions()) revert OwnersMeetingMotionCount(count);
        // Memory starts as zeros, and zero is a group not seen yet.
        // slither-disable-next-line uninitialized-local
        GroupCap[256] memory caps;
        for (uint256 i = 0; i < count; ++i) {
            Motion calldata motion = motions[i];
            if (motion.matter == 0 || motion.matter > 9) revert OwnersMeetingMatter(i, motion.matter);
            GroupCap memory group = caps[motion.group];
            bool fits = motion.group == 0 ? motion.cap == 0 : motion.cap != 0;
            bool agrees = group.mask == 0 || group.cap == motion.cap;
            if (!fits || !agrees) revert OwnersMeetingGroupCap(i, motion.group, motion.cap);
            group.mask |= uint64(1 << (2 * i));
            group.cap = motion.cap;
            group.group = motion.group;
            _motions[meeting].push(motion);
        }
        for (uint256 i = 1; i < caps.length; ++i) {
            if (caps[i].mask != 0) _groupCaps[meeting].push(caps[i]);
        }
        return uint8(count);
    }

    /// @dev How many motions this kind of meeting can have.
    function _mostMotions() internal pure virtual returns (uint256) {
        return MAX_MOTIONS;
    }

    function _requireTimes(Convening calldata convening) private view {
        uint256 noticePeriod = convening.rules.noticePeriod;
        if (noticePeriod < MIN_NOTICE) revert OwnersMeetingNoticePeriod(noticePeriod, MIN_NOTICE);
        _requireNotice(convening.opensAt, noticePeriod);
        uint256 opensAt = convening.opensAt;
        uint256 closesAt = convening.closesAt;
        if (closesAt < opensAt + MIN_VOTING || closesAt > opensAt + MAX_VOTING) {
            revert OwnersMeetingVotingWindow(opensAt, closesAt);
        }
    }

    function _requireNotice(uint256 opensAt, uint256 noticePeriod) private view {
        uint256 earliest = block.timestamp + noticePeriod;
        if (opensAt < earliest) revert OwnersMeetingNoticeTooShort(opensAt, earliest);
    }
}
