// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {Convening} from "../types/MeetingTypes.sol";
import {BudgetTable, Document, EmergencyBudget, Payment, Reversal, Settlement, Signatures} from "./FundTypes.sol";

/// @title What is done with public money
/// @dev Whatever needs two keys comes with both signatures, brought by anyone, under an id that is used once.
interface IFundLedgerActions {
    /// @notice Makes the budget that a passed motion asks for. Anyone may bring it: nothing in it is left to choose.
    ///
    /// Requirements:
    /// - the meeting is the community's own and its result final;
    /// - `convening` is what it was convened with, and its last document is `table`;
    /// - the motion of line `line` is of matter 5, 6 or 9, stands in no group, passed, and has no budget yet;
    /// - the line's amount is in bounds.
    function openBudget(
        MeetingId meeting,
        Convening calldata convening,
        BudgetTable calldata table,
        uint256 line
    ) external returns (uint256 budget);

    /// @notice Makes a budget without a vote, for a listed hazard, to be disclosed within 30 days.
    ///
    /// Requirements: signed by committee and supervisor; a hazard of the list; an amount in bounds; documents.
    function openEmergencyBudget(
        EmergencyBudget calldata request,
        Signatures calldata signatures
    ) external returns (uint256 budget);

    /// @notice Records what disclosed an emergency to all owners.
    ///
    /// Requirements: the caller is committee or supervisor; an emergency, not yet disclosed; documents.
    function discloseEmergency(uint256 budget, Document[] calldata documents) external;

    /// @notice Enters a payment.
    ///
    /// Requirements: signed by committee and supervisor; a budget not settled, of which enough is left; documents.
    function pay(Payment calldata request, Signatures calldata signatures) external;

    /// @notice Takes back a payment or a part of it: a correction is a new entry. Also after the settlement.
    ///
    /// Requirements: signed by committee and supervisor; at most what is left of the payment; documents.
    function reversePayment(Reversal calldata request, Signatures calldata signatures) external;

    /// @notice Closes a budget and frees the rest.
    ///
    /// Requirements: signed by committee and supervisor over what was spent; not settled; an emergency was disclosed;
    /// documents.
    function settle(Settlement calldata request, Signatures calldata signatures) external;

    /// @notice Adds documents to a budget, also after its settlement.
    ///
    /// Requirements: the caller is committee or supervisor; documents.
    function attachDocuments(uint256 budget, Document[] calldata documents) external;

    /// @notice Uses up an id, so that nothing signed under it can be entered any more.
    ///
    /// Requirements: the caller is committee or supervisor; the id is not used.
    function revoke(bytes32 id) external;

    /// @notice Anchors the statement of an account for a month; a corrected one is the next revision.
    ///
    /// Requirements: the caller is committee or supervisor; a month; a root other than zero and the one that holds.
    function anchorStatement(uint32 account, uint32 month, bytes32 root) external;
}
