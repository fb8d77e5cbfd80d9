// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnerRegistry} from "../interfaces/IOwnerRegistry.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Budget, PaymentEntry, Statement} from "./FundTypes.sol";

/// @title What anyone can read of public money
interface IFundLedgerState {
    /// @notice The registry of the community whose money this is.
    function registry() external view returns (IOwnerRegistry);

    /// @notice Who made this ledger.
    function factory() external view returns (address);

    /// @notice Budgets count from 1 to this.
    function budgetCount() external view returns (uint256);

    function budgetOf(uint256 budget) external view returns (Budget memory);

    /// @notice What may still be paid, in fen; nothing after the settlement.
    function leftOf(uint256 budget) external view returns (uint256);

    /// @notice The budget that a motion made, or 0.
    function budgetOfMotion(MeetingId meeting, uint256 motion) external view returns (uint256);

    function paymentOf(bytes32 payment) external view returns (PaymentEntry memory);

    /// @notice When an id was entered or revoked, or 0.
    function usedAt(bytes32 id) external view returns (uint64);

    /// @notice The statement that holds; zeros when none was anchored.
    function statementOf(uint32 account, uint32 month) external view returns (Statement memory);
}
