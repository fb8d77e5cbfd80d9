// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingActions} from "./interfaces/IOwnersMeetingActions.sol";
import {IOwnersMeetingState} from "./interfaces/IOwnersMeetingState.sol";
import {Decision} from "./libraries/Decision.sol";
import {Lanes} from "./libraries/Lanes.sol";
import {WordList, wordsOf} from "./libraries/Words.sol";
import {MeetingConvening} from "./meeting/MeetingConvening.sol";
import {MeetingObjections} from "./meeting/MeetingObjections.sol";
import {SUPERVISOR_ROLE} from "./registry/Roles.sol";
import {MeetingId} from "./types/MeetingId.sol";
import {MeetingState, MeetingSummary, MotionDecision, MotionResult} from "./types/MeetingTypes.sol";
import {VoterIndex} from "./types/VoterIndex.sol";
import {Weight} from "./types/Weight.sol";

/// @title An owners' meeting from the convening to the final result
/// @notice Officials move it by steps, chain time by itself. How ballots are cast, and how each motion's sums come about,
/// is for the kind of meeting that inherits: it fills `_tallyOf`, marks who took part and adds them to `part`.
abstract contract OwnersMeeting is MeetingConvening, MeetingObjections {
    /// @dev One bit an owner: whether the owner has taken part.
    mapping(MeetingId meeting => WordList words) internal _castWords;

    /// @inheritdoc IOwnersMeetingActions
    function declareResult(MeetingId meeting) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Closed));
        uint256 from = uint256(record.closesAt) + record.rules.paperPeriod;
        if (block.timestamp < from) revert OwnersMeetingTooEarly(meeting, from);
        _requireVerdicts(meeting);

        uint256 count = record.motions;
        MotionResult[] memory results = new MotionResult[](count);
        // Set by the loop: a meeting has at least one motion.
        // slither-disable-next-line uninitialized-local
        MotionDecision memory decision;
        for (uint256 i = 0; i < count; ++i) {
            decision = decisionOf(meeting, i);
            results[i] = MotionResult(decision.inFavour, decision.against, decision.passed);
        }
        uint64 objectionsEndAt = uint64(block.timestamp) + record.rules.objectionPeriod;
        record.declaredAt = uint64(block.timestamp);
        record.objectionsEndAt = objectionsEndAt;
        emit ResultDeclared(meeting, decision.total, decision.part, decision.quorum, results, objectionsEndAt);
    }

    /// @inheritdoc IOwnersMeetingActions
    function finalize(MeetingId meeting) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Declared));
        if (block.timestamp < record.objectionsEndAt) revert OwnersMeetingTooEarly(meeting, record.objectionsEndAt);
        if (record.openObjections != 0) revert OwnersMeetingOpenObjections(meeting, record.openObjections);
        record.finalized = true;
        emit ResultFinal(meeting);
    }

    /// @inheritdoc IOwnersMeetingActions
    function voidMeeting(MeetingId meeting, bytes32 reasonHash) external {
        address sender = _official(SUPERVISOR_ROLE);
        uint256 settled = _bit(MeetingState.Final) | _bit(MeetingState.Void);
        Record storage record = _recordIn(meeting, ~settled & ((1 << 9) - 2));
        record.voided = true;
        emit MeetingVoided(meeting, reasonHash, sender);
    }

    /// @inheritdoc IOwnersMeetingState
    function summaryOf(MeetingId meeting) external view returns (MeetingSummary memory summary) {
        Record storage record = _record(meeting);
        summary.state = stateOf(meeting);
        summary.conveneHash = record.conveneHash;
        summary.opensAt = record.opensAt;
        summary.closesAt = record.closesAt;
        summary.consentedAt = record.consentedAt;
        summary.rollPublishedAt = record.rollPublishedAt;
        summary.rollSealedAt = record.rollSealedAt;
        summary.declaredAt = record.declaredAt;
        summary.objectionsEndAt = record.objectionsEndAt;
        summary.openObjections = record.openObjections;
        summary.motions = record.motions;
        summary.rollDigest = record.rollDigest;
        summary.total = Lanes.at(record.total, 0);
        summary.part = Lanes.at(record.part, 0);
        summary.rules = record.rules;
    }

    /// @inheritdoc IOwnersMeetingState
    function decisionOf(MeetingId meeting, uint256 motion) public view returns (MotionDecision memory decision) {
        decision.special = Decision.isSpecial(motionOf(meeting, motion).matter);
        Record storage record = _record(meeting);
        if (record.rollSealedAt == 0) revert OwnersMeetingRollNotSealed(meeting);
        decision.total = Lanes.at(record.total, 0);
        decision.part = Lanes.at(record.part, 0);
        (decision.inFavour, decision.against) = _tallyOf(meeting, motion);
        (decision.quorum, decision.passed) = Decision.decide(
            decision.special,
            decision.total,
            decision.part,
            decision.inFavour
        );
    }

    /// @inheritdoc IOwnersMeetingState
    function hasCast(MeetingId meeting, VoterIndex voter) external view returns (bool) {
        _record(meeting);
        uint256 index = VoterIndex.unwrap(voter);
        return wordsOf(_castWords[meeting]).at(index >> 8) & (1 << (index & 0xff)) != 0;
    }

    /// @dev Reverts while the sums of a closed meeting do not settle every motion.
    function _requireVerdicts(MeetingId meeting) internal view virtual {}

    /// @dev The sums for and against a motion by what is counted so far.
    function _tallyOf(
        MeetingId meeting,
        uint256 motion
    ) internal view virtual returns (Weight memory inFavour, Weight memory against);
}
