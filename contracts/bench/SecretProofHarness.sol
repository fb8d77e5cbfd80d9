// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {SecretProof} from "../libraries/SecretProof.sol";
import {SecretRecord} from "../libraries/SecretRecord.sol";
import {BallotSkip} from "../types/BallotSkip.sol";

/// @title Checking the body of a secret ballot, by itself, so that other implementations can be held against it
contract SecretProofHarness {
    /// @dev A group's number, its motions as two bits each with the lower one set, and its proof's branches.
    struct Group {
        uint256 number;
        uint256 mask;
        uint256 branches;
    }

    /// @notice Why a ballot of this body is skipped, in the order of `cast`, or None.
    function reasonOf(
        SecretProof.Bound calldata bound,
        uint256 motions,
        Group[] calldata groups,
        bytes calldata body
    ) external view returns (BallotSkip reason) {
        SecretProof.Bound memory held = bound;
        uint256 at;
        assembly ("memory-safe") {
            at := body.offset
        }
        for (uint256 i = 0; i < motions; ++i) {
            reason = SecretProof.checkMotion(held, i, at + SecretRecord.MOTION_SIZE * i);
            if (reason != BallotSkip.None) return reason;
        }
        uint256 proof = at + SecretRecord.MOTION_SIZE * motions;
        for (uint256 k = 0; k < groups.length; ++k) {
            Group calldata group = groups[k];
            reason = SecretProof.checkCap(held, group.number, group.mask, group.branches, at, proof);
            if (reason != BallotSkip.None) return reason;
            proof += 64 * group.branches;
        }
    }
}
