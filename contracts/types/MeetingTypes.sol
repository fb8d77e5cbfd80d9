// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Weight} from "./Weight.sol";

/// @dev Where a meeting stands. Open, Closed and Lapsed are reached by chain time alone.
enum MeetingState {
    None,
    Convened,
    Notice,
    Open,
    Closed,
    Declared,
    Final,
    Lapsed,
    Void
}

/// @dev One question put to the owners. `matter` is 1-9 of Civil Code 278; motions that share a non-zero `group` share
/// `cap`, the most of them an owner may support.
struct Motion {
    uint8 matter;
    uint8 group;
    uint8 cap;
    bytes32 textHash;
}

/// @dev Rules of procedure frozen for one meeting; periods in seconds.
struct Rules {
    bytes32 rulesHash;
    uint32 noticePeriod;
    uint32 rollPeriod;
    uint32 paperPeriod;
    uint32 objectionPeriod;
}

/// @dev Everything frozen when a meeting is convened; times in UTC seconds.
struct Convening {
    bytes32 scopeHash;
    Motion[] motions;
    bytes32[] documents;
    uint64 opensAt;
    uint64 closesAt;
    Rules rules;
}

/// @dev What the meeting says about itself in one call. `motions` is their number.
struct MeetingSummary {
    MeetingState state;
    bytes32 conveneHash;
    uint64 opensAt;
    uint64 closesAt;
    uint64 consentedAt;
    uint64 rollPublishedAt;
    uint64 rollSealedAt;
    uint64 declaredAt;
    uint64 objectionsEndAt;
    uint32 openObjections;
    uint8 motions;
    bytes32 rollDigest;
    Weight total;
    Weight part;
    Rules rules;
}

/// @dev The decision on one motion with all the sums it rests on.
struct MotionDecision {
    bool quorum;
    bool passed;
    bool special;
    Weight total;
    Weight part;
    Weight inFavour;
    Weight against;
}

/// @dev One motion's line of a declared result.
struct MotionResult {
    Weight inFavour;
    Weight against;
    bool passed;
}
