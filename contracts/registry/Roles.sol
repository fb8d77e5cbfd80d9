// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev Registers owners and pays for transactions; decides nothing.
bytes32 constant OPERATOR_ROLE = keccak256("OPERATOR");

/// @dev Convenes meetings and publishes the roll.
bytes32 constant COMMITTEE_ROLE = keccak256("COMMITTEE");

/// @dev Consents to what the committee proposes, seals the roll, answers objections, voids.
bytes32 constant SUPERVISOR_ROLE = keccak256("SUPERVISOR");
