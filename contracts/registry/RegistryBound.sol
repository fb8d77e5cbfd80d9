// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {IOwnerRegistry} from "../interfaces/IOwnerRegistry.sol";

/// @title A contract of a community: asks the community's registry who holds which role
abstract contract RegistryBound is Initializable, ERC2771Context {
    /// @dev The account does not hold the role that this step belongs to.
    error RegistryBoundMissingRole(address account, bytes32 role);

    IOwnerRegistry private _registry;

    constructor() {
        _disableInitializers();
    }

    /// @notice Links a clone to its registry.
    function initialize(IOwnerRegistry registry_) external initializer {
        _registry = registry_;
    }

    function registry() public view returns (IOwnerRegistry) {
        return _registry;
    }

    /// @dev The caller, who must hold `role`.
    function _official(bytes32 role) internal view returns (address sender) {
        sender = _msgSender();
        if (_registry.roleOf(sender) != role) revert RegistryBoundMissingRole(sender, role);
    }
}
