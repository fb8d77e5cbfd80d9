// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {RegistryBound} from "./registry/RegistryBound.sol";

/// @title Bulletin board of the trustees who hold the keys of secret meetings
/// @dev Meant to be cloned.
contract TrusteeBoard is RegistryBound {
    constructor(address forwarder) ERC2771Context(forwarder) {}
}
