// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnerRegistryActions} from "../interfaces/IOwnerRegistryActions.sol";
import {IOwnerRegistryState} from "../interfaces/IOwnerRegistryState.sol";
import {TypeHashes} from "../libraries/TypeHashes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {OwnerKeys} from "./OwnerKeys.sol";

/// @title Replacing an owner's key: two parties, 48 hours, and the old key's veto
/// @dev Ballots already cast are untouched: a meeting asks for the key at the moment a ballot is cast, and never again.
abstract contract KeyChanges is OwnerKeys {
    uint64 internal constant KEY_CHANGE_DELAY = 48 hours;

    struct KeyChange {
        address newKey;
        uint64 effectiveAt;
    }

    mapping(VoterIndex voter => KeyChange change) private _changes;

    /// @inheritdoc IOwnerRegistryState
    function keyChangeOf(VoterIndex voter) external view returns (address newKey, uint64 effectiveAt) {
        return (_changes[voter].newKey, _changes[voter].effectiveAt);
    }

    /// @inheritdoc IOwnerRegistryActions
    function vetoKeyChange(VoterIndex voter, bytes32 r, bytes32 vs) external {
        KeyChange memory change = _pending(voter);
        bytes32 structHash = TypeHashes.keyChangeVeto(voter, change.newKey, change.effectiveAt);
        if (!_signed(keyOf(voter), structHash, r, vs)) revert OwnerRegistryBadVeto(voter);
        delete _changes[voter];
        emit KeyChangeVetoed(voter, change.newKey);
    }

    /// @inheritdoc IOwnerRegistryActions
    function completeKeyChange(VoterIndex voter) external {
        KeyChange memory change = _pending(voter);
        if (change.effectiveAt == 0 || block.timestamp < change.effectiveAt) {
            revert OwnerRegistryKeyChangeNotDue(voter, change.effectiveAt);
        }
        delete _changes[voter];
        _setKey(voter, change.newKey);
    }

    function _request(VoterIndex voter, address newKey, bytes32 evidence, bytes32 r, bytes32 vs) internal {
        address oldKey = keyOf(voter);
        address pending = _changes[voter].newKey;
        if (oldKey == address(0)) revert OwnerRegistryNotRegistered(voter);
        if (oldKey == newKey) revert OwnerRegistrySameKey(voter, newKey);
        if (pending != address(0)) revert OwnerRegistryKeyChangePending(voter, pending);
        if (!_possesses(voter, newKey, evidence, r, vs)) revert OwnerRegistryBadPossession(voter, newKey);
        _changes[voter].newKey = newKey;
        emit KeyChangeRequested(voter, newKey, evidence, r, vs);
    }

    function _approve(VoterIndex voter, address newKey) internal {
        KeyChange memory change = _pending(voter);
        // The supervisor names the key: a request swapped under the supervisor's hand is not approved by mistake.
        if (change.newKey != newKey) revert OwnerRegistryNoKeyChange(voter, newKey);
        if (change.effectiveAt != 0) revert OwnerRegistryAlreadyApproved(voter, change.effectiveAt);
        uint64 effectiveAt = uint64(block.timestamp) + KEY_CHANGE_DELAY;
        _changes[voter].effectiveAt = effectiveAt;
        emit KeyChangeApproved(voter, newKey, effectiveAt);
    }

    function _cancel(VoterIndex voter) internal {
        address newKey = _pending(voter).newKey;
        delete _changes[voter];
        emit KeyChangeCancelled(voter, newKey);
    }

    function _pending(VoterIndex voter) private view returns (KeyChange memory change) {
        change = _changes[voter];
        if (change.newKey == address(0)) revert OwnerRegistryNoKeyChange(voter, address(0));
    }
}
