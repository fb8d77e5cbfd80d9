// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev An area in 0.01 m² known by its bounds, both included.
struct Interval {
    uint64 lower;
    uint64 upper;
}
