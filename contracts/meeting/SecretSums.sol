// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {Decision} from "../libraries/Decision.sol";
import {Lanes} from "../libraries/Lanes.sol";
import {WordList, wordsOf} from "../libraries/Words.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {SecretKeys} from "./SecretKeys.sol";

/// @title The encrypted sums of a secret meeting, frozen by the seal
abstract contract SecretSums is SecretKeys {
    /// @dev Three levels of three points a motion, two words a point; see {aggregateOf}.
    uint256 internal constant LEVEL_WORDS = 6;
    uint256 internal constant MOTION_WORDS = 18;

    /// @dev The first ballot writes every sum anew, and must fit a transaction of 14 M gas.
    uint256 internal constant MAX_SECRET_MOTIONS = 20;

    mapping(MeetingId meeting => WordList words) internal _sums;
    /// @dev Of those who took part: by how much areas lie above their rounded areas (low 64 bits), and below.
    mapping(MeetingId meeting => uint256 rounding) internal _rounding;
    mapping(MeetingId meeting => bytes32 sealHash) internal _sealHash;

    /// @inheritdoc ISecretMeeting
    function seal(MeetingId meeting) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Closed));
        uint256 from = uint256(record.closesAt) + record.rules.paperPeriod;
        if (block.timestamp < from) revert OwnersMeetingTooEarly(meeting, from);
        if (_sealHash[meeting] != bytes32(0)) revert SecretMeetingSealed(meeting, _sealHash[meeting]);
        if (!_quorum(record)) revert SecretMeetingNoQuorum(meeting);
        (uint64 above, uint64 below) = roundingOf(meeting);
        bytes32 sealHash = keccak256(
            abi.encode(
                keccak256("WSB-1 seal"),
                record.context,
                Lanes.at(record.part, 0),
                above,
                below,
                keccak256(abi.encodePacked(_sumsOf(meeting, 0, MOTION_WORDS * record.motions)))
            )
        );
        _sealHash[meeting] = sealHash;
        emit BallotsSealed(meeting, sealHash);
    }

    /// @inheritdoc ISecretMeeting
    function sealHashOf(MeetingId meeting) external view returns (bytes32) {
        _record(meeting);
        return _sealHash[meeting];
    }

    /// @inheritdoc ISecretMeeting
    function aggregateOf(
        MeetingId meeting,
        uint256 motion,
        uint256 level
    ) external view returns (uint256[6] memory points) {
        motionOf(meeting, motion);
        uint256[] memory words = _sumsOf(meeting, MOTION_WORDS * motion + LEVEL_WORDS * level, LEVEL_WORDS);
        for (uint256 i = 0; i < LEVEL_WORDS; ++i) {
            points[i] = words[i];
        }
    }

    /// @inheritdoc ISecretMeeting
    function roundingOf(MeetingId meeting) public view returns (uint64 above, uint64 below) {
        _record(meeting);
        uint256 rounding = _rounding[meeting];
        // The two halves, each of 64 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        return (uint64(rounding), uint64(rounding >> 64));
    }

    function _mostMotions() internal pure override returns (uint256) {
        return MAX_SECRET_MOTIONS;
    }

    function _quorum(Record storage record) internal view returns (bool) {
        return Decision.quorum(Lanes.at(record.total, 0), Lanes.at(record.part, 0));
    }

    function _sumsOf(MeetingId meeting, uint256 first, uint256 count) internal view returns (uint256[] memory) {
        return wordsOf(_sums[meeting]).read(first, count);
    }
}
