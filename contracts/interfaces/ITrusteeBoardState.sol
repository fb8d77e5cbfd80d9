// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";

/// @title What a secret meeting asks of its trustees' board
interface ITrusteeBoardState {
    /// @notice What the meeting's completed run made: the trustees' set, `threshold` of `trustees`, and the points
    /// `Y_for.x, Y_for.y, Y_against.x, Y_against.y`. Zeros while no run is complete.
    function keysOf(
        MeetingId meeting
    ) external view returns (bytes32 trusteeSetHash, uint8 threshold, uint8 trustees, uint256[4] memory keys);

    /// @notice A sum that the trustees opened: `level` 0 heads, 1 coarse area, 2 exact area; `side` 0 for, 1 against.
    function sumOf(
        MeetingId meeting,
        uint256 motion,
        uint256 level,
        uint256 side
    ) external view returns (bool opened, uint64 value);
}
