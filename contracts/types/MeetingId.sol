// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Number of a meeting within its community, counted from 1 over open and secret meetings; the registry gives them out.
type MeetingId is uint256;
