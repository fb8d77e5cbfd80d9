// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState, MeetingSummary, Motion, MotionDecision} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title What anyone can read of a meeting
interface IOwnersMeetingState {
    /// @notice State at the latest block's time; reverts for an unknown meeting.
    function stateOf(MeetingId meeting) external view returns (MeetingState);

    function summaryOf(MeetingId meeting) external view returns (MeetingSummary memory);

    /// @notice Motion number `motion`, counted from 0.
    function motionOf(MeetingId meeting, uint256 motion) external view returns (Motion memory);

    /// @notice Decision on a motion by the ballots counted so far; reverts until the roll is sealed.
    function decisionOf(MeetingId meeting, uint256 motion) external view returns (MotionDecision memory);

    /// @notice Area in 0.01 m² of an owner on this meeting's roll, or 0.
    function areaOf(MeetingId meeting, VoterIndex voter) external view returns (uint256);

    function hasCast(MeetingId meeting, VoterIndex voter) external view returns (bool);
}
