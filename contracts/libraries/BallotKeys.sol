// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnerRegistryState} from "../interfaces/IOwnerRegistryState.sol";
import {BallotRecord} from "./BallotRecord.sol";

/// @title The keys of a batch's voters, asked of the registry in one call
library BallotKeys {
    /// @dev The registry did not answer as it should, which a registry made by the factory never does.
    error BallotKeysUnreadable(address registry);

    /// @notice The key in force of each record's voter, in order; zero for an owner without one.
    /// @dev The same as `registry.keysOf(packed)`, without copying the question and the answer element by element:
    /// what comes back from an `address[]` call is, one word in, the memory layout of an array.
    function read(address registry, bytes calldata records) internal view returns (uint256[] memory keys) {
        // Exact: the caller has checked the length.
        // slither-disable-next-line divide-before-multiply
        uint256 count = records.length / BallotRecord.SIZE;
        bytes4 selector = IOwnerRegistryState.keysOf.selector;
        bool answered;
        assembly ("memory-safe") {
            let question := mload(0x40)
            mstore(question, selector)
            mstore(add(question, 4), 32)
            mstore(add(question, 36), mul(count, 4))
            let to := add(question, 68)
            let from := records.offset
            // Each store keeps the record's first four bytes and spills over those that follow, which come later.
            for {
                let end := add(to, mul(count, 4))
            } lt(to, end) {
                to := add(to, 4)
            } {
                mstore(to, calldataload(from))
                from := add(from, 77)
            }
            // Clears the last spill: it is the padding of the question.
            mstore(to, 0)
            let size := add(68, and(add(mul(count, 4), 31), not(31)))
            let answer := add(question, and(add(size, 63), not(31)))
            let answerSize := add(64, mul(count, 32))
            answered := staticcall(gas(), registry, question, size, answer, answerSize)
            answered := and(answered, eq(returndatasize(), answerSize))
            keys := add(answer, 32)
            answered := and(answered, eq(mload(keys), count))
            mstore(0x40, add(answer, answerSize))
        }
        if (!answered) revert BallotKeysUnreadable(registry);
    }

    /// @notice Where in memory element `i` stands.
    function placeOf(uint256[] memory keys, uint256 i) internal pure returns (uint256 place) {
        assembly ("memory-safe") {
            place := add(add(keys, 32), mul(i, 32))
        }
    }
}
