// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

/// @dev The two sides of every count under Civil Code 278: area in 0.01 m² and owners (heads).
struct Weight {
    uint64 area;
    uint32 heads;
}
