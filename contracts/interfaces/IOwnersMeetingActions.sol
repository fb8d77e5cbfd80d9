// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {Convening} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title The steps of a meeting, in their order
interface IOwnersMeetingActions {
    /// @notice Convenes a meeting and freezes its content.
    ///
    /// Requirements:
    /// - the caller is of the committee;
    /// - the notice period is at least 15 days and fits before `opensAt`;
    /// - voting lasts 5 to 60 days;
    /// - 1 to 32 motions (secret: to 20) of matters 1 to 9; the motions of a group share one cap of at least 1.
    function convene(Convening calldata convening) external returns (MeetingId meeting);

    /// @notice Consents to exactly this content; the notice period begins.
    ///
    /// Requirements:
    /// - the caller is a supervisor;
    /// - the meeting is Convened, and the whole notice period still fits before the opening;
    /// - `conveneHash` is the frozen one.
    function consent(MeetingId meeting, bytes32 conveneHash) external;

    /// @notice Publishes words of the roll, replacing those already there.
    ///
    /// Requirements:
    /// - the caller is of the committee;
    /// - the meeting is Convened or in Notice, and the roll not sealed;
    /// - at least one word, none beyond the last voter index, no area for voter 0;
    /// - the totals stay below 2**40 (0.01 m²) and 2**24 heads.
    function publishRoll(MeetingId meeting, uint32 firstWord, uint256[] calldata words) external;

    /// @notice Seals the published roll by naming its digest and totals.
    ///
    /// Requirements:
    /// - the caller is a supervisor;
    /// - the meeting is in Notice, the roll neither sealed nor empty;
    /// - nothing was published within the last `rollPeriod`;
    /// - digest and totals are the published ones.
    function sealRoll(MeetingId meeting, bytes32 digest, uint64 areaTotal, uint32 headsTotal) external;

    /// @notice Moves the close, with a reason, before it comes.
    ///
    /// Requirements:
    /// - the caller is of the committee;
    /// - the meeting is Convened, in Notice or Open;
    /// - the new close is later than the old and at most 60 days from the opening.
    function extend(MeetingId meeting, uint64 closesAt, bytes32 reasonHash) external;

    /// @notice Declares the preliminary result. Anyone may call.
    ///
    /// Requirements:
    /// - the meeting is Closed and `paperPeriod` has run out.
    function declareResult(MeetingId meeting) external;

    /// @notice Objects to the result on an owner's behalf. Anyone may bring the owner's signature.
    ///
    /// Requirements:
    /// - the meeting is Declared and the time for objections not over;
    /// - the owner is on the roll and has not objected yet;
    /// - the owner's key signed `Objection`.
    function raiseObjection(MeetingId meeting, VoterIndex voter, bytes32 contentHash, bytes32 r, bytes32 vs) external;

    /// @notice Answers an objection.
    ///
    /// Requirements:
    /// - the caller is a supervisor;
    /// - the meeting is Declared, the objection exists and has no answer.
    function answerObjection(MeetingId meeting, uint256 objection, bytes32 answerHash) external;

    /// @notice Makes the declared result final. Anyone may call.
    ///
    /// Requirements:
    /// - the meeting is Declared, the time for objections is over, and every objection is answered.
    function finalize(MeetingId meeting) external;

    /// @notice Voids a meeting for a reason.
    ///
    /// Requirements:
    /// - the caller is a supervisor;
    /// - the meeting is neither Final nor Void.
    function voidMeeting(MeetingId meeting, bytes32 reasonHash) external;
}
