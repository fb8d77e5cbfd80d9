// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Budgets} from "./funds/Budgets.sol";
import {FundStore} from "./funds/FundStore.sol";
import {Document, Statement} from "./funds/FundTypes.sol";
import {IFundLedgerActions} from "./funds/IFundLedgerActions.sol";
import {Payments} from "./funds/Payments.sol";
import {IOwnerRegistry} from "./interfaces/IOwnerRegistry.sol";

/// @title The ledger of a community's public money
/// @notice Budgets come of passed motions or listed hazards; payments need committee and supervisor and stay within them.
/// @dev Holds amounts, hashes and signatures, never money: banks pay, the ledger binds. Found by its factory's address and
/// the registry's (see `FundLedgerFactory`). Only the community's own registry and meetings are called, and only read.
contract FundLedger is Budgets, Payments {
    constructor(
        IOwnerRegistry registry_
    )
        EIP712("Wanjia FundLedger", "1")
        ERC2771Context(ERC2771Context(address(registry_)).trustedForwarder())
        FundStore(registry_)
    {}

    /// @inheritdoc IFundLedgerActions
    function attachDocuments(uint256 budget, Document[] calldata documents) external {
        address sender = _party();
        _budget(budget);
        _requireDocuments(documents);
        emit DocumentsAttached(budget, documents, sender);
    }

    /// @inheritdoc IFundLedgerActions
    function anchorStatement(uint32 account, uint32 month, bytes32 root) external {
        address sender = _party();
        if (month < 200_001 || month > 999_912 || month % 100 == 0 || month % 100 > 12) revert FundLedgerMonth(month);
        if (root == bytes32(0)) revert FundLedgerZeroRoot();
        Statement storage statement = _statements[account][month];
        if (statement.root == root) revert FundLedgerSameStatement(account, month, statement.revision);
        statement.root = root;
        uint32 revision = ++statement.revision;
        emit StatementAnchored(account, month, revision, root, sender);
    }
}
