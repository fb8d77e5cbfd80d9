// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BallotSkip} from "../types/BallotSkip.sol";
import {MeetingId} from "../types/MeetingId.sol";

/// @title Ballots that everyone can read
interface IOpenMeeting {
    /// @dev A batch is one or more records of 77 bytes.
    error OpenMeetingRecordsLength(uint256 length);

    /// @dev Too little gas before a record: the whole batch is undone rather than a ballot refused for it.
    error OpenMeetingGasFloor(uint256 position, uint256 gasLeft);

    event BallotSkipped(MeetingId indexed meeting, uint256 position, uint32 voter, BallotSkip reason);

    /// @dev The whole batch as it came, the skipped records too.
    event BallotsCast(MeetingId indexed meeting, bytes records);

    /// @notice Casts a packed batch of signed ballots. Anyone may call; a bad record is skipped with a reason.
    ///
    /// Requirements:
    /// - the meeting is Open;
    /// - `records` is a positive multiple of 77 bytes;
    /// - enough gas remains before each record.
    function cast(MeetingId meeting, bytes calldata records) external;
}
