// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Why a ballot was not counted. An open meeting checks in this order; a secret one last reads the encryption and
/// its proofs: Malformed or InvalidChoice of each motion, then Malformed or OverGroupCap of each group.
enum BallotSkip {
    None,
    NotOnRoll,
    AlreadyCast,
    InvalidChoice,
    OverGroupCap,
    NotRegistered,
    BadSignature,
    Malformed
}
