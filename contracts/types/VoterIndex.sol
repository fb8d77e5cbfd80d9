// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Number of an owner within a community, counted from 1 and never reused; 0 is nobody.
type VoterIndex is uint32;
