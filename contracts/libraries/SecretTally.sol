// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title Adding proven ballots to the encrypted sums of a batch, in memory
/// @dev A motion's sums are nine points: three levels (heads, rounded area, exact area) of `A`, `B1`, `B2`, two words each.
library SecretTally {
    /// @dev Points that were read as points of the curve cannot fail to add up, unless the gas was too little.
    error SecretTallyFailed();

    uint256 private constant LEVEL_BYTES = 192;

    /// @notice Adds one motion's ciphertext, whose points `A | B1 | B2` stand at `points` of calldata: as it is, times
    /// `units`, and times `area`. The motion's sums are the words of `all` from `first` on.
    function add(uint256[] memory all, uint256 first, uint256 points, uint256 units, uint256 area) internal view {
        uint256 ok = 64;
        assembly ("memory-safe") {
            let sums := add(add(all, 32), mul(first, 32))
            // Adds what stands behind `at` to a sum.
            function addTo(sum, at) -> fine {
                mstore(at, mload(sum))
                mstore(add(at, 32), mload(add(sum, 32)))
                fine := mul(returndatasize(), staticcall(300, 6, at, 128, sum, 64))
            }

            // The sum so far, what is added, and the factor of what is added.
            let work := mload(0x40)
            let term := add(work, 64)
            for {
                let end := add(points, LEVEL_BYTES)
            } lt(points, end) {
                points := add(points, 64)
            } {
                calldatacopy(term, points, 64)
                ok := and(ok, addTo(sums, work))
                // What was added still stands there.
                mstore(add(term, 64), units)
                ok := and(ok, mul(returndatasize(), staticcall(6150, 7, term, 96, term, 64)))
                ok := and(ok, addTo(add(sums, LEVEL_BYTES), work))
                calldatacopy(term, points, 64)
                mstore(add(term, 64), area)
                ok := and(ok, mul(returndatasize(), staticcall(6150, 7, term, 96, term, 64)))
                ok := and(ok, addTo(add(sums, mul(2, LEVEL_BYTES)), work))
                sums := add(sums, 64)
            }
        }
        if (ok != 64) revert SecretTallyFailed();
    }
}
