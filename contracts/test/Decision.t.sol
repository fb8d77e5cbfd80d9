// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {DecisionHarness} from "../bench/DecisionHarness.sol";
import {Weight} from "../types/Weight.sol";
import {CheatTest} from "./Cheats.sol";

/// @title Properties of the decision rule
contract DecisionTest is CheatTest {
    DecisionHarness private _library;

    function setUp() public {
        _library = new DecisionHarness();
    }

    /// @dev Counts folded until they can be.
    function _possible(Weight memory total, Weight memory part, Weight memory inFavour) private pure {
        total.area = uint64(bound(total.area, 1, type(uint64).max));
        total.heads = uint32(bound(total.heads, 1, type(uint32).max));
        part.area = uint64(bound(part.area, 0, total.area));
        part.heads = uint32(bound(part.heads, 0, total.heads));
        inFavour.area = uint64(bound(inFavour.area, 0, part.area));
        inFavour.heads = uint32(bound(inFavour.heads, 0, part.heads));
    }

    /// @notice Nothing passes without a quorum, and what has the special majority has the ordinary one.
    function testFuzz_SpecialImpliesOrdinary(
        Weight memory total,
        Weight memory part,
        Weight memory inFavour
    ) public view {
        _possible(total, part, inFavour);
        (bool reached, bool ordinary) = _library.decide(false, total, part, inFavour);
        (bool again, bool special) = _library.decide(true, total, part, inFavour);
        yes("one quorum", reached == again);
        yes("no quorum, no decision", reached || !(ordinary || special));
        yes("special implies ordinary", !special || ordinary);
    }

    /// @notice An owner who abstained and is for instead never turns a passed motion down.
    function testFuzz_SupportHelps(
        Weight memory total,
        Weight memory part,
        Weight memory inFavour,
        bool kind
    ) public view {
        _possible(total, part, inFavour);
        (, bool before) = _library.decide(kind, total, part, inFavour);
        (, bool all) = _library.decide(kind, total, part, part);
        yes("monotone", !before || all);
    }

    /// @notice Impossible counts are refused, never decided.
    function testFuzz_ImpossibleIsRefused(Weight memory total, Weight memory part, Weight memory inFavour) public {
        vm.assume(
            total.area == 0 ||
                total.heads == 0 ||
                part.area > total.area ||
                part.heads > total.heads ||
                inFavour.area > part.area ||
                inFavour.heads > part.heads
        );
        vm.expectRevert();
        _library.decide(false, total, part, inFavour);
    }
}
