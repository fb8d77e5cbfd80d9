// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IFundLedgerActions} from "./IFundLedgerActions.sol";
import {IFundLedgerErrors} from "./IFundLedgerErrors.sol";
import {IFundLedgerEvents} from "./IFundLedgerEvents.sol";
import {IFundLedgerState} from "./IFundLedgerState.sol";

/// @title The ledger of a community's public money, whole
interface IFundLedger is IFundLedgerActions, IFundLedgerErrors, IFundLedgerEvents, IFundLedgerState {}
