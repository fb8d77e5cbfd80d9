// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @title A secret ballot in calldata: voter (4), r (32), s (32), v (1), then the body
library SecretRecord {
    /// @dev Voter and signature.
    uint256 internal constant HEAD_SIZE = 69;

    /// @dev Of the body, for each motion: `A | B1 | B2 | c_0 c_1 c_2 s_0 s_1 s_2`.
    uint256 internal constant MOTION_SIZE = 384;

    /// @notice Voter and signature of the record that starts at `start` of calldata.
    function head(uint256 start) internal pure returns (uint32 voter, uint8 v, bytes32 r, bytes32 s) {
        assembly ("memory-safe") {
            voter := shr(224, calldataload(start))
            r := calldataload(add(start, 4))
            s := calldataload(add(start, 36))
            v := byte(0, calldataload(add(start, 68)))
        }
    }

    /// @notice Hash of the body of the record of `size` bytes that starts at `start` of calldata.
    function bodyHash(uint256 start, uint256 size) internal pure returns (bytes32 hash) {
        assembly ("memory-safe") {
            let body := mload(0x40)
            let length := sub(size, HEAD_SIZE)
            calldatacopy(body, add(start, HEAD_SIZE), length)
            hash := keccak256(body, length)
        }
    }
}
