// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {COMMITTEE_ROLE, SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {FundStore} from "./FundStore.sol";
import {Approval, Approvals, Signature, Signatures} from "./FundTypes.sol";
import {IFundLedgerActions} from "./IFundLedgerActions.sol";
import {IFundLedgerState} from "./IFundLedgerState.sol";

/// @title Acts that a committee key and a supervisor key sign together
/// @dev The registry gives an account one role at most, so the two are never one key. Asked of their roles when the act is
/// entered: what was signed in an office dies with it.
abstract contract TwoKeys is EIP712, FundStore {
    mapping(bytes32 id => uint64 at) private _usedAt;

    /// @inheritdoc IFundLedgerActions
    function revoke(bytes32 id) external {
        address sender = _party();
        _use(id);
        emit IdRevoked(id, sender);
    }

    /// @inheritdoc IFundLedgerState
    function usedAt(bytes32 id) external view returns (uint64) {
        return _usedAt[id];
    }

    /// @dev Uses up the id of an act that both have signed in time.
    function _approve(
        bytes32 id,
        uint64 deadline,
        bytes32 structHash,
        Signatures calldata signatures
    ) internal returns (Approvals memory) {
        if (block.timestamp > deadline) revert FundLedgerExpired(id, deadline);
        _use(id);
        bytes32 digest = _hashTypedDataV4(structHash);
        return
            Approvals({
                committee: _approval(digest, COMMITTEE_ROLE, signatures.committee),
                supervisor: _approval(digest, SUPERVISOR_ROLE, signatures.supervisor)
            });
    }

    function _use(bytes32 id) private {
        if (_usedAt[id] != 0) revert FundLedgerUsedId(id, _usedAt[id]);
        _usedAt[id] = uint64(block.timestamp);
    }

    function _approval(
        bytes32 digest,
        bytes32 role,
        Signature calldata signature
    ) private view returns (Approval memory) {
        // The third value only explains a failure.
        // slither-disable-next-line unused-return
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecover(digest, signature.r, signature.vs);
        if (failure != ECDSA.RecoverError.NoError) revert FundLedgerBadSignature(role);
        if (registry.roleOf(signer) != role) revert FundLedgerMissingRole(signer, role);
        return Approval({signer: signer, r: signature.r, vs: signature.vs});
    }
}
