// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BN254} from "../libraries/BN254.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {TrusteeSets} from "./TrusteeSets.sol";

/// @title The keys that a run makes of its trustees' coefficients: those ballots are encrypted to, and each trustee's own
abstract contract ShareKeys is TrusteeSets {
    using BN254 for BN254.Point;

    uint256 internal constant SIDES = 2;

    /// @dev Sums over the trustees of each coefficient, those for and then those against.
    mapping(MeetingId meeting => mapping(uint256 run => BN254.Point[])) private _coefficients;
    mapping(MeetingId meeting => mapping(uint256 run => mapping(uint256 trustee => BN254.Point[2]))) private _shareKeys;

    /// @notice What a trustee's shares are checked against, `side` 0 for, 1 against; zeros before a run is complete.
    function shareKeyOf(MeetingId meeting, uint8 trustee, uint8 side) external view returns (uint256[2] memory) {
        BN254.Point memory key = _shareKey(meeting, trustee, side);
        return [key.x, key.y];
    }

    function _shareKey(MeetingId meeting, uint256 trustee, uint256 side) internal view returns (BN254.Point memory) {
        return _shareKeys[meeting][_runNumber(meeting)][trustee][side];
    }

    /// @dev The constant coefficients' sums: `Y_for.x, Y_for.y, Y_against.x, Y_against.y`.
    function _ballotKeys(MeetingId meeting, uint256 run) internal view returns (uint256[4] memory) {
        BN254.Point[] storage sums = _coefficients[meeting][run];
        (BN254.Point storage one, BN254.Point storage other) = (sums[0], sums[_trustees[meeting].threshold]);
        return [one.x, one.y, other.x, other.y];
    }

    /// @dev Adds a trustee's coefficients to those of the others.
    function _addUp(MeetingId meeting, uint256 run, uint8 trustee, uint256[] calldata coefficients) internal {
        BN254.Point[] storage sums = _coefficients[meeting][run];
        uint256 count = coefficients.length / 2;
        bool first = sums.length == 0;
        for (uint256 i = 0; i < count; ++i) {
            BN254.Point memory point = _point(coefficients, i, trustee);
            if (first) sums.push(point);
            else sums[i] = BN254.add(sums[i], point);
        }
    }

    /// @dev Fixes every trustee's share keys: the summed polynomials at the trustee's number, by Horner.
    function _fixShareKeys(MeetingId meeting, uint256 run) internal {
        BN254.Point[] memory sums = _coefficients[meeting][run];
        uint256 threshold = _trustees[meeting].threshold;
        uint256 count = _trustees[meeting].accounts.length;
        for (uint256 trustee = 1; trustee <= count; ++trustee) {
            for (uint256 side = 0; side < SIDES; ++side) {
                uint256 last = (side + 1) * threshold - 1;
                BN254.Point memory key = sums[last];
                for (uint256 k = 1; k < threshold; ++k) {
                    key = BN254.add(key.mul(trustee), sums[last - k]);
                }
                _shareKeys[meeting][run][trustee][side] = key;
            }
        }
    }

    /// @dev Coefficient number `i`, which must be a point that may be read.
    function _point(
        uint256[] calldata coefficients,
        uint256 i,
        uint8 trustee
    ) internal pure returns (BN254.Point memory point) {
        point = BN254.Point(coefficients[2 * i], coefficients[2 * i + 1]);
        if (!point.isPoint()) revert TrusteeBoardMalformed(trustee);
    }

    /// @dev The number of the meeting's newest run.
    function _runNumber(MeetingId meeting) internal view virtual returns (uint32);
}
