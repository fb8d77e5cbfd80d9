// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingActions} from "./IOwnersMeetingActions.sol";
import {IOwnersMeetingErrors} from "./IOwnersMeetingErrors.sol";
import {IOwnersMeetingEvents} from "./IOwnersMeetingEvents.sol";
import {IOwnersMeetingState} from "./IOwnersMeetingState.sol";

/// @title A meeting of owners, whole, without the way ballots are cast
interface IOwnersMeeting is IOwnersMeetingActions, IOwnersMeetingErrors, IOwnersMeetingEvents, IOwnersMeetingState {}
