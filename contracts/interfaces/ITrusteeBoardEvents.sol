// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";

/// @title What the trustees' board announces: everything a trustee or an auditor needs to follow a run
interface ITrusteeBoardEvents {
    event TrusteesProposed(MeetingId indexed meeting, address[] accounts, uint8 threshold, bytes32 trusteeSetHash);

    event TrusteesConfirmed(MeetingId indexed meeting, uint32 run, bytes32 trusteeSetHash, address by);

    event KeysCommitted(
        MeetingId indexed meeting,
        uint32 run,
        uint8 trustee,
        bytes32 commitment,
        uint256[2] encryptionKey
    );

    event KeysRevealed(MeetingId indexed meeting, uint32 run, uint8 trustee, uint256[] coefficients, uint256[4] proofs);

    event SharesDealt(MeetingId indexed meeting, uint32 run, uint8 trustee, bytes shares);

    event KeysApproved(MeetingId indexed meeting, uint32 run, uint8 trustee, bytes32 transcript);

    event KeysCompleted(
        MeetingId indexed meeting,
        uint32 run,
        uint256[2] keyFor,
        uint256[2] keyAgainst,
        bytes32 transcript
    );

    /// @dev `run` is the new one; `against` is the trustee complained of, 0 for none.
    event KeysRestarted(MeetingId indexed meeting, uint32 run, address by, uint8 against, bytes32 reasonHash);

    event SharesPosted(MeetingId indexed meeting, uint8 stage, uint8 trustee, uint16 first, uint256[] words);

    event SumsOpened(MeetingId indexed meeting, uint8 stage, uint16 first, uint8[] trustees, uint64[] values);
}
