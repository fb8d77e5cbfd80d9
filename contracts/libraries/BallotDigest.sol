// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {TypeHashes} from "./TypeHashes.sol";

/// @title Who signed an open ballot
/// @dev Most of what is hashed is the same for a whole batch. It is laid out in memory once, and each ballot writes only
/// its own two words:
///
///       0  type hash | meeting | convene hash | voter | choices      the struct, 160 bytes
///     160  0x1901 | domain separator | struct hash                   the digest's input, 66 bytes
///     256  digest | v | r | s                                        the recovery's input, 128 bytes
library BallotDigest {
    type Template is uint256;

    /// @dev Half the order of the curve: above it lies the second form of each signature, which is refused (EIP-2).
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

    function prepare(
        bytes32 domainSeparator,
        MeetingId meeting,
        bytes32 conveneHash
    ) internal pure returns (Template template) {
        bytes32 typeHash = TypeHashes.OPEN_BALLOT;
        assembly ("memory-safe") {
            template := mload(0x40)
            mstore(0x40, add(template, 384))
            mstore(template, typeHash)
            mstore(add(template, 32), meeting)
            mstore(add(template, 64), conveneHash)
            mstore(add(template, 160), shl(240, 0x1901))
            mstore(add(template, 162), domainSeparator)
        }
    }

    /// @notice The account that signed these choices, or zero; the signature stands at `position` of calldata.
    /// @dev Whoever calls must leave enough gas: a recovery starved of it answers zero too.
    function signer(
        Template template,
        uint256 voter,
        uint256 choices,
        uint256 position
    ) internal view returns (uint256 account) {
        assembly ("memory-safe") {
            mstore(add(template, 96), voter)
            mstore(add(template, 128), choices)
            mstore(add(template, 194), keccak256(template, 160))
            let input := add(template, 256)
            mstore(input, keccak256(add(template, 160), 66))
            mstore(add(input, 32), byte(0, calldataload(add(position, 64))))
            calldatacopy(add(input, 64), position, 64)
            // The precompile answers nothing for a bad signature; zero must not be left over from before.
            mstore(0, 0)
            if iszero(gt(mload(add(input, 96)), HALF_ORDER)) { pop(staticcall(gas(), 1, input, 128, 0, 32)) }
            account := mload(0)
        }
    }
}
