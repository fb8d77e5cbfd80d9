// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {CoarseDecision} from "../libraries/CoarseDecision.sol";
import {Decision} from "../libraries/Decision.sol";
import {Lanes} from "../libraries/Lanes.sol";
import {Interval} from "../types/Interval.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Weight} from "../types/Weight.sol";
import {SecretSums} from "./SecretSums.sol";

/// @title What follows from the sums that the trustees opened
/// @dev Coarse area first. The exact area of a motion is asked for only where its bounds lie on both sides of a threshold.
abstract contract SecretResult is SecretSums {
    uint256 internal constant HEADS = 0;
    uint256 internal constant COARSE = 1;
    uint256 internal constant EXACT = 2;
    uint256 internal constant SIDE_FOR = 0;
    uint256 internal constant SIDE_AGAINST = 1;

    /// @inheritdoc ISecretMeeting
    function intervalOf(
        MeetingId meeting,
        uint256 motion
    ) external view returns (Interval memory inFavour, Interval memory against) {
        motionOf(meeting, motion);
        return (_area(meeting, motion, SIDE_FOR), _area(meeting, motion, SIDE_AGAINST));
    }

    /// @inheritdoc ISecretMeeting
    function undecidedOf(MeetingId meeting) external view returns (uint256 motions) {
        uint256 count = _record(meeting).motions;
        for (uint256 i = 0; i < count; ++i) {
            if (!_isSettled(meeting, i, _coarse(meeting, i, SIDE_FOR))) motions |= 1 << i;
        }
    }

    /// @dev Without a quorum there is nothing to open: no motion has passed.
    function _requireVerdicts(MeetingId meeting) internal view override {
        Record storage record = _record(meeting);
        if (!_quorum(record)) return;
        uint256 count = record.motions;
        for (uint256 i = 0; i < count; ++i) {
            if (!_isSettled(meeting, i, _area(meeting, i, SIDE_FOR))) revert SecretMeetingUndecided(i);
        }
    }

    /// @dev The lower ends: a settled motion passes there exactly if it passes at all.
    function _tallyOf(
        MeetingId meeting,
        uint256 motion
    ) internal view override returns (Weight memory inFavour, Weight memory against) {
        if (_sealHash[meeting] == bytes32(0)) return (inFavour, against);
        inFavour.area = _area(meeting, motion, SIDE_FOR).lower;
        against.area = _area(meeting, motion, SIDE_AGAINST).lower;
        (, inFavour.heads) = _heads(meeting, motion, SIDE_FOR);
        (, against.heads) = _heads(meeting, motion, SIDE_AGAINST);
    }

    /// @dev A motion whose heads are not open is never settled, whatever its area.
    function _isSettled(MeetingId meeting, uint256 motion, Interval memory area) private view returns (bool) {
        (bool opened, uint32 heads) = _heads(meeting, motion, SIDE_FOR);
        bool special = Decision.isSpecial(_motions[meeting][motion].matter);
        return opened && CoarseDecision.isSettled(special, Lanes.at(_record(meeting).part, 0), area, heads);
    }

    /// @dev The exact area once it is open, else what follows from the coarse one.
    function _area(MeetingId meeting, uint256 motion, uint256 side) private view returns (Interval memory) {
        (bool opened, uint64 exact) = _board().sumOf(meeting, motion, EXACT, side);
        return opened ? Interval({lower: exact, upper: exact}) : _coarse(meeting, motion, side);
    }

    /// @dev From nothing to everything while the coarse area is not open.
    function _coarse(MeetingId meeting, uint256 motion, uint256 side) private view returns (Interval memory) {
        uint64 part = Lanes.at(_record(meeting).part, 0).area;
        (bool opened, uint64 units) = _board().sumOf(meeting, motion, COARSE, side);
        if (!opened) return Interval({lower: 0, upper: part});
        Rounding storage rounding = _rounding[meeting];
        return CoarseDecision.interval(units, rounding.above, rounding.below, part);
    }

    function _heads(MeetingId meeting, uint256 motion, uint256 side) private view returns (bool, uint32) {
        (bool opened, uint64 heads) = _board().sumOf(meeting, motion, HEADS, side);
        // No more heads than took part, which is the trustees' sum of proven choices.
        // forge-lint: disable-next-line(unsafe-typecast)
        return (opened, uint32(heads));
    }
}
