// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Decryption} from "./ceremony/Decryption.sol";
import {BN254} from "./libraries/BN254.sol";

/// @title Bulletin board of the trustees who hold the keys of secret meetings
/// @notice Everything they send each other and everything they prove stands here; nobody needs another channel.
/// @dev Meant to be cloned.
contract TrusteeBoard is Decryption {
    constructor(address forwarder) ERC2771Context(forwarder) {
        BN254.requirePrecompiles();
    }
}
