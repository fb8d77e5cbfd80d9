// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnerRegistryActions} from "./IOwnerRegistryActions.sol";
import {IOwnerRegistryErrors} from "./IOwnerRegistryErrors.sol";
import {IOwnerRegistryEvents} from "./IOwnerRegistryEvents.sol";
import {IOwnerRegistryState} from "./IOwnerRegistryState.sol";

/// @title The registry of a community's owners and officials, whole
interface IOwnerRegistry is IOwnerRegistryActions, IOwnerRegistryErrors, IOwnerRegistryEvents, IOwnerRegistryState {}
