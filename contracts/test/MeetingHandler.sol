// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingState, MeetingSummary, MotionDecision} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {MeetingWorld} from "./MeetingWorld.sol";

/// @title Takes any step at any time; keeps its own count of what must have counted
contract MeetingHandler is MeetingWorld {
    mapping(uint256 voter => uint64 choices) public choicesOf;
    mapping(uint256 voter => bool) public counted;
    MeetingState public furthest;
    bool public wentBack;
    bytes32 public sealedContent;
    bool public changedAfterSeal;

    /// @dev Starts with a meeting just convened, or already open.
    constructor(bool open) {
        buildWorld();
        if (open) openMeeting();
        else convene();
        _look();
    }

    function wait_(uint256 seconds_) external {
        vm.warp(block.timestamp + bound(seconds_, 1 hours, 6 days));
        _look();
    }

    function consent() external {
        bytes32 hash = meetings.summaryOf(MEETING).conveneHash;
        vm.prank(SUPERVISOR);
        try meetings.consent(MEETING, hash) {} catch {}
        _look();
    }

    function publish(uint256 word, uint256 value) external {
        uint256[] memory words = new uint256[](1);
        word = bound(word, 0, OWNERS / 8);
        words[0] = value % 5 == 0 ? rollWords()[word] & ~uint256(type(uint32).max) : rollWords()[word];
        vm.prank(COMMITTEE);
        try meetings.publishRoll(MEETING, uint32(word), words) {} catch {}
        _look();
    }

    function sealRoll() external {
        MeetingSummary memory now_ = meetings.summaryOf(MEETING);
        vm.prank(SUPERVISOR);
        try meetings.sealRoll(MEETING, now_.rollDigest, now_.total.area, now_.total.heads) {} catch {}
        _look();
    }

    function cast(uint256 voter, uint256 seed) external {
        voter = bound(voter, 1, OWNERS);
        uint64 choices = validChoices(seed);
        bool countable = meetings.stateOf(MEETING) == MeetingState.Open &&
            !counted[voter] &&
            meetings.areaOf(MEETING, _index(voter)) != 0;
        try meetings.cast(MEETING, ballot(uint32(voter), choices)) {} catch {}
        if (countable) {
            counted[voter] = true;
            choicesOf[voter] = choices;
        }
        _look();
    }

    function extend(uint256 days_) external {
        uint64 closesAt = meetings.summaryOf(MEETING).closesAt + uint64(bound(days_, 1, 20)) * 1 days;
        vm.prank(COMMITTEE);
        try meetings.extend(MEETING, closesAt, "reason") {} catch {}
        _look();
    }

    function declareAndFinalize() external {
        try meetings.declareResult(MEETING) {} catch {}
        _look();
        try meetings.finalize(MEETING) {} catch {}
        _look();
    }

    function voidIt(uint256 chance) external {
        if (chance % 16 != 0) return;
        vm.prank(SUPERVISOR);
        try meetings.voidMeeting(MEETING, "reason") {} catch {}
        _look();
    }

    /// @dev For and against of a motion, those who took part, and the roll, by this contract's own count.
    function recount(uint256 motion) external view returns (uint256[8] memory sums) {
        for (uint256 voter = 1; voter <= OWNERS; ++voter) {
            uint256 area = meetings.areaOf(MEETING, _index(voter));
            sums[6] += area;
            if (area != 0) ++sums[7];
            if (!counted[voter]) continue;
            sums[4] += area;
            ++sums[5];
            uint256 choice = (choicesOf[voter] >> (2 * motion)) & 3;
            if (choice == 0) continue;
            sums[2 * choice - 2] += area;
            ++sums[2 * choice - 1];
        }
    }

    function summary() external view returns (MeetingSummary memory) {
        return meetings.summaryOf(MEETING);
    }

    function tally(uint256 motion) external view returns (uint256[8] memory) {
        if (meetings.summaryOf(MEETING).rollSealedAt == 0) return this.recount(motion);
        MotionDecision memory d = meetings.decisionOf(MEETING, motion);
        return
            [
                uint256(d.inFavour.area),
                d.inFavour.heads,
                d.against.area,
                d.against.heads,
                d.part.area,
                d.part.heads,
                d.total.area,
                d.total.heads
            ];
    }

    /// @dev Remembers the furthest state, and the roll as it was sealed.
    function _look() private {
        MeetingSummary memory now_ = meetings.summaryOf(MEETING);
        if (uint8(now_.state) < uint8(furthest)) wentBack = true;
        furthest = now_.state;
        if (now_.rollSealedAt == 0) return;
        bytes32 content = keccak256(
            abi.encode(now_.conveneHash, now_.rollDigest, now_.total, now_.rules, now_.opensAt)
        );
        if (sealedContent == 0) sealedContent = content;
        if (sealedContent != content) changedAfterSeal = true;
    }

    function _index(uint256 voter) private pure returns (VoterIndex) {
        return VoterIndex.wrap(uint32(voter));
    }
}
