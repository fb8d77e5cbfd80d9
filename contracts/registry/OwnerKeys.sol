// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IOwnerRegistryState} from "../interfaces/IOwnerRegistryState.sol";
import {IOwnerRegistry} from "../interfaces/IOwnerRegistry.sol";
import {TypeHashes} from "../libraries/TypeHashes.sol";
import {RegistrationSkip, Registration} from "../types/RegistryTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title Which key speaks for which owner
/// @dev Knows signatures, not roles. Whoever inherits decides who may call.
abstract contract OwnerKeys is EIP712, IOwnerRegistry {
    /// @dev One slot an owner, side by side: a place in it costs no hash, and hundreds are read at once.
    address[1 << 32] private _keys;

    /// @inheritdoc IOwnerRegistryState
    function keyOf(VoterIndex voter) public view returns (address) {
        return _keys[VoterIndex.unwrap(voter)];
    }

    /// @inheritdoc IOwnerRegistryState
    function keysOf(bytes calldata packed) external view returns (address[] memory) {
        if (packed.length % 4 != 0) revert OwnerRegistryPackedLength(packed.length);
        // Exact: the length was just checked.
        // slither-disable-next-line divide-before-multiply
        uint256 count = packed.length / 4;
        assembly ("memory-safe") {
            // An `address[]` as it is returned: where it starts, how long it is, its elements. Written by hand because a
            // meeting asks for hundreds of keys at once, and copying them element by element cost more than a tenth of
            // a ballot.
            let answer := mload(0x40)
            mstore(answer, 32)
            mstore(add(answer, 32), count)
            let to := add(answer, 64)
            let from := packed.offset
            for {
                let end := add(to, mul(count, 32))
            } lt(to, end) {
                to := add(to, 32)
            } {
                mstore(to, sload(add(_keys.slot, shr(224, calldataload(from)))))
                from := add(from, 4)
            }
            return(answer, sub(to, answer))
        }
    }

    /// @dev Registers one owner, or says why not.
    function _register(Registration calldata one) internal returns (RegistrationSkip) {
        if (VoterIndex.unwrap(one.voter) == 0) return RegistrationSkip.ZeroVoter;
        if (_keys[VoterIndex.unwrap(one.voter)] != address(0)) return RegistrationSkip.AlreadyRegistered;
        if (!_possesses(one.voter, one.key, one.evidence, one.r, one.vs)) return RegistrationSkip.BadPossession;
        _keys[VoterIndex.unwrap(one.voter)] = one.key;
        emit OwnerRegistered(one.voter, one.key, one.evidence, one.r, one.vs);
        return RegistrationSkip.None;
    }

    function _setKey(VoterIndex voter, address newKey) internal {
        address oldKey = _keys[VoterIndex.unwrap(voter)];
        _keys[VoterIndex.unwrap(voter)] = newKey;
        emit KeyChanged(voter, oldKey, newKey);
    }

    /// @dev Whether `key` signed the `Possession` of itself for this owner and this evidence.
    function _possesses(
        VoterIndex voter,
        address key,
        bytes32 evidence,
        bytes32 r,
        bytes32 vs
    ) internal view returns (bool) {
        return _signed(key, TypeHashes.possession(voter, key, evidence), r, vs);
    }

    /// @dev Whether a (non-zero) key signed a struct under this contract's domain; never reverts.
    function _signed(address key, bytes32 structHash, bytes32 r, bytes32 vs) internal view returns (bool) {
        // The third value only explains a failure.
        // slither-disable-next-line unused-return
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecover(_hashTypedDataV4(structHash), r, vs);
        return failure == ECDSA.RecoverError.NoError && signer == key;
    }
}
