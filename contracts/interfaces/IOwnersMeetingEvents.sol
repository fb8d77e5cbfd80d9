// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {Convening, MotionResult} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {Weight} from "../types/Weight.sol";

/// @title What a meeting tells an auditor
interface IOwnersMeetingEvents {
    event MeetingConvened(MeetingId indexed meeting, bytes32 conveneHash, address convener, Convening convening);

    event ConsentGiven(MeetingId indexed meeting, address by);

    /// @dev The totals and the digest after these words replaced what stood there.
    event RollPublished(
        MeetingId indexed meeting,
        uint32 firstWord,
        uint256[] words,
        uint64 areaTotal,
        uint32 headsTotal,
        bytes32 digest
    );

    event RollSealed(MeetingId indexed meeting, bytes32 digest, uint64 areaTotal, uint32 headsTotal, address by);

    event MeetingExtended(MeetingId indexed meeting, uint64 closesAt, bytes32 reasonHash, address by);

    event ResultDeclared(
        MeetingId indexed meeting,
        Weight total,
        Weight part,
        bool quorum,
        MotionResult[] results,
        uint64 objectionsEndAt
    );

    event ObjectionRaised(MeetingId indexed meeting, uint256 objection, VoterIndex voter, bytes32 contentHash);

    event ObjectionAnswered(MeetingId indexed meeting, uint256 objection, bytes32 answerHash, address by);

    event ResultFinal(MeetingId indexed meeting);

    event MeetingVoided(MeetingId indexed meeting, bytes32 reasonHash, address by);
}
