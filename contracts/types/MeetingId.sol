// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Number of a meeting within one meeting contract, counted from 1.
type MeetingId is uint256;
