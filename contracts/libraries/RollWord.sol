// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Words of the roll that voter indexes of 32 bits can reach: eight owners a word.
uint256 constant ROLL_WORDS = 1 << 29;

/// @title A packed word of the roll: the areas of eight owners
/// @dev Word `w` holds voters `8w .. 8w+7`, 32 bits each, voter `8w` in the lowest bits; area 0 is not on the roll.
library RollWord {
    /// @notice Area in 0.01 m² of the voter `index` within its word.
    function areaOf(uint256 word, uint256 index) internal pure returns (uint256) {
        return (word >> ((index & 7) << 5)) & type(uint32).max;
    }

    /// @notice Sum of the areas and number of owners in a word.
    function weigh(uint256 word) internal pure returns (uint256 area, uint256 heads) {
        // Eight areas of 32 bits and a count of eight cannot overflow.
        unchecked {
            for (; word != 0; word >>= 32) {
                uint256 one = word & type(uint32).max;
                area += one;
                if (one != 0) ++heads;
            }
        }
    }

    /// @notice The largest area of a word, or `area` if none is larger.
    function larger(uint256 word, uint256 area) internal pure returns (uint256) {
        for (; word != 0; word >>= 32) {
            uint256 one = word & type(uint32).max;
            if (one > area) area = one;
        }
        return area;
    }
}
