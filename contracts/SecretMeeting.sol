// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {BN254} from "./libraries/BN254.sol";
import {SecretCasting} from "./meeting/SecretCasting.sol";

/// @title An owners' meeting whose ballots nobody can read alone
/// @notice Ballots come encrypted, proven and signed, in batches, from anyone; trustees open only their sums.
/// @dev Meant to be cloned.
contract SecretMeeting is SecretCasting {
    constructor(address forwarder) ERC2771Context(forwarder) EIP712("Wanjia SecretMeeting", "1") {
        BN254.requirePrecompiles();
    }
}
