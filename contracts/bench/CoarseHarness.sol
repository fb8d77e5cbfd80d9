// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {CoarseDecision} from "../libraries/CoarseDecision.sol";
import {Decision} from "../libraries/Decision.sol";
import {Interval} from "../types/Interval.sol";
import {Weight} from "../types/Weight.sol";

/// @title Deciding by rounded areas, by itself, so that other implementations can be held against it
contract CoarseHarness {
    function round(uint256 area) external pure returns (uint256) {
        return CoarseDecision.round(area);
    }

    /// @notice The bounds of the area in favour, whether they settle the motion, and whether it passes at the lower one.
    function decide(
        bool special,
        Weight calldata part,
        uint32 heads,
        uint256 units,
        uint256 above,
        uint256 below
    ) external pure returns (Interval memory area, bool settled, bool passed) {
        area = CoarseDecision.interval(units, above, below, part.area);
        settled = CoarseDecision.isSettled(special, part, area, heads);
        Weight memory inFavour = Weight({area: area.lower, heads: heads});
        passed = special ? Decision.special(part, inFavour) : Decision.ordinary(part, inFavour);
    }
}
