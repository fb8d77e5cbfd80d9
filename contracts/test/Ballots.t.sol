// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {RollWord} from "../libraries/RollWord.sol";
import {MotionDecision} from "../types/MeetingTypes.sol";
import {MeetingWorld} from "./MeetingWorld.sol";

/// @title Properties of counting open ballots
contract BallotsTest is MeetingWorld {
    function setUp() public {
        buildWorld();
        openMeeting();
    }

    /// @notice However independent ballots are ordered and split into batches, the sums are those of a recount.
    function testFuzz_AnyOrderAndSplit(uint256 seed) public {
        bytes[] memory ballots = new bytes[](OWNERS);
        uint64[] memory choices = new uint64[](OWNERS);
        for (uint256 i = 0; i < OWNERS; ++i) {
            choices[i] = validChoices(uint256(keccak256(abi.encode(seed, i))));
            ballots[i] = ballot(uint32(i + 1), choices[i]);
        }
        bytes memory batch;
        for (uint256 left = OWNERS; left > 0; --left) {
            uint256 chance = uint256(keccak256(abi.encode(seed, "order", left)));
            uint256 pick = chance % left;
            batch = bytes.concat(batch, ballots[pick]);
            ballots[pick] = ballots[left - 1];
            if (chance >> 254 == 0 || left == 1) {
                meetings.cast(MEETING, batch);
                batch = "";
            }
        }
        for (uint256 m = 0; m < MOTIONS; ++m) {
            _recount(m, choices);
        }
    }

    /// @notice Arbitrary bytes as records never revert a batch of whole records and never count.
    function testFuzz_JunkCountsNothing(bytes32 seed, uint8 count) public {
        bytes memory batch;
        for (uint256 i = 0; i <= count % 8; ++i) {
            bytes32 junk = keccak256(abi.encode(seed, i));
            uint32 voter = uint32(uint256(junk) % 24);
            batch = bytes.concat(batch, abi.encodePacked(voter, uint64(uint256(junk) >> 240), junk, junk, uint8(27)));
        }
        meetings.cast(MEETING, batch);
        same("nobody took part", 0, meetings.summaryOf(MEETING).part.heads);
    }

    /// @notice A word of the roll weighs what its lanes add up to.
    function testFuzz_RollWord(uint256 word) public pure {
        uint256 area;
        uint256 heads;
        for (uint256 i = 0; i < 8; ++i) {
            uint256 one = RollWord.areaOf(word, 8 * 5 + i);
            area += one;
            if (one != 0) ++heads;
        }
        (uint256 weighedArea, uint256 weighedHeads) = RollWord.weigh(word);
        same("area", area, weighedArea);
        same("heads", heads, weighedHeads);
    }

    function _recount(uint256 motion, uint64[] memory choices) private view {
        uint256[3] memory area;
        uint256[3] memory heads;
        for (uint256 i = 0; i < OWNERS; ++i) {
            uint256 choice = (choices[i] >> (2 * motion)) & 3;
            area[choice] += areaOf(i + 1);
            ++heads[choice];
        }
        MotionDecision memory decision = meetings.decisionOf(MEETING, motion);
        same("area for", area[1], decision.inFavour.area);
        same("heads for", heads[1], decision.inFavour.heads);
        same("area against", area[2], decision.against.area);
        same("heads against", heads[2], decision.against.heads);
        same("area that took part", area[0] + area[1] + area[2], decision.part.area);
        same("heads that took part", OWNERS, decision.part.heads);
    }
}
