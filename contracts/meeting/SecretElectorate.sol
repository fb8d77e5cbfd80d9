// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {CoarseDecision} from "../libraries/CoarseDecision.sol";
import {RollWord} from "../libraries/RollWord.sol";
import {Words, wordsOf} from "../libraries/Words.sol";
import {OwnersMeeting} from "../OwnersMeeting.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {Weight} from "../types/Weight.sol";

/// @title Whether a roll is large and even enough to keep a secret
/// @dev The roll may change until it is sealed, and is too long to be read again as a whole: each publication leaves its
/// largest area, and only those that held too large an area are looked at once more.
abstract contract SecretElectorate is ISecretMeeting, OwnersMeeting {
    uint256 internal constant MIN_HEADS = 50;

    /// @dev Nobody may hold more than one part in this many of the area.
    uint256 internal constant MIN_SHARES = 5;

    /// @dev Areas below half a unit round to nothing. Were they alone to take part, the rounded sums would be no ciphertexts
    /// and no trustee could open them. A quorum has two thirds of the area: at three halves of half a unit for each head of
    /// the roll, such owners together cannot reach it.
    uint256 internal constant MIN_MEAN_AREA = (3 * CoarseDecision.UNIT) / 4;

    /// @dev First word, number of words and largest area of each publication, 32 bits each, the first word lowest.
    mapping(MeetingId meeting => uint256[] publications) private _publications;

    function _published(MeetingId meeting, uint256 firstWord, uint256[] calldata words) internal override {
        uint256 largest = 0;
        for (uint256 i = 0; i < words.length; ++i) {
            largest = RollWord.larger(words[i], largest);
        }
        // Words are counted by 29 bits, areas by 32.
        _publications[meeting].push(firstWord | (words.length << 32) | (largest << 64));
    }

    function _requireElectorate(MeetingId meeting, Weight memory total) internal view override {
        if (total.heads < MIN_HEADS) revert SecretMeetingElectorate(meeting, total.heads, MIN_HEADS);
        uint256 least = MIN_MEAN_AREA * total.heads;
        if (total.area < least) revert SecretMeetingSmallAreas(meeting, total.area, least);
        uint256 bound = total.area / MIN_SHARES;
        uint256[] memory publications = _publications[meeting];
        Words roll = wordsOf(_roll[meeting]);
        for (uint256 i = 0; i < publications.length; ++i) {
            uint256 one = publications[i];
            if (one >> 64 <= bound) continue;
            uint256 largest = 0;
            uint256 end = (one & type(uint32).max) + ((one >> 32) & type(uint32).max);
            for (uint256 at = one & type(uint32).max; at < end; ++at) {
                largest = RollWord.larger(roll.at(at), largest);
            }
            if (largest > bound) revert SecretMeetingLargestShare(meeting, largest, total.area);
        }
    }
}
