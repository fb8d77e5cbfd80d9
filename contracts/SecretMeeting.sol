// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {SecretResult} from "./meeting/SecretResult.sol";

/// @title An owners' meeting whose ballots nobody can read alone
/// @notice Ballots come encrypted, proven and signed, in batches, from anyone; trustees open only their sums.
/// @dev Meant to be cloned.
contract SecretMeeting is SecretResult {
    constructor(address forwarder) ERC2771Context(forwarder) EIP712("Wanjia SecretMeeting", "1") {}
}
