// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
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

    struct Publication {
        uint32 firstWord;
        uint32 count;
        uint32 largest;
    }

    mapping(MeetingId meeting => Publication[] publications) private _publications;

    function _published(MeetingId meeting, uint256 firstWord, uint256[] calldata words) internal override {
        uint256 largest = 0;
        for (uint256 i = 0; i < words.length; ++i) {
            largest = RollWord.larger(words[i], largest);
        }
        // Words are counted by 29 bits, areas by 32.
        // forge-lint: disable-next-line(unsafe-typecast)
        _publications[meeting].push(Publication(uint32(firstWord), uint32(words.length), uint32(largest)));
    }

    function _requireElectorate(MeetingId meeting, Weight memory total) internal view override {
        if (total.heads < MIN_HEADS) revert SecretMeetingElectorate(meeting, total.heads, MIN_HEADS);
        Publication[] storage publications = _publications[meeting];
        uint256 count = publications.length;
        Words roll = wordsOf(_roll[meeting]);
        for (uint256 i = 0; i < count; ++i) {
            Publication memory one = publications[i];
            if (one.largest * MIN_SHARES <= total.area) continue;
            uint256 largest = 0;
            for (uint256 k = 0; k < one.count; ++k) {
                largest = RollWord.larger(roll.at(uint256(one.firstWord) + k), largest);
            }
            if (largest * MIN_SHARES > total.area) revert SecretMeetingLargestShare(meeting, largest, total.area);
        }
    }
}
