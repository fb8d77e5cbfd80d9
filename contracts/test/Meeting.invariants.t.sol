// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingSummary} from "../types/MeetingTypes.sol";
import {CheatTest} from "./Cheats.sol";
import {MeetingHandler} from "./MeetingHandler.sol";

/// @title What holds after any steps in any order
abstract contract MeetingInvariants is CheatTest {
    uint256 private constant MOTIONS = 7;

    MeetingHandler internal _handler;

    function targetContracts() public view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler);
    }

    /// @notice Every sum of every motion, those who took part and the roll's totals are those of a recount.
    function invariant_TotalsEqualRecount() public view {
        for (uint256 m = 0; m < MOTIONS; ++m) {
            uint256[8] memory expected = _handler.recount(m);
            uint256[8] memory actual = _handler.tally(m);
            for (uint256 i = 0; i < 8; ++i) {
                same("sum", expected[i], actual[i]);
            }
        }
    }

    /// @notice Nobody counts who is not on the roll, and nobody twice.
    function invariant_CountedAtMostRoll() public view {
        MeetingSummary memory now_ = _handler.summary();
        yes("area", now_.part.area <= now_.total.area);
        yes("heads", now_.part.heads <= now_.total.heads);
    }

    /// @notice After the seal neither roll nor rules nor content change.
    function invariant_NothingChangesAfterSeal() public view {
        yes("unchanged", !_handler.changedAfterSeal());
    }

    /// @notice States follow each other forwards only.
    function invariant_StatesGoForwards() public view {
        yes("forwards", !_handler.wentBack());
    }
}

/// @title From a meeting just convened
contract ConvenedInvariants is MeetingInvariants {
    function setUp() public {
        _handler = new MeetingHandler(false);
    }
}

/// @title From an open meeting, so that most runs are about ballots, and many reach a result
contract OpenInvariants is MeetingInvariants {
    function setUp() public {
        _handler = new MeetingHandler(true);
    }
}
