// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";

/// @title What trustees and officials do on the board (docs/secret-ballots.md)
interface ITrusteeBoardActions {
    /// @notice Names the trustees of a meeting. Committee only, before the meeting's keys are fixed.
    function proposeTrustees(MeetingId meeting, address[] calldata accounts, uint8 threshold) external;

    /// @notice Agrees to the trustees proposed and begins a run. Supervisor only.
    function confirmTrustees(MeetingId meeting, bytes32 trusteeSetHash) external;

    /// @notice Binds a trustee to coefficients nobody has seen, and names the key that shares are encrypted to.
    function commitKeys(
        MeetingId meeting,
        uint32 run,
        bytes32 commitment,
        uint256[2] calldata encryptionKey,
        uint256 c,
        uint256 s
    ) external;

    /// @notice Shows the coefficients, those for and then those against. After all have committed.
    function revealKeys(
        MeetingId meeting,
        uint32 run,
        uint256[] calldata coefficients,
        uint256[4] calldata proofs
    ) external;

    /// @notice Sends every other trustee its shares, 128 bytes each. After all have revealed.
    function dealShares(MeetingId meeting, uint32 run, bytes calldata shares) external;

    /// @notice Says that all shares were right and the transcript is the one seen. After all have dealt.
    function approveKeys(MeetingId meeting, uint32 run, bytes32 transcript) external;

    /// @notice Says that a trustee did wrong: a new run begins. A trustee, before the run is complete.
    function complain(MeetingId meeting, uint32 run, uint8 against, bytes32 reasonHash) external;

    /// @notice Begins a new run, for example because a trustee does not answer. Supervisor, before the keys are fixed.
    function restartKeys(MeetingId meeting, uint32 run, bytes32 reasonHash) external;

    /// @notice A trustee's shares of the sums of a stage, four words each, from number `first` on.
    function postShares(MeetingId meeting, uint8 stage, uint16 first, uint256[] calldata words) external;

    /// @notice What the sums of a stage are, from number `first` on. Anyone; the shares of `trustees` prove it.
    function openSums(
        MeetingId meeting,
        uint8 stage,
        uint16 first,
        uint8[] calldata trustees,
        uint64[] calldata values
    ) external;
}
