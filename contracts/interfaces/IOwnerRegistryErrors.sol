// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {VoterIndex} from "../types/VoterIndex.sol";

/// @title What the registry refuses
interface IOwnerRegistryErrors {
    /// @dev A role change concerns one of the three roles only.
    error OwnerRegistryUnknownRole(bytes32 role);

    /// @dev The zero address, the forwarder and the community's own contracts can hold no role.
    error OwnerRegistryInvalidAccount(address account);

    /// @dev An account holds at most one role.
    error OwnerRegistryHoldsRole(address account, bytes32 role);

    /// @dev There is no such role to take away.
    error OwnerRegistryLacksRole(address account, bytes32 role);

    /// @dev Without a committee or a supervisor no role could ever change again.
    error OwnerRegistryLastHolder(bytes32 role);

    /// @dev Roles are changed by a committee key and a supervisor key together, by nobody else and in no other way.
    error OwnerRegistryNeedsCommitteeAndSupervisor(address account);

    /// @dev Nobody of the other side, still in office, has proposed this change.
    error OwnerRegistryNotProposed(bytes32 role, address account, bool grant);

    /// @dev The owner has no key yet.
    error OwnerRegistryNotRegistered(VoterIndex voter);

    /// @dev The new key is the key the owner has.
    error OwnerRegistrySameKey(VoterIndex voter, address key);

    /// @dev The new key did not sign its `Possession`.
    error OwnerRegistryBadPossession(VoterIndex voter, address key);

    /// @dev A change of this owner's key is under way; it must be completed, vetoed or cancelled first.
    error OwnerRegistryKeyChangePending(VoterIndex voter, address newKey);

    /// @dev No change to this key is under way.
    error OwnerRegistryNoKeyChange(VoterIndex voter, address newKey);

    /// @dev The supervisor has approved already.
    error OwnerRegistryAlreadyApproved(VoterIndex voter, uint64 effectiveAt);

    /// @dev The waiting period has not run out, or (0) has not begun.
    error OwnerRegistryKeyChangeNotDue(VoterIndex voter, uint64 effectiveAt);

    /// @dev The owner's present key did not sign this veto.
    error OwnerRegistryBadVeto(VoterIndex voter);

    /// @dev The list of voters is not a multiple of four bytes.
    error OwnerRegistryPackedLength(uint256 length);

    /// @dev Only the community's meeting contracts number meetings.
    error OwnerRegistryNotMeetingContract(address account);

    /// @dev Too little gas before a registration: the whole batch is undone rather than an owner skipped for it.
    error OwnerRegistryGasFloor(uint256 position, uint256 gasLeft);
}
