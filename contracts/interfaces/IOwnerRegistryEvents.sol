// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {VoterIndex} from "../types/VoterIndex.sol";
import {RegistrationSkip} from "../types/RegistryTypes.sol";

/// @title What the registry tells an auditor
interface IOwnerRegistryEvents {
    /// @dev `r, vs` is the key's own signature over `Possession`, so that anyone can check it again.
    event OwnerRegistered(VoterIndex indexed voter, address key, bytes32 evidence, bytes32 r, bytes32 vs);

    event RegistrationSkipped(VoterIndex indexed voter, address key, RegistrationSkip reason);

    event KeyChangeRequested(VoterIndex indexed voter, address newKey, bytes32 evidence, bytes32 r, bytes32 vs);

    event KeyChangeApproved(VoterIndex indexed voter, address newKey, uint64 effectiveAt);

    event KeyChangeVetoed(VoterIndex indexed voter, address newKey);

    event KeyChangeCancelled(VoterIndex indexed voter, address newKey);

    event KeyChanged(VoterIndex indexed voter, address oldKey, address newKey);

    event RoleProposed(bytes32 indexed role, address indexed account, bool grant, address by);
}
