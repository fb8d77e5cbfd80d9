// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";

/// @title Why the trustees' board refuses
interface ITrusteeBoardErrors {
    /// @dev Three to fifteen different accounts, of whom two or more are needed.
    error TrusteeBoardSet(uint256 trustees, uint256 threshold);

    /// @dev One account twice, or none.
    error TrusteeBoardAccount(address account);

    /// @dev What is confirmed is not what is proposed.
    error TrusteeBoardProposal(MeetingId meeting, bytes32 proposed, bytes32 confirmed);

    /// @dev The meeting is not before its opening, or its keys are fixed.
    error TrusteeBoardTooLate(MeetingId meeting);

    error TrusteeBoardNotTrustee(MeetingId meeting, address account);

    /// @dev Another run is under way.
    error TrusteeBoardRun(MeetingId meeting, uint256 current, uint256 given);

    /// @dev The run is at another step, or this trustee has taken this one.
    error TrusteeBoardStep(MeetingId meeting, uint256 current, uint256 given);

    /// @dev Numbers that may not be read, or too few or too many of them.
    error TrusteeBoardMalformed(uint256 trustee);

    /// @dev A proof of possession does not hold.
    error TrusteeBoardPossession(uint256 trustee);

    /// @dev The coefficients are not those that were committed to.
    error TrusteeBoardCommitment(uint256 trustee);

    /// @dev What is approved is not what stands on the board.
    error TrusteeBoardTranscript(MeetingId meeting, bytes32 current, bytes32 given);

    /// @dev The sums are not sealed, or the stage's turn has not come.
    error TrusteeBoardNotSealed(MeetingId meeting, uint256 stage);

    /// @dev Nothing more is opened of a meeting that was voided.
    error TrusteeBoardVoided(MeetingId meeting);

    /// @dev There are levels 0 to 2, and sides 0 and 1.
    error TrusteeBoardUnknownSum(uint256 level, uint256 side);

    /// @dev Shares and values come in order, each once.
    error TrusteeBoardOrder(uint256 expected, uint256 given, uint256 count);

    /// @dev A trustee's share does not stand its proof.
    error TrusteeBoardShare(uint256 trustee, uint256 aggregate);

    /// @dev A set of trustees that cannot open: not the threshold, not ascending, or one without shares.
    error TrusteeBoardOpeners(uint256 trustee);

    /// @dev The shares decrypt an aggregate to another value.
    error TrusteeBoardValue(uint256 aggregate);
}
