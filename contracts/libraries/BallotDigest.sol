// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {TypeHashes} from "./TypeHashes.sol";

/// @title What an owner signs, laid out so that each ballot of a batch writes only its own two words
/// @dev In memory, from the template's start:
///
///       0  type hash | meeting | convene hash | voter | choices      the struct, 160 bytes
///     160  0x1901 | domain separator | struct hash                   what the digest is the hash of, 66 bytes
///     256  digest | v | r | s                                        what the recovery takes, 128 bytes
library BallotDigest {
    type Template is uint256;

    /// @dev Half the order of the curve: above it lies the second form of each signature, which is refused (EIP-2).
    uint256 internal constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;

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
}
