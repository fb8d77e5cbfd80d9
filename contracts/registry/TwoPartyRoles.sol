// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IOwnerRegistryActions} from "../interfaces/IOwnerRegistryActions.sol";
import {IOwnerRegistryState} from "../interfaces/IOwnerRegistryState.sol";
import {IOwnerRegistry} from "../interfaces/IOwnerRegistry.sol";
import {COMMITTEE_ROLE, OPERATOR_ROLE, SUPERVISOR_ROLE} from "./Roles.sol";

/// @title Roles that only committee and supervisor together can change
/// @dev Nobody holds `DEFAULT_ADMIN_ROLE`, so `grantRole` and `revokeRole` refuse everyone.
abstract contract TwoPartyRoles is AccessControl, IOwnerRegistry {
    mapping(address account => bytes32 role) private _roleOf;
    mapping(bytes32 role => uint256 count) private _holders;
    mapping(bytes32 change => address proposer) private _proposer;

    /// @inheritdoc IOwnerRegistryActions
    function proposeRole(bytes32 role, address account, bool grant) external {
        address sender = _msgSender();
        _requireCommitteeOrSupervisor(sender);
        _requirePossible(role, account, grant);
        _proposer[_changeId(role, account, grant)] = sender;
        emit RoleProposed(role, account, grant, sender);
    }

    /// @inheritdoc IOwnerRegistryActions
    function confirmRole(bytes32 role, address account, bool grant) external {
        address sender = _msgSender();
        _requireCommitteeOrSupervisor(sender);
        bytes32 change = _changeId(role, account, grant);
        // Asked of the proposer's role today: a proposal dies with the office it was made in.
        bytes32 otherSide = _roleOf[sender] == COMMITTEE_ROLE ? SUPERVISOR_ROLE : COMMITTEE_ROLE;
        if (_roleOf[_proposer[change]] != otherSide) revert OwnerRegistryNotProposed(role, account, grant);
        _requirePossible(role, account, grant);
        delete _proposer[change];
        if (grant) _grantRole(role, account);
        else _revokeRole(role, account);
    }

    /// @dev Laying down an office alone could leave a community without one side: it takes two parties like any change.
    function renounceRole(bytes32, address) public view override {
        revert OwnerRegistryNeedsCommitteeAndSupervisor(_msgSender());
    }

    /// @inheritdoc IOwnerRegistryState
    function roleOf(address account) public view returns (bytes32) {
        return _roleOf[account];
    }

    /// @inheritdoc IOwnerRegistryState
    function holdersOf(bytes32 role) external view returns (uint256) {
        return _holders[role];
    }

    /// @dev Accounts that must never hold a role.
    function _isBarred(address account) internal view virtual returns (bool);

    /// @dev Gives the first three roles when the registry is made.
    function _grantFirst(bytes32 role, address account) internal {
        _requirePossible(role, account, true);
        _grantRole(role, account);
    }

    function _grantRole(bytes32 role, address account) internal override returns (bool granted) {
        granted = super._grantRole(role, account);
        _roleOf[account] = role;
        ++_holders[role];
    }

    function _revokeRole(bytes32 role, address account) internal override returns (bool revoked) {
        revoked = super._revokeRole(role, account);
        delete _roleOf[account];
        --_holders[role];
    }

    function _requireCommitteeOrSupervisor(address sender) private view {
        bytes32 held = _roleOf[sender];
        if (held != COMMITTEE_ROLE && held != SUPERVISOR_ROLE) revert OwnerRegistryNeedsCommitteeAndSupervisor(sender);
    }

    function _requirePossible(bytes32 role, address account, bool grant) private view {
        if (role != OPERATOR_ROLE && role != COMMITTEE_ROLE && role != SUPERVISOR_ROLE) {
            revert OwnerRegistryUnknownRole(role);
        }
        bytes32 held = _roleOf[account];
        if (grant) {
            if (account == address(0) || _isBarred(account)) revert OwnerRegistryInvalidAccount(account);
            if (held != bytes32(0)) revert OwnerRegistryHoldsRole(account, held);
        } else {
            if (held != role) revert OwnerRegistryLacksRole(account, role);
            if (role != OPERATOR_ROLE && _holders[role] == 1) revert OwnerRegistryLastHolder(role);
        }
    }

    function _changeId(bytes32 role, address account, bool grant) private pure returns (bytes32) {
        return keccak256(abi.encode(role, account, grant));
    }
}
