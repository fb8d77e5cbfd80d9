// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title A ballot of 77 bytes in calldata: voter (4), choices (8), r (32), s (32), v (1), big endian, no padding
library BallotRecord {
    uint256 internal constant SIZE = 77;

    /// @dev The bit at the foot of each two-bit choice.
    uint256 private constant FEET = 0x5555555555555555;

    /// @notice Voter and choices of the record that starts at `position` of calldata.
    function head(uint256 position) internal pure returns (uint256 voter, uint256 choices) {
        assembly ("memory-safe") {
            let word := calldataload(position)
            voter := shr(224, word)
            choices := and(shr(160, word), 0xffffffffffffffff)
        }
    }

    /// @notice Whether each motion has abstain, for or against, and nothing stands beyond the last motion.
    function isValid(uint256 choices, uint256 motions) internal pure returns (bool) {
        return choices & (choices >> 1) & FEET == 0 && choices >> (2 * motions) == 0;
    }

    /// @notice How many motions of `mask` (feet of their choices) a valid ballot supports.
    function supported(uint256 choices, uint256 mask) internal pure returns (uint256 count) {
        // Clears the lowest bit set until none is left: as many turns as motions supported.
        unchecked {
            for (uint256 bits = choices & mask; bits != 0; bits &= bits - 1) ++count;
        }
    }

    /// @notice The voters of a batch as `keysOf` wants them: four bytes each.
    function voters(bytes calldata records) internal pure returns (bytes memory packed) {
        packed = new bytes((records.length / SIZE) * 4 + 32);
        assembly ("memory-safe") {
            let to := add(packed, 32)
            let end := add(records.offset, records.length)
            // Each store keeps its own four bytes and spills zeros over the next, which come after: hence front to back,
            // and hence the spare word.
            for { let from := records.offset } lt(from, end) { from := add(from, 77) } {
                let word := and(calldataload(from), shl(224, 0xffffffff))
                mstore(to, word)
                to := add(to, 4)
            }
            mstore(packed, sub(mload(packed), 32))
        }
    }
}
