// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BallotSkip} from "../types/BallotSkip.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Interval} from "../types/Interval.sol";

/// @title Ballots that nobody can read alone (docs/secret-ballots.md)
interface ISecretMeeting {
    /// @dev Fewer owners on the roll than a secret needs.
    error SecretMeetingElectorate(MeetingId meeting, uint256 heads, uint256 minimum);

    /// @dev Areas so small that owners whose areas round to nothing could reach the quorum alone.
    error SecretMeetingSmallAreas(MeetingId meeting, uint256 areaTotal, uint256 minimum);

    /// @dev One owner's area is more than a fifth of all.
    error SecretMeetingLargestShare(MeetingId meeting, uint256 largest, uint256 areaTotal);

    /// @dev The roll is not sealed, or the trustees have not completed a run for this meeting.
    error SecretMeetingKeysMissing(MeetingId meeting);

    /// @dev The meeting's keys are fixed.
    error SecretMeetingKeysAdopted(MeetingId meeting, bytes32 context);

    /// @dev A batch is one or more records, all of the length that this meeting's motions and groups give.
    error SecretMeetingRecordsLength(uint256 length, uint256 recordLength);

    /// @dev Too little gas before a record: the whole batch is undone rather than a ballot refused for it.
    error SecretMeetingGasFloor(uint256 position, uint256 gasLeft);

    /// @dev Without a quorum nothing is ever decrypted.
    error SecretMeetingNoQuorum(MeetingId meeting);

    /// @dev The sums are sealed.
    error SecretMeetingSealed(MeetingId meeting, bytes32 sealHash);

    /// @dev What the trustees opened does not settle this motion yet.
    error SecretMeetingUndecided(uint256 motion);

    event KeysAdopted(
        MeetingId indexed meeting,
        bytes32 context,
        bytes32 trusteeSetHash,
        uint8 threshold,
        uint8 trustees,
        uint256[2] keyFor,
        uint256[2] keyAgainst
    );

    event BallotSkipped(MeetingId indexed meeting, uint256 position, uint32 voter, BallotSkip reason);

    /// @dev The whole batch as it came, the skipped records too.
    event BallotsCast(MeetingId indexed meeting, bytes records);

    event BallotsSealed(MeetingId indexed meeting, bytes32 sealHash);

    /// @notice Fixes the keys that ballots are encrypted to. Anyone may call; without it the meeting lapses.
    ///
    /// Requirements:
    /// - the meeting is in Notice, its roll sealed, and the trustees have completed a run;
    /// - its keys are not fixed yet.
    function adoptKeys(MeetingId meeting) external;

    /// @notice Casts a batch of signed and proven ballots. Anyone may call; a bad record is skipped with a reason.
    ///
    /// Requirements:
    /// - the meeting is Open;
    /// - `records` is a positive multiple of the meeting's record length;
    /// - enough gas remains before each record.
    function cast(MeetingId meeting, bytes calldata records) external;

    /// @notice Freezes the sums for the trustees. Anyone may call.
    ///
    /// Requirements:
    /// - the meeting is Closed and `paperPeriod` has run out;
    /// - the quorum was reached;
    /// - the sums are not sealed yet.
    function seal(MeetingId meeting) external;

    /// @notice What every proof of the meeting is bound to, or zero before {adoptKeys}.
    function contextOf(MeetingId meeting) external view returns (bytes32);

    /// @notice Length in bytes of each record that {cast} takes.
    function recordLengthOf(MeetingId meeting) external view returns (uint256);

    /// @notice The hash that stands for the sealed sums, or zero before {seal}.
    function sealHashOf(MeetingId meeting) external view returns (bytes32);

    /// @notice The encrypted sum `A.x, A.y, B1.x, B1.y, B2.x, B2.y` of a motion; `level` 0 heads, 1 coarse area in units
    /// of 10 m², 2 exact area in 0.01 m².
    function aggregateOf(MeetingId meeting, uint256 motion, uint256 level) external view returns (uint256[6] memory);

    /// @notice By how much the areas of those who took part lie above and below their rounded areas, in 0.01 m².
    function roundingOf(MeetingId meeting) external view returns (uint64 above, uint64 below);

    /// @notice Between which areas those for and those against a motion lie; both ends are one once the exact area is open.
    function intervalOf(
        MeetingId meeting,
        uint256 motion
    ) external view returns (Interval memory inFavour, Interval memory against);

    /// @notice The motions (bit `i` for motion `i`) that heads and coarse areas do not settle, opened or not yet opened:
    /// once all of those are open, the ones whose exact area must be.
    function undecidedOf(MeetingId meeting) external view returns (uint256 motions);
}
