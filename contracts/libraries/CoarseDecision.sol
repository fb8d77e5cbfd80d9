// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Interval} from "../types/Interval.sol";
import {Weight} from "../types/Weight.sol";
import {Decision} from "./Decision.sol";

/// @title Deciding by rounded areas where they settle a motion, so that the exact sum stays closed
library CoarseDecision {
    /// @dev A rounded area counts in units of 10 m².
    uint256 internal constant UNIT = 1_000;

    /// @notice An area rounded to the nearest unit, half a unit upwards.
    function round(uint256 area) internal pure returns (uint256 units) {
        return (area + UNIT / 2) / UNIT;
    }

    /// @notice Where the true area of some of those who took part lies, whose rounded areas add up to `units`.
    /// @param above by how much the areas of all who took part lie above their rounded areas
    /// @param below by how much they lie below
    function interval(
        uint256 units,
        uint256 above,
        uint256 below,
        uint256 areaPart
    ) internal pure returns (Interval memory) {
        uint256 middle = UNIT * units;
        uint256 lower = middle > below ? middle - below : 0;
        uint256 upper = middle + above;
        if (lower > areaPart) lower = areaPart;
        if (upper > areaPart) upper = areaPart;
        // Both are cut to an area that fits.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Interval({lower: uint64(lower), upper: uint64(upper)});
    }

    /// @notice Whether the motion's majority comes out the same at both ends of the area in favour.
    function isSettled(
        bool special,
        Weight memory part,
        Interval memory area,
        uint32 heads
    ) internal pure returns (bool) {
        return _passes(special, part, area.lower, heads) == _passes(special, part, area.upper, heads);
    }

    function _passes(bool special, Weight memory part, uint64 area, uint32 heads) private pure returns (bool) {
        Weight memory inFavour = Weight({area: area, heads: heads});
        return special ? Decision.special(part, inFavour) : Decision.ordinary(part, inFavour);
    }
}
