// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ITrusteeBoardActions} from "../interfaces/ITrusteeBoardActions.sol";
import {ITrusteeBoardState} from "../interfaces/ITrusteeBoardState.sol";
import {BN254} from "../libraries/BN254.sol";
import {TrusteeProofs} from "../libraries/TrusteeProofs.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {KeyRuns} from "./KeyRuns.sol";

/// @title Opening the sealed sums: heads and rounded areas first, exact areas of those motions alone that need them
abstract contract Decryption is KeyRuns {
    using BN254 for BN254.Point;

    uint256 private constant COARSE_STAGE = 0;
    uint256 private constant EXACT_STAGE = 1;
    uint256 private constant EXACT_LEVEL = 2;

    /// @dev Two levels on two sides.
    uint256 private constant COARSE_A_MOTION = 4;
    uint256 private constant SHARE_WORDS = 4;

    /// @dev One stage of a meeting's decryption. Aggregates count from 0.
    struct Stage {
        uint16 opened;
        mapping(uint256 trustee => uint256 posted) posted;
        mapping(uint256 trustee => mapping(uint256 aggregate => BN254.Point share)) shares;
        mapping(uint256 aggregate => uint64 value) values;
    }

    /// @dev Above every motion's bit: the coarse stage is open, which leaves no motion as well as any.
    uint256 private constant COARSE_OPEN = 1 << 255;

    mapping(MeetingId meeting => mapping(uint256 stage => Stage)) private _stages;

    /// @dev The motions that the coarse stage left undecided, kept when its last sum was opened.
    mapping(MeetingId meeting => uint256 motions) private _undecided;

    /// @inheritdoc ITrusteeBoardActions
    function postShares(MeetingId meeting, uint8 stage, uint16 first, uint256[] calldata words) external {
        uint8 trustee = _trustee(meeting);
        uint256 count = words.length / SHARE_WORDS;
        if (words.length % SHARE_WORDS != 0) revert TrusteeBoardMalformed(trustee);
        Stage storage current = _stages[meeting][stage];
        _requireNext(meeting, stage, current.posted[trustee], first, count);
        current.posted[trustee] = first + count;
        for (uint256 i = 0; i < count; ++i) {
            TrusteeProofs.Aggregate memory one = _aggregate(meeting, stage, first + i);
            BN254.Point memory share = BN254.Point(words[SHARE_WORDS * i], words[SHARE_WORDS * i + 1]);
            // Only `A` matters to a share.
            // slither-disable-next-line unused-return
            (BN254.Point memory a, ) = _pair(meeting, one);
            TrusteeProofs.Proof memory proof = TrusteeProofs.Proof(
                words[SHARE_WORDS * i + 2],
                words[SHARE_WORDS * i + 3]
            );
            BN254.Point memory key = _shareKey(meeting, trustee, one.side);
            if (!TrusteeProofs.isShare(one, trustee, key, a, share, proof)) {
                revert TrusteeBoardShare(trustee, first + i);
            }
            current.shares[trustee][first + i] = share;
        }
        emit SharesPosted(meeting, stage, trustee, first, words);
    }

    /// @inheritdoc ITrusteeBoardActions
    function openSums(
        MeetingId meeting,
        uint8 stage,
        uint16 first,
        uint8[] calldata trustees,
        uint64[] calldata values
    ) external {
        Stage storage current = _stages[meeting][stage];
        _requireNext(meeting, stage, current.opened, first, values.length);
        uint256[] memory factors = _factors(meeting, trustees);
        for (uint256 i = 0; i < values.length; ++i) {
            uint256 number = first + i;
            TrusteeProofs.Aggregate memory one = _aggregate(meeting, stage, number);
            // Only `B` is left to be opened.
            // slither-disable-next-line unused-return
            (, BN254.Point memory rest) = _pair(meeting, one);
            for (uint256 k = 0; k < trustees.length; ++k) {
                if (number >= current.posted[trustees[k]]) revert TrusteeBoardOpeners(trustees[k]);
                BN254.Point memory share = current.shares[trustees[k]][number];
                rest = BN254.add(rest, share.mul(BN254.Q - factors[k]));
            }
            BN254.Point memory expected = BN254.generator().mul(values[i]);
            if (rest.x != expected.x || rest.y != expected.y) revert TrusteeBoardValue(number);
            current.values[number] = values[i];
        }
        // No more than the motions give, four each.
        // forge-lint: disable-next-line(unsafe-typecast)
        current.opened = uint16(first + values.length);
        // The meeting asks back for what was just opened.
        if (stage == COARSE_STAGE && current.opened == COARSE_A_MOTION * _meeting().summaryOf(meeting).motions) {
            _undecided[meeting] = COARSE_OPEN | _sums().undecidedOf(meeting);
        }
        emit SumsOpened(meeting, stage, first, trustees, values);
    }

    /// @inheritdoc ITrusteeBoardState
    function sumOf(
        MeetingId meeting,
        uint256 motion,
        uint256 level,
        uint256 side
    ) external view returns (bool opened, uint64 value) {
        if (level > EXACT_LEVEL || side > 1) revert TrusteeBoardUnknownSum(level, side);
        uint256 number = COARSE_A_MOTION * motion + 2 * level + side;
        uint256 stage = COARSE_STAGE;
        if (level == EXACT_LEVEL) {
            uint256 undecided = _undecided[meeting];
            if (side != 0 || undecided & (1 << motion) == 0) return (false, 0);
            (stage, number) = (EXACT_STAGE, _bits(undecided & ((1 << motion) - 1)));
        }
        Stage storage current = _stages[meeting][stage];
        return (number < current.opened, current.values[number]);
    }

    /// @notice How many sums of a stage a trustee has posted shares of, and how many are opened.
    function progressOf(
        MeetingId meeting,
        uint8 stage,
        uint8 trustee
    ) external view returns (uint256 posted, uint256 opened) {
        return (_stages[meeting][stage].posted[trustee], _stages[meeting][stage].opened);
    }

    /// @dev Nothing is shared or opened of a voided meeting, before the seal, out of order, twice, or beyond what the stage has.
    function _requireNext(
        MeetingId meeting,
        uint256 stage,
        uint256 expected,
        uint256 first,
        uint256 count
    ) private view {
        if (_meeting().stateOf(meeting) == MeetingState.Void) revert TrusteeBoardVoided(meeting);
        bool turn = stage == COARSE_STAGE || (stage == EXACT_STAGE && _isCoarseOpen(meeting));
        if (!turn || _sums().sealHashOf(meeting) == bytes32(0)) revert TrusteeBoardNotSealed(meeting, stage);
        uint256 all = stage == COARSE_STAGE
            ? COARSE_A_MOTION * _meeting().summaryOf(meeting).motions
            : _bits(_undecided[meeting] ^ COARSE_OPEN);
        if (first != expected || count == 0 || first + count > all) revert TrusteeBoardOrder(expected, first, count);
    }

    function _isCoarseOpen(MeetingId meeting) private view returns (bool) {
        return _undecided[meeting] != 0;
    }

    function _aggregate(
        MeetingId meeting,
        uint256 stage,
        uint256 number
    ) private view returns (TrusteeProofs.Aggregate memory one) {
        one.context = _sums().contextOf(meeting);
        one.sealHash = _sums().sealHashOf(meeting);
        if (stage == COARSE_STAGE) {
            one.motion = number / COARSE_A_MOTION;
            one.level = (number % COARSE_A_MOTION) / 2;
            one.side = number % 2;
        } else {
            one.motion = _bitAt(_undecided[meeting], number);
            one.level = EXACT_LEVEL;
        }
    }

    /// @dev `A` and the `B` of its side.
    function _pair(
        MeetingId meeting,
        TrusteeProofs.Aggregate memory one
    ) private view returns (BN254.Point memory a, BN254.Point memory b) {
        uint256[6] memory sum = _sums().aggregateOf(meeting, one.motion, one.level);
        a = BN254.Point(sum[0], sum[1]);
        b = BN254.Point(sum[2 + 2 * one.side], sum[3 + 2 * one.side]);
    }

    /// @dev Lagrange's coefficients at zero for exactly the threshold of trustees, in ascending order.
    function _factors(MeetingId meeting, uint8[] calldata trustees) private view returns (uint256[] memory factors) {
        uint256 count = trustees.length;
        if (count != _trustees[meeting].threshold) revert TrusteeBoardOpeners(0);
        factors = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) {
            (uint256 above, uint256 below) = (1, 1);
            uint256 own = trustees[i];
            if (i != 0 && own <= trustees[i - 1]) revert TrusteeBoardOpeners(own);
            for (uint256 k = 0; k < count; ++k) {
                if (k == i) continue;
                uint256 other = trustees[k];
                above = mulmod(above, other, BN254.Q);
                below = mulmod(below, addmod(other, BN254.Q - own, BN254.Q), BN254.Q);
            }
            factors[i] = mulmod(above, BN254.inverse(below), BN254.Q);
        }
    }

    function _bits(uint256 mask) private pure returns (uint256 count) {
        for (; mask != 0; mask &= mask - 1) ++count;
    }

    /// @dev Position of set bit number `number`, from 0.
    function _bitAt(uint256 mask, uint256 number) private pure returns (uint256 position) {
        for (; number != 0; --number) mask &= mask - 1;
        while (mask & (1 << position) == 0) ++position;
    }
}
