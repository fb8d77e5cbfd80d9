// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {Approvals, BudgetTable, Document, EmergencyBudget, Fund, Payment, Reversal, Settlement} from "./FundTypes.sol";

/// @title What the ledger of public money writes down
/// @notice Budgets, payments, sums and signatures follow from these events and the meetings' alone.
interface IFundLedgerEvents {
    /// @dev A vote's budget, with the budget table that the owners had before them.
    event BudgetOpened(
        uint256 indexed budget,
        MeetingId indexed meeting,
        uint256 indexed motion,
        uint8 matter,
        Fund fund,
        uint64 amount,
        bytes32 project,
        BudgetTable table
    );

    event EmergencyBudgetOpened(
        uint256 indexed budget,
        EmergencyBudget request,
        uint64 disclosureDue,
        Approvals approvals
    );

    event EmergencyDisclosed(uint256 indexed budget, Document[] documents, address by);

    /// @dev `spent` is what the budget has spent with this payment.
    event PaymentMade(
        uint256 indexed budget,
        bytes32 indexed payment,
        Payment request,
        uint64 spent,
        Approvals approvals
    );

    /// @dev `spent` is what the budget has spent without what was taken back.
    event PaymentReversed(
        uint256 indexed budget,
        bytes32 indexed payment,
        Reversal request,
        uint64 spent,
        Approvals approvals
    );

    event BudgetSettled(uint256 indexed budget, Settlement request, uint64 freed, Approvals approvals);

    event DocumentsAttached(uint256 indexed budget, Document[] documents, address by);

    event IdRevoked(bytes32 indexed id, address by);

    event StatementAnchored(uint32 indexed account, uint32 indexed month, uint32 revision, bytes32 root, address by);
}
