// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingState} from "../interfaces/IOwnersMeetingState.sol";
import {BudgetText} from "../libraries/BudgetText.sol";
import {FundHashes} from "../libraries/FundHashes.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Convening, MeetingState, MeetingSummary, Motion} from "../types/MeetingTypes.sol";
import {
    Approvals,
    Budget,
    BudgetLine,
    BudgetTable,
    Document,
    EmergencyBudget,
    Fund,
    Hazard,
    Signatures
} from "./FundTypes.sol";
import {IFundLedgerActions} from "./IFundLedgerActions.sol";
import {TwoKeys} from "./TwoKeys.sol";

/// @title Where budgets come from: a vote, or a listed hazard
abstract contract Budgets is TwoKeys {
    uint64 internal constant DISCLOSURE_TERM = 30 days;
    uint8 private constant USING_THE_FUND = 5;
    uint8 private constant RAISING_THE_FUND = 6;
    uint8 private constant OTHER_MAJOR_MATTER = 9;

    /// @inheritdoc IFundLedgerActions
    function openBudget(
        MeetingId meeting,
        Convening calldata convening,
        BudgetTable calldata table,
        uint256 line
    ) external returns (uint256 budget) {
        IOwnersMeetingState held = _finalMeeting(meeting, convening);
        BudgetLine calldata voted = _votedLine(meeting, convening, table, line);
        (uint8 matter, Fund fund) = _passed(held, meeting, voted.motion);
        Budget storage one;
        (budget, one) = _newBudget(voted.amount, voted.project);
        one.fund = fund;
        one.matter = matter;
        one.motion = voted.motion;
        one.meeting = meeting;
        _budgetOfMotion[meeting][voted.motion] = budget;
        emit BudgetOpened(budget, meeting, voted.motion, matter, fund, voted.amount, voted.project, table);
    }

    /// @inheritdoc IFundLedgerActions
    function openEmergencyBudget(
        EmergencyBudget calldata request,
        Signatures calldata signatures
    ) external returns (uint256 budget) {
        Approvals memory approvals = _approve(
            request.id,
            request.deadline,
            FundHashes.emergencyBudget(request),
            signatures
        );
        _requireHazard(request.hazard);
        Budget storage one;
        (budget, one) = _newBudget(request.amount, request.project);
        _requireDocuments(request.documents);
        one.fund = Fund.Maintenance;
        one.hazard = Hazard(request.hazard);
        uint64 due = uint64(block.timestamp) + DISCLOSURE_TERM;
        one.disclosureDue = due;
        emit EmergencyBudgetOpened(budget, request, due, approvals);
    }

    /// @inheritdoc IFundLedgerActions
    function discloseEmergency(uint256 budget, Document[] calldata documents) external {
        address sender = _party();
        Budget storage one = _budget(budget);
        if (one.disclosureDue == 0) revert FundLedgerNotEmergency(budget);
        if (one.disclosedAt != 0) revert FundLedgerDisclosed(budget, one.disclosedAt);
        _requireDocuments(documents);
        one.disclosedAt = uint64(block.timestamp);
        emit EmergencyDisclosed(budget, documents, sender);
    }

    /// @dev The contract that holds a final meeting convened with this content. The registry names it, nobody else: a
    /// number is given out to the community's own meeting contracts alone.
    function _finalMeeting(
        MeetingId meeting,
        Convening calldata convening
    ) private view returns (IOwnersMeetingState held) {
        held = IOwnersMeetingState(registry.meetingContractOf(meeting));
        if (address(held) == address(0)) revert FundLedgerUnknownMeeting(meeting);
        MeetingSummary memory summary = held.summaryOf(meeting);
        if (summary.state != MeetingState.Final) revert FundLedgerMeetingNotFinal(meeting, summary.state);
        bytes32 given = keccak256(abi.encode(block.chainid, address(held), meeting, convening));
        if (given != summary.conveneHash) revert FundLedgerConveneHash(meeting, summary.conveneHash, given);
    }

    /// @dev The line, once the whole table is the meeting's last document: one place, and one line a motion, so that a
    /// second table among the documents binds nothing.
    function _votedLine(
        MeetingId meeting,
        Convening calldata convening,
        BudgetTable calldata table,
        uint256 line
    ) private pure returns (BudgetLine calldata) {
        uint256 count = table.lines.length;
        if (line >= count) revert FundLedgerUnknownLine(line, count);
        for (uint256 i = 1; i < count; ++i) {
            if (table.lines[i].motion <= table.lines[i - 1].motion) revert FundLedgerTableOrder(i);
        }
        uint256 documents = convening.documents.length;
        bytes32 last = documents == 0 ? bytes32(0) : convening.documents[documents - 1];
        bytes32 given = BudgetText.hashOf(table);
        if (given != last) revert FundLedgerBudgetTable(meeting, last, given);
        return table.lines[line];
    }

    /// @dev Matter and fund of a motion that passed and has no budget.
    function _passed(
        IOwnersMeetingState held,
        MeetingId meeting,
        uint256 motion
    ) private view returns (uint8 matter, Fund fund) {
        Motion memory put = held.motionOf(meeting, motion);
        matter = put.matter;
        if (matter == USING_THE_FUND || matter == RAISING_THE_FUND) fund = Fund.Maintenance;
        else if (matter == OTHER_MAJOR_MATTER) fund = Fund.CommonRevenue;
        else revert FundLedgerMatter(meeting, motion, matter);
        if (put.group != 0) revert FundLedgerGroupedMotion(meeting, motion, put.group);
        if (!held.decisionOf(meeting, motion).passed) revert FundLedgerMotionNotPassed(meeting, motion);
        uint256 made = _budgetOfMotion[meeting][motion];
        if (made != 0) revert FundLedgerMotionHasBudget(meeting, motion, made);
    }
}
