// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title What a meeting refuses
interface IOwnersMeetingErrors {
    /// @dev There is no meeting of this number.
    error OwnersMeetingUnknown(MeetingId meeting);

    /// @dev The meeting has no motion of this number (motions count from 0).
    error OwnersMeetingUnknownMotion(MeetingId meeting, uint256 motion);

    /// @dev The step belongs to other states. Bit `s` of `allowed` stands for state `s`.
    error OwnersMeetingUnexpectedState(MeetingId meeting, MeetingState current, uint256 allowed);

    /// @dev The notice period is shorter than the 15 days of the law.
    error OwnersMeetingNoticePeriod(uint256 noticePeriod, uint256 minimum);

    /// @dev Too late to give the owners the whole notice period before the opening.
    error OwnersMeetingNoticeTooShort(uint256 opensAt, uint256 earliest);

    /// @dev Voting must last 5 to 60 days.
    error OwnersMeetingVotingWindow(uint256 opensAt, uint256 closesAt);

    /// @dev A meeting has 1 to 32 motions, a secret one at most 20.
    error OwnersMeetingMotionCount(uint256 count);

    /// @dev Matters are those of Civil Code 278, 1 to 9.
    error OwnersMeetingMatter(uint256 motion, uint8 matter);

    /// @dev A group needs one and the same cap of at least 1 in all its motions; a motion outside groups has none.
    error OwnersMeetingGroupCap(uint256 motion, uint8 group, uint8 cap);

    /// @dev The consent names other content than was convened.
    error OwnersMeetingConveneHash(MeetingId meeting, bytes32 frozen, bytes32 given);

    /// @dev The roll is sealed.
    error OwnersMeetingRollSealed(MeetingId meeting);

    /// @dev The roll is not sealed, so there is nothing to decide by.
    error OwnersMeetingRollNotSealed(MeetingId meeting);

    /// @dev No words, or words beyond the last voter index.
    error OwnersMeetingRollWords(uint256 firstWord, uint256 count);

    /// @dev Voter 0 is nobody and has no area.
    error OwnersMeetingVoterZero(MeetingId meeting);

    /// @dev The totals do not fit the contract's sums.
    error OwnersMeetingRollTooLarge(uint256 areaTotal, uint256 headsTotal);

    /// @dev A roll without area or heads cannot be sealed.
    error OwnersMeetingRollEmpty(MeetingId meeting);

    /// @dev The roll has been published for less than the period in which owners check it.
    error OwnersMeetingRollPeriod(MeetingId meeting, uint256 sealableFrom);

    /// @dev The supervisor seals another roll than the one published; the published one is named.
    error OwnersMeetingRollMismatch(MeetingId meeting, bytes32 digest, uint64 areaTotal, uint32 headsTotal);

    /// @dev An extension ends later than before and at most 60 days from the opening.
    error OwnersMeetingExtension(MeetingId meeting, uint256 closesAt, uint256 latest);

    /// @dev The period before this step has not run out.
    error OwnersMeetingTooEarly(MeetingId meeting, uint256 from);

    /// @dev Objections wait for an answer.
    error OwnersMeetingOpenObjections(MeetingId meeting, uint256 open);

    /// @dev The time for objections is over.
    error OwnersMeetingObjectionsEnded(MeetingId meeting, uint256 endedAt);

    /// @dev This owner is not on the meeting's roll.
    error OwnersMeetingNotOnRoll(MeetingId meeting, VoterIndex voter);

    /// @dev This owner has objected already.
    error OwnersMeetingAlreadyObjected(MeetingId meeting, VoterIndex voter);

    /// @dev The owner's key did not sign this objection.
    error OwnersMeetingBadObjectionSignature(MeetingId meeting, VoterIndex voter);

    /// @dev There is no objection of this number (objections count from 1).
    error OwnersMeetingUnknownObjection(MeetingId meeting, uint256 objection);

    /// @dev This objection is answered.
    error OwnersMeetingObjectionAnswered(MeetingId meeting, uint256 objection);
}
