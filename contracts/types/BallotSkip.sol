// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Why a ballot was not counted, in the order of the checks.
enum BallotSkip {
    None,
    NotOnRoll,
    AlreadyCast,
    InvalidChoice,
    OverGroupCap,
    NotRegistered,
    BadSignature
}
