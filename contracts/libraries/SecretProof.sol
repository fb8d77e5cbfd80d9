// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BallotSkip} from "../types/BallotSkip.sol";
import {BN254} from "./BN254.sol";

/// @title The proofs of a secret ballot (docs/secret-ballots.md, "Ballot")
/// @dev A precompile's call counts only if it succeeds with 64 bytes: on a chain without precompiles, calls succeed with none.
/// A proof has branches, and each branch one commitment `s·base - c·point` a base. The points stand in rows, one row a
/// branch, the commitments where they are hashed: behind tag, context, voter, number and points. Nothing is allocated:
/// all this lies beyond the free memory and is gone with the call.
library SecretProof {
    /// @dev What all proofs of a ballot are bound to; the bases are G, the key for and the key against.
    struct Bound {
        bytes32 context;
        uint256 voter;
        uint256[6] bases;
    }

    uint256 private constant BALLOT = uint256(keccak256("WSB-1 ballot"));
    uint256 private constant CAP = uint256(keccak256("WSB-1 cap"));

    /// @dev A motion's statement: 4 words, 3 points, 9 commitments.
    uint256 private constant MOTION_STATEMENT = 896;

    /// @notice Why a motion's ciphertext and proof, at `at` of calldata, do not count, or None.
    function checkMotion(Bound memory bound, uint256 motion, uint256 at) internal view returns (BallotSkip) {
        if (!_arePoints(at) || !_areScalars(at + 192, 192)) return BallotSkip.Malformed;
        uint256 statement = _statement(BALLOT, bound, motion);
        uint256 rows = statement + MOTION_STATEMENT;
        assembly ("memory-safe") {
            calldatacopy(add(statement, 128), at, 192)
            calldatacopy(rows, at, 192)
            calldatacopy(add(rows, 192), at, 192)
            calldatacopy(add(rows, 384), at, 192)
        }
        bool ok = _lessG(rows + 256, rows + 64) && _lessG(rows + 512, rows + 128);
        uint256 sum = _commit(_place(bound.bases), 192, statement + 320, rows, at + 192, 96);
        return ok && sum == _challenge(statement, MOTION_STATEMENT) ? BallotSkip.None : BallotSkip.InvalidChoice;
    }

    /// @notice Why the proof at `at` of calldata that no more motions than a group's cap are supported does not count, or
    /// None. `mask` has two bits a motion, the lower one set for those of the group; their ciphertexts, read before, stand
    /// at `motions`.
    function checkCap(
        Bound memory bound,
        uint256 group,
        uint256 mask,
        uint256 branches,
        uint256 motions,
        uint256 at
    ) internal view returns (BallotSkip) {
        if (!_areScalars(at, 64 * branches)) return BallotSkip.Malformed;
        uint256 statement = _statement(CAP, bound, group);
        uint256 size = 256 + 128 * branches;
        uint256 rows = statement + size;
        bool ok = _addUp(statement + 128, motions, mask);
        for (uint256 b = 0; b < branches; ++b) {
            uint256 row = rows + 128 * b;
            _copy(row, statement + 128);
            if (b == 0) _copy(row + 64, statement + 192);
            else ok = _lessG(row + 64, row - 64) && ok;
        }
        uint256 sum = _commit(_place(bound.bases), 128, statement + 256, rows, at, 32 * branches);
        return ok && sum == _challenge(statement, size) ? BallotSkip.None : BallotSkip.OverGroupCap;
    }

    function _statement(uint256 tag, Bound memory bound, uint256 index) private pure returns (uint256 at) {
        assembly ("memory-safe") {
            // Behind the scratch of the precompiles' calls.
            at := add(mload(0x40), 160)
            mstore(at, tag)
            mstore(add(at, 32), mload(bound))
            mstore(add(at, 64), mload(add(bound, 32)))
            mstore(add(at, 96), index)
        }
    }

    /// @dev As {BN254-toScalar}, without allocating.
    function _challenge(uint256 at, uint256 size) private pure returns (uint256 value) {
        (uint256 q, uint256 r256) = (BN254.Q, BN254.R256);
        assembly ("memory-safe") {
            mstore(0, keccak256(at, size))
            mstore(32, 0)
            let high := keccak256(0, 64)
            mstore(32, 1)
            value := addmod(mulmod(high, r256, q), keccak256(0, 64), q)
        }
    }

    /// @dev Writes the commitments of all branches to `to` and gives the sum of the challenges, or a number that is no
    /// scalar when a precompile failed. `width` is the size of a row, `size` that of all challenges, at `at` of calldata;
    /// the responses follow them.
    function _commit(
        uint256 bases,
        uint256 width,
        uint256 to,
        uint256 rows,
        uint256 at,
        uint256 size
    ) private view returns (uint256 sum) {
        uint256 q = BN254.Q;
        assembly ("memory-safe") {
            let work := mload(0x40)
            let half := add(work, 64)
            let last := add(bases, width)
            let ok := 64
            for {
                let end := add(at, size)
            } lt(at, end) {
                at := add(at, 32)
            } {
                let c := calldataload(at)
                sum := addmod(sum, c, q)
                c := sub(q, c)
                for {
                    let base := bases
                } lt(base, last) {
                    base := add(base, 64)
                } {
                    mstore(work, mload(base))
                    mstore(add(work, 32), mload(add(base, 32)))
                    mstore(half, calldataload(add(at, size)))
                    ok := and(ok, mul(returndatasize(), staticcall(6150, 7, work, 96, work, 64)))
                    mstore(half, mload(rows))
                    mstore(add(half, 32), mload(add(rows, 32)))
                    mstore(add(half, 64), c)
                    ok := and(ok, mul(returndatasize(), staticcall(6150, 7, half, 96, half, 64)))
                    ok := and(ok, mul(returndatasize(), staticcall(300, 6, work, 128, to, 64)))
                    rows := add(rows, 64)
                    to := add(to, 64)
                }
            }
            if iszero(ok) {
                sum := q
            }
        }
    }

    /// @dev `to = point - G`.
    function _lessG(uint256 to, uint256 point) private view returns (bool ok) {
        // The generator is (1, 2).
        uint256 minusTwo = BN254.P - 2;
        assembly ("memory-safe") {
            let work := mload(0x40)
            mstore(work, mload(point))
            mstore(add(work, 32), mload(add(point, 32)))
            mstore(add(work, 64), 1)
            mstore(add(work, 96), minusTwo)
            ok := eq(mul(returndatasize(), staticcall(300, 6, work, 128, to, 64)), 64)
        }
    }

    function _copy(uint256 to, uint256 point) private pure {
        assembly ("memory-safe") {
            mstore(to, mload(point))
            mstore(add(to, 32), mload(add(point, 32)))
        }
    }

    /// @dev Sums of `A` and of `B1` over the motions of `mask`.
    function _addUp(uint256 to, uint256 motions, uint256 mask) private view returns (bool ok) {
        assembly ("memory-safe") {
            ok := 64
            let work := mload(0x40)
            // Infinity, twice: there is no calldata beyond its end.
            calldatacopy(to, calldatasize(), 128)
            for {} mask {
                mask := shr(2, mask)
                motions := add(motions, 384)
            } {
                if and(mask, 1) {
                    for {
                        let k := 0
                    } lt(k, 128) {
                        k := add(k, 64)
                    } {
                        let sum := add(to, k)
                        mstore(work, mload(sum))
                        mstore(add(work, 32), mload(add(sum, 32)))
                        calldatacopy(add(work, 64), add(motions, k), 64)
                        ok := and(ok, mul(returndatasize(), staticcall(300, 6, work, 128, sum, 64)))
                    }
                }
            }
            ok := eq(ok, 64)
        }
    }

    /// @dev Three points of calldata that may be read: infinity is not on the curve's equation.
    function _arePoints(uint256 at) private pure returns (bool ok) {
        uint256 p = BN254.P;
        assembly ("memory-safe") {
            ok := 1
            for {
                let end := add(at, 192)
            } lt(at, end) {
                at := add(at, 64)
            } {
                let x := calldataload(at)
                let y := calldataload(add(at, 32))
                let right := addmod(mulmod(x, mulmod(x, x, p), p), 3, p)
                ok := and(ok, and(and(lt(x, p), lt(y, p)), eq(mulmod(y, y, p), right)))
            }
        }
    }

    function _areScalars(uint256 at, uint256 size) private pure returns (bool ok) {
        uint256 q = BN254.Q;
        assembly ("memory-safe") {
            ok := 1
            for {
                let end := add(at, size)
            } lt(at, end) {
                at := add(at, 32)
            } {
                ok := and(ok, lt(calldataload(at), q))
            }
        }
    }

    function _place(uint256[6] memory bases) private pure returns (uint256 at) {
        assembly ("memory-safe") {
            at := bases
        }
    }
}
