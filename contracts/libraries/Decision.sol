// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Weight} from "../types/Weight.sol";

/// @title The decision rule of Civil Code 278, in exact integers
/// @dev Every product stays below 2**67, so nothing can overflow.
library Decision {
    /// @dev The roll has no area or no heads: there is nothing to decide by.
    error DecisionZeroTotal();

    /// @dev More took part than exist, or more approved than took part.
    error DecisionImpossibleCounts(Weight total, Weight part, Weight inFavour);

    /// @notice Matters 6 (raising the maintenance fund), 7 (rebuilding) and 8 (change of use) need the special majority.
    function isSpecial(uint8 matter) internal pure returns (bool) {
        return matter >= 6 && matter <= 8;
    }

    /// @notice Two thirds of the area and two thirds of the heads took part, the bound included.
    function quorum(Weight memory total, Weight memory part) internal pure returns (bool) {
        return 3 * uint256(part.area) >= 2 * uint256(total.area) && 3 * uint256(part.heads) >= 2 * uint256(total.heads);
    }

    /// @notice More than half of those who took part approve; exactly half does not do.
    function ordinary(Weight memory part, Weight memory inFavour) internal pure returns (bool) {
        return 2 * uint256(inFavour.area) > uint256(part.area) && 2 * uint256(inFavour.heads) > uint256(part.heads);
    }

    /// @notice At least three quarters of those who took part approve.
    function special(Weight memory part, Weight memory inFavour) internal pure returns (bool) {
        return
            4 * uint256(inFavour.area) >= 3 * uint256(part.area) &&
            4 * uint256(inFavour.heads) >= 3 * uint256(part.heads);
    }

    /// @notice Whether the quorum was reached, and whether the motion passed (which it never does without a quorum).
    ///
    /// Requirements:
    /// - neither side of `total` is zero;
    /// - on both sides, `inFavour` is at most `part` and `part` at most `total`.
    function decide(
        bool needsSpecial,
        Weight memory total,
        Weight memory part,
        Weight memory inFavour
    ) internal pure returns (bool reached, bool passed) {
        if (total.area == 0 || total.heads == 0) revert DecisionZeroTotal();
        if (
            part.area > total.area ||
            part.heads > total.heads ||
            inFavour.area > part.area ||
            inFavour.heads > part.heads
        ) revert DecisionImpossibleCounts(total, part, inFavour);
        reached = quorum(total, part);
        passed = reached && (needsSpecial ? special(part, inFavour) : ordinary(part, inFavour));
    }
}
