// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";

/// @title What the ledger of public money refuses
interface IFundLedgerErrors {
    /// @dev The community has convened no meeting of this number.
    error FundLedgerUnknownMeeting(MeetingId meeting);

    /// @dev Only a final result makes a budget.
    error FundLedgerMeetingNotFinal(MeetingId meeting, MeetingState current);

    /// @dev The content given is not what was convened and consented to.
    error FundLedgerConveneHash(MeetingId meeting, bytes32 frozen, bytes32 given);

    /// @dev The budget table has no line of this number (lines count from 0).
    error FundLedgerUnknownLine(uint256 line, uint256 lines);

    /// @dev The lines of a budget table go by motion, upwards, each motion once.
    error FundLedgerTableOrder(uint256 line);

    /// @dev The last document of the meeting is not this budget table.
    error FundLedgerBudgetTable(MeetingId meeting, bytes32 last, bytes32 given);

    /// @dev Budgets come of matters 5, 6 and 9 of Civil Code 278.
    error FundLedgerMatter(MeetingId meeting, uint256 motion, uint8 matter);

    /// @dev A motion that shares a group's cap is a choice among several: having passed does not mean being chosen.
    error FundLedgerGroupedMotion(MeetingId meeting, uint256 motion, uint8 group);

    /// @dev The motion did not pass.
    error FundLedgerMotionNotPassed(MeetingId meeting, uint256 motion);

    /// @dev A motion makes one budget.
    error FundLedgerMotionHasBudget(MeetingId meeting, uint256 motion, uint256 budget);

    /// @dev An amount is at least one fen and at most `maximum`.
    error FundLedgerAmount(uint256 amount, uint256 maximum);

    /// @dev No hazard of the list.
    error FundLedgerHazard(uint8 hazard);

    /// @dev There is no budget of this number.
    error FundLedgerUnknownBudget(uint256 budget);

    /// @dev The budget is closed.
    error FundLedgerSettled(uint256 budget, uint256 settledAt);

    /// @dev More than is left of the budget.
    error FundLedgerOverBudget(uint256 budget, uint256 amount, uint256 left);

    /// @dev There is no payment of this id.
    error FundLedgerUnknownPayment(bytes32 payment);

    /// @dev More than is left of the payment.
    error FundLedgerOverReversal(bytes32 payment, uint256 amount, uint256 left);

    /// @dev The settlement names another sum than was spent.
    error FundLedgerSpent(uint256 budget, uint256 spent, uint256 given);

    /// @dev An emergency is settled only after it was disclosed.
    error FundLedgerUndisclosed(uint256 budget, uint256 disclosureDue);

    /// @dev A budget that was voted on has been public since its notice.
    error FundLedgerNotEmergency(uint256 budget);

    /// @dev The first disclosure is the one that counts.
    error FundLedgerDisclosed(uint256 budget, uint256 disclosedAt);

    /// @dev An entry has 1 to `maximum` documents.
    error FundLedgerDocumentCount(uint256 count, uint256 maximum);

    /// @dev A document has a kind of the list and a hash.
    error FundLedgerDocument(uint256 position, uint8 kind);

    /// @dev The time that the signatures hold for is over.
    error FundLedgerExpired(bytes32 id, uint256 deadline);

    /// @dev What carries this id is entered, or was revoked.
    error FundLedgerUsedId(bytes32 id, uint256 usedAt);

    /// @dev These bytes are nobody's signature.
    error FundLedgerBadSignature(bytes32 role);

    /// @dev The account does not hold the role whose act this is; of signatures, whoever they give for this content.
    error FundLedgerMissingRole(address account, bytes32 role);

    /// @dev Only committee and supervisor write here.
    error FundLedgerNotParty(address account);

    /// @dev A month is yyyymm, from 200001 to 999912.
    error FundLedgerMonth(uint32 month);

    /// @dev The zero root stands for nothing.
    error FundLedgerZeroRoot();

    /// @dev This root is the statement's already.
    error FundLedgerSameStatement(uint32 account, uint32 month, uint32 revision);
}
