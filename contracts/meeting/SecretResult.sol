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

    /// @dev Larger than any sum.
    uint256 private constant UNOPENED = type(uint256).max;

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
        (inFavour.area, inFavour.heads) = _lower(meeting, motion, SIDE_FOR);
        (against.area, against.heads) = _lower(meeting, motion, SIDE_AGAINST);
    }

    function _lower(MeetingId meeting, uint256 motion, uint256 side) private view returns (uint64 area, uint32 heads) {
        uint256 open = _sum(meeting, motion, HEADS, side);
        // No more heads than took part: a sum of proven choices. None while it is not open.
        // forge-lint: disable-next-line(unsafe-typecast)
        if (open != UNOPENED) heads = uint32(open);
        area = _area(meeting, motion, side).lower;
    }

    /// @dev A motion whose heads are not open is never settled, whatever its area.
    function _isSettled(MeetingId meeting, uint256 motion, Interval memory area) private view returns (bool) {
        uint256 heads = _sum(meeting, motion, HEADS, SIDE_FOR);
        if (heads == UNOPENED) return false;
        bool special = Decision.isSpecial(_motions[meeting][motion].matter);
        // forge-lint: disable-next-line(unsafe-typecast)
        return CoarseDecision.isSettled(special, Lanes.at(_record(meeting).part, 0), area, uint32(heads));
    }

    /// @dev The exact area once it is open, else what follows from the coarse one.
    function _area(MeetingId meeting, uint256 motion, uint256 side) private view returns (Interval memory) {
        uint256 exact = _sum(meeting, motion, EXACT, side);
        if (exact == UNOPENED) return _coarse(meeting, motion, side);
        // An area, which fits.
        // forge-lint: disable-next-line(unsafe-typecast)
        return Interval({lower: uint64(exact), upper: uint64(exact)});
    }

    /// @dev From nothing to everything while the coarse area is not open.
    function _coarse(MeetingId meeting, uint256 motion, uint256 side) private view returns (Interval memory) {
        uint64 part = Lanes.at(_record(meeting).part, 0).area;
        uint256 units = _sum(meeting, motion, COARSE, side);
        if (units == UNOPENED) return Interval({lower: 0, upper: part});
        (uint64 above, uint64 below) = roundingOf(meeting);
        return CoarseDecision.interval(units, above, below, part);
    }

    /// @dev What the trustees opened, or `UNOPENED`.
    function _sum(MeetingId meeting, uint256 motion, uint256 level, uint256 side) private view returns (uint256) {
        (bool opened, uint64 value) = _board().sumOf(meeting, motion, level, side);
        return opened ? value : UNOPENED;
    }
}
