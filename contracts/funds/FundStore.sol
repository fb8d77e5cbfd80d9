// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {IOwnerRegistry} from "../interfaces/IOwnerRegistry.sol";
import {COMMITTEE_ROLE, SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Budget, Document, DocumentKind, Hazard, PaymentEntry, Statement} from "./FundTypes.sol";
import {IFundLedger} from "./IFundLedger.sol";
import {IFundLedgerState} from "./IFundLedgerState.sol";

/// @title What the ledger remembers, and what every entry must satisfy
abstract contract FundStore is IFundLedger, ERC2771Context {
    /// @dev 100 billion yuan in fen: beyond any community, and far below where a sum of 64 bits or a browser's number ends.
    uint64 internal constant MAX_AMOUNT = 1e13;
    uint256 internal constant MAX_DOCUMENTS = 16;

    /// @inheritdoc IFundLedgerState
    IOwnerRegistry public immutable registry;

    /// @inheritdoc IFundLedgerState
    address public immutable factory;

    /// @inheritdoc IFundLedgerState
    uint256 public budgetCount;

    mapping(uint256 budget => Budget what) private _budgets;
    mapping(MeetingId meeting => mapping(uint256 motion => uint256 budget)) internal _budgetOfMotion;
    mapping(bytes32 payment => PaymentEntry entry) internal _payments;
    mapping(uint32 account => mapping(uint32 month => Statement statement)) internal _statements;

    constructor(IOwnerRegistry registry_) {
        registry = registry_;
        factory = msg.sender;
    }

    /// @inheritdoc IFundLedgerState
    function budgetOf(uint256 budget) external view returns (Budget memory) {
        return _budget(budget);
    }

    /// @inheritdoc IFundLedgerState
    function leftOf(uint256 budget) external view returns (uint256) {
        Budget storage one = _budget(budget);
        return one.settledAt == 0 ? one.amount - one.spent : 0;
    }

    /// @inheritdoc IFundLedgerState
    function budgetOfMotion(MeetingId meeting, uint256 motion) external view returns (uint256) {
        return _budgetOfMotion[meeting][motion];
    }

    /// @inheritdoc IFundLedgerState
    function paymentOf(bytes32 payment) external view returns (PaymentEntry memory) {
        return _payments[payment];
    }

    /// @inheritdoc IFundLedgerState
    function statementOf(uint32 account, uint32 month) external view returns (Statement memory) {
        return _statements[account][month];
    }

    /// @dev A new budget under the next number.
    function _newBudget(uint64 amount, bytes32 project) internal returns (uint256 budget, Budget storage one) {
        _requireAmount(amount);
        budget = ++budgetCount;
        one = _budgets[budget];
        one.amount = amount;
        one.openedAt = uint64(block.timestamp);
        one.project = project;
    }

    function _budget(uint256 budget) internal view returns (Budget storage one) {
        one = _budgets[budget];
        if (one.openedAt == 0) revert FundLedgerUnknownBudget(budget);
    }

    /// @dev A budget that is not settled.
    function _openBudget(uint256 budget) internal view returns (Budget storage one) {
        one = _budget(budget);
        if (one.settledAt != 0) revert FundLedgerSettled(budget, one.settledAt);
    }

    /// @dev The caller, who must be committee or supervisor: the operator pays for transactions and writes nothing here.
    function _party() internal view returns (address sender) {
        sender = _msgSender();
        bytes32 role = registry.roleOf(sender);
        if (role != COMMITTEE_ROLE && role != SUPERVISOR_ROLE) revert FundLedgerNotParty(sender);
    }

    function _requireAmount(uint256 amount) internal pure {
        if (amount == 0 || amount > MAX_AMOUNT) revert FundLedgerAmount(amount, MAX_AMOUNT);
    }

    function _requireHazard(uint8 hazard) internal pure {
        if (hazard == 0 || hazard > uint8(type(Hazard).max)) revert FundLedgerHazard(hazard);
    }

    function _requireDocuments(Document[] calldata documents) internal pure {
        uint256 count = documents.length;
        if (count == 0 || count > MAX_DOCUMENTS) revert FundLedgerDocumentCount(count, MAX_DOCUMENTS);
        for (uint256 i = 0; i < count; ++i) {
            uint8 kind = documents[i].kind;
            bool known = kind != 0 && kind <= uint8(type(DocumentKind).max);
            if (!known || documents[i].hash == bytes32(0)) revert FundLedgerDocument(i, kind);
        }
    }
}
