// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {FundHashes} from "../libraries/FundHashes.sol";
import {Approvals, Budget, Payment, PaymentEntry, Reversal, Settlement, Signatures} from "./FundTypes.sol";
import {IFundLedgerActions} from "./IFundLedgerActions.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @title Payments out of budgets, their corrections, and the settlement
abstract contract Payments is TwoKeys {
    /// @inheritdoc IFundLedgerActions
    function pay(Payment calldata request, Signatures calldata signatures) external {
        Approvals memory approvals = _approve(request.id, request.deadline, FundHashes.payment(request), signatures);
        Budget storage one = _openBudget(request.budget);
        _requireAmount(request.amount);
        uint64 left = one.amount - one.spent;
        if (request.amount > left) revert FundLedgerOverBudget(request.budget, request.amount, left);
        _requireDocuments(request.documents);
        uint64 spent = one.spent + request.amount;
        one.spent = spent;
        // The budget exists, and budgets are counted one by one.
        // forge-lint: disable-next-line(unsafe-typecast)
        _payments[request.id] = PaymentEntry({budget: uint64(request.budget), amount: request.amount, reversed: 0});
        emit PaymentMade(request.budget, request.id, request, spent, approvals);
    }

    /// @inheritdoc IFundLedgerActions
    function reversePayment(Reversal calldata request, Signatures calldata signatures) external {
        Approvals memory approvals = _approve(request.id, request.deadline, FundHashes.reversal(request), signatures);
        PaymentEntry storage payment = _payments[request.payment];
        if (payment.budget == 0) revert FundLedgerUnknownPayment(request.payment);
        _requireAmount(request.amount);
        uint64 left = payment.amount - payment.reversed;
        if (request.amount > left) revert FundLedgerOverReversal(request.payment, request.amount, left);
        _requireDocuments(request.documents);
        payment.reversed += request.amount;
        Budget storage one = _budget(payment.budget);
        uint64 spent = one.spent - request.amount;
        one.spent = spent;
        emit PaymentReversed(payment.budget, request.payment, request, spent, approvals);
    }

    /// @inheritdoc IFundLedgerActions
    function settle(Settlement calldata request, Signatures calldata signatures) external {
        Approvals memory approvals = _approve(request.id, request.deadline, FundHashes.settlement(request), signatures);
        Budget storage one = _openBudget(request.budget);
        if (one.disclosureDue != 0 && one.disclosedAt == 0) {
            revert FundLedgerUndisclosed(request.budget, one.disclosureDue);
        }
        if (one.spent != request.spent) revert FundLedgerSpent(request.budget, one.spent, request.spent);
        _requireDocuments(request.documents);
        one.settledAt = uint64(block.timestamp);
        emit BudgetSettled(request.budget, request, one.amount - one.spent, approvals);
    }
}
