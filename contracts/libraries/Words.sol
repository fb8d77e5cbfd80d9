// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev The first of many words that stand side by side in storage. Only for values of a mapping: their slots are
/// hashes, so that the words that follow meet nothing else.
struct WordList {
    uint256 first;
}

/// @dev Where a list of words starts; unlike a storage reference it can be kept in memory.
type Words is uint256;

using {at, set} for Words global;

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
