// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BallotDigest} from "./BallotDigest.sol";
import {Words} from "./Words.sol";

/// @title Counting one ballot: the path that every good record of a batch takes
/// @dev Accepts or does not; why not is worked out elsewhere, in plain Solidity, for the few records that need it. Written
/// by hand because this is what a ballot costs.
library BallotCount {
    /// @dev What the records of a batch share. {accept} reads the fields by their place: keep their order.
    struct Batch {
        Words roll; // 0
        Words castWords; // 32
        uint256 choiceBits; // 64: two a motion; above them a ballot has nothing
        uint256 part; // 96: lane of those who took part
        uint256[] sums; // 128: lanes, for and against of two motions a word; see {wordsFor}
        BallotDigest.Template template; // 160
        // Sixteen pairs: the slot of a word of cast bits (0: none), and the word, not yet put back; see {putBack}.
        uint256[32] castLines; // 192
    }

    /// @dev The bit at the foot of each two-bit choice.
    uint256 private constant CHOICE_FEET = 0x5555555555555555;

    /// @dev One head, above the 40 bits of area; see `Lanes`.
    uint256 private constant ONE_HEAD = 0x10000000000;

    /// @dev Bits 63k, and bits 64k, of four; see {accept}.
    uint256 private constant LANE_MOVES = 0x200000000000000040000000000000008000000000000001;
    uint256 private constant LANE_FEET = 0x1000000000000000100000000000000010000000000000001;

    /// @notice Words of sums that {accept} needs for `motions` motions: it adds in runs of three.
    function wordsFor(uint256 motions) internal pure returns (uint256) {
        // Rounds up on purpose: whole runs.
        // slither-disable-next-line divide-before-multiply
        return ((motions + 5) / 6) * 3;
    }

    /// @notice Counts records one after the other, from `start` to `end` of calldata, as long as each is on the roll, not
    /// yet cast, of valid choices, and signed by its key (the keys stand in memory from `keyAt` on).
    /// @return stopped where the first record stands that was not counted, or `end`
    /// @dev Stops, too, where less than `gasFloor` is left: a recovery starved of gas looks like a bad signature. Group
    /// caps are the caller's to check.
    // One pass over a record in one place; split up it would be harder to hold against the layout above.
    // solhint-disable-next-line function-max-lines
    function accept(
        Batch memory batch,
        uint256 start,
        uint256 end,
        uint256 keyAt,
        uint256 gasFloor
    ) internal returns (uint256 stopped) {
        uint256 halfOrder = BallotDigest.HALF_ORDER;
        assembly ("memory-safe") {
            let template := mload(add(batch, 160))
            for {} and(lt(start, end), gt(gas(), gasFloor)) {} {
                let choices := calldataload(start)
                let voter := shr(224, choices)
                choices := and(shr(160, choices), 0xffffffffffffffff)
                let lane := and(shr(shl(5, and(voter, 7)), sload(add(mload(batch), shr(3, voter)))), 0xffffffff)
                let castSlot := add(mload(add(batch, 32)), shr(8, voter))
                // The cast bits at hand: a line holds a word's slot and the word. 16 lines cover 4,096 owners in any order.
                let line := add(mload(add(batch, 192)), and(shr(2, voter), 0x3c0))
                if xor(mload(line), castSlot) {
                    if mload(line) {
                        sstore(mload(line), mload(add(line, 32)))
                    }
                    mstore(line, castSlot)
                    mstore(add(line, 32), sload(castSlot))
                }
                let castBits := mload(add(line, 32))
                // The bit's place comes first in Yul, the value second: that is the order meant.
                // slither-disable-next-line incorrect-shift
                let bit := shl(and(voter, 0xff), 1)

                // Area and key are both there (32 bits times 160 bits is zero only if one of them is), the bit is not, no
                // choice is 3, nothing stands beyond the last motion.
                if or(
                    or(iszero(mul(lane, mload(keyAt))), and(castBits, bit)),
                    or(and(and(choices, shr(1, choices)), CHOICE_FEET), shr(mload(add(batch, 64)), choices))
                ) {
                    break
                }

                // The digest, then the account that signed it. The precompile leaves the zero for a signature that is
                // none.
                mstore(add(template, 96), voter)
                mstore(add(template, 128), choices)
                mstore(add(template, 194), keccak256(template, 160))
                mstore(add(template, 256), keccak256(add(template, 160), 66))
                mstore(add(template, 288), byte(0, calldataload(add(start, 76))))
                calldatacopy(add(template, 320), add(start, 12), 64)
                mstore(0, 0)
                pop(staticcall(gas(), 1, add(template, 256), 128, 0, 32))
                if or(xor(mload(0), mload(keyAt)), gt(mload(add(template, 352)), halfOrder)) {
                    break
                }

                mstore(add(line, 32), or(castBits, bit))
                lane := or(lane, ONE_HEAD)
                mstore(add(batch, 96), add(mload(add(batch, 96)), lane))
                // Two motions' choices are four bits, in the order of a word's four lanes: bit `k` times `2**63k` stands
                // at `64k`, the foot of its lane, and the mask drops all other products; bits that come four later
                // stand four higher. Three words a turn.
                for {
                    let sum := add(mload(add(batch, 128)), 32)
                } choices {
                    sum := add(sum, 96)
                } {
                    let moved := mul(and(choices, 0xfff), LANE_MOVES)
                    mstore(sum, add(mload(sum), mul(lane, and(moved, LANE_FEET))))
                    let next := add(sum, 32)
                    mstore(next, add(mload(next), mul(lane, and(shr(4, moved), LANE_FEET))))
                    next := add(sum, 64)
                    mstore(next, add(mload(next), mul(lane, and(shr(8, moved), LANE_FEET))))
                    choices := shr(12, choices)
                }
                start := add(start, 77)
                keyAt := add(keyAt, 32)
            }
            stopped := start
        }
    }

    /// @notice Writes the cast bits at hand to storage, where {accept} leaves them until they are needed elsewhere.
    function putBack(Batch memory batch) internal {
        assembly ("memory-safe") {
            let line := mload(add(batch, 192))
            for {
                let end := add(line, 1024)
            } lt(line, end) {
                line := add(line, 64)
            } {
                if mload(line) {
                    sstore(mload(line), mload(add(line, 32)))
                }
            }
        }
    }
}
