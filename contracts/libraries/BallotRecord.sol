// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title A ballot of 77 bytes in calldata: voter (4), choices (8), r (32), s (32), v (1), big endian, no padding
library BallotRecord {
    uint256 internal constant SIZE = 77;

    /// @dev The bit at the foot of each two-bit choice.
    uint256 private constant FEET = 0x5555555555555555;

    /// @notice Where in calldata record `i` starts.
    function position(bytes calldata records, uint256 i) internal pure returns (uint256 start) {
        assembly ("memory-safe") {
            start := add(records.offset, mul(i, SIZE))
        }
    }

    /// @notice Voter and choices of the record that starts at `start` of calldata.
    function head(uint256 start) internal pure returns (uint256 voter, uint256 choices) {
        assembly ("memory-safe") {
            let word := calldataload(start)
            voter := shr(224, word)
            choices := and(shr(160, word), 0xffffffffffffffff)
        }
    }

    /// @notice Whether each motion has abstain, for or against, and nothing stands beyond the last motion's bits.
    function isValid(uint256 choices, uint256 choiceBits) internal pure returns (bool) {
        return (choices & (choices >> 1) & FEET) | (choices >> choiceBits) == 0;
    }

    /// @notice How many motions of `mask` (feet of their choices) a valid ballot supports.
    function supported(uint256 choices, uint256 mask) internal pure returns (uint256 count) {
        // Clears the lowest bit set until none is left: as many turns as motions supported.
        unchecked {
            for (uint256 bits = choices & mask; bits != 0; bits &= bits - 1) ++count;
        }
    }
}
