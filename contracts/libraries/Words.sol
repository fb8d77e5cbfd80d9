// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev The first of many words that stand side by side in storage. Only for values of a mapping: their slots are
/// hashes, so that the words that follow meet nothing else.
struct WordList {
    uint256 first;
}

/// @dev Where a list of words starts; unlike a storage reference it can be kept in memory.
type Words is uint256;

using {at, set, read, write} for Words global;

function wordsOf(WordList storage list) pure returns (Words words) {
    assembly ("memory-safe") {
        words := list.slot
    }
}

function at(Words words, uint256 place) view returns (uint256 word) {
    assembly ("memory-safe") {
        word := sload(add(words, place))
    }
}

function set(Words words, uint256 place, uint256 word) {
    assembly ("memory-safe") {
        sstore(add(words, place), word)
    }
}

/// @dev `count` words from place `first` on.
function read(Words words, uint256 first, uint256 count) view returns (uint256[] memory found) {
    found = new uint256[](count);
    assembly ("memory-safe") {
        let from := add(words, first)
        for {
            let i := 0
        } lt(i, count) {
            i := add(i, 1)
        } {
            mstore(add(add(found, 32), shl(5, i)), sload(add(from, i)))
        }
    }
}

/// @dev Replaces the words from place 0 on.
function write(Words words, uint256[] memory by) {
    assembly ("memory-safe") {
        let count := mload(by)
        for {
            let i := 0
        } lt(i, count) {
            i := add(i, 1)
        } {
            sstore(add(words, i), mload(add(add(by, 32), shl(5, i))))
        }
    }
}
