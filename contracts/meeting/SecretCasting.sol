// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {SecretProof} from "../libraries/SecretProof.sol";
import {CoarseDecision} from "../libraries/CoarseDecision.sol";
import {Lanes} from "../libraries/Lanes.sol";
import {RollWord} from "../libraries/RollWord.sol";
import {SecretRecord} from "../libraries/SecretRecord.sol";
import {SecretTally} from "../libraries/SecretTally.sol";
import {TypeHashes} from "../libraries/TypeHashes.sol";
import {Words, wordsOf} from "../libraries/Words.sol";
import {BallotSkip} from "../types/BallotSkip.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {SecretResult} from "./SecretResult.sol";

/// @title Casting encrypted ballots: every proof is checked as the ballot comes
abstract contract SecretCasting is SecretResult {
    /// @dev What a record may cost at most besides its proofs: recovery, key, cast bit, event. Measured with a margin.
    uint256 internal constant RECORD_GAS = 100_000;

    /// @dev What a motion's proof and sums, and one branch of a group's proof, may cost at most.
    uint256 internal constant MOTION_GAS = 190_000;
    uint256 internal constant BRANCH_GAS = 30_000;

    /// @dev What the records of a batch share.
    struct Batch {
        MeetingId meeting;
        SecretProof.Bound bound;
        uint256 motions;
        GroupCap[] caps;
        uint256[] sums;
        // A lane (see `Lanes`), and two halves (see `_rounding`).
        uint256 part;
        uint256 rounding;
    }

    /// @inheritdoc ISecretMeeting
    function cast(MeetingId meeting, bytes calldata records) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Open));
        Batch memory batch = _begin(meeting, record);
        (uint256 size, uint256 branches) = _recordLength(batch.motions, batch.caps);
        uint256 count = records.length / size;
        if (count == 0 || records.length % size != 0) revert SecretMeetingRecordsLength(records.length, size);
        uint256 gasFloor = RECORD_GAS + MOTION_GAS * batch.motions + BRANCH_GAS * branches;
        uint256 start;
        assembly ("memory-safe") {
            start := records.offset
        }
        for (uint256 i = 0; i < count; ++i) {
            // Nobody is skipped because the sender was stingy: what a proof may cost is there before it is read.
            if (gasleft() < gasFloor) revert SecretMeetingGasFloor(i, gasleft());
            (uint32 voter, BallotSkip reason) = _take(batch, start, size);
            if (reason != BallotSkip.None) emit BallotSkipped(meeting, i, voter, reason);
            start += size;
        }
        _end(record, batch);
        emit BallotsCast(meeting, records);
    }

    /// @inheritdoc ISecretMeeting
    function recordLengthOf(MeetingId meeting) external view returns (uint256 length) {
        (length, ) = _recordLength(_record(meeting).motions, _groupCaps[meeting]);
    }

    /// @dev Counts the record at `start` of calldata, or says why not. The order of the checks is part of the protocol.
    function _take(Batch memory batch, uint256 start, uint256 size) private returns (uint32 voter, BallotSkip reason) {
        // The signature is for {_signer}.
        // slither-disable-next-line unused-return
        (voter, , , ) = SecretRecord.head(start);
        uint256 area = RollWord.areaOf(wordsOf(_roll[batch.meeting]).at(voter >> 3), voter);
        if (area == 0) return (voter, BallotSkip.NotOnRoll);
        Words castWords = wordsOf(_castWords[batch.meeting]);
        uint256 castWord = castWords.at(voter >> 8);
        uint256 bit = 1 << (voter & 0xff);
        if (castWord & bit != 0) return (voter, BallotSkip.AlreadyCast);
        address key = registry().keyOf(VoterIndex.wrap(voter));
        if (key == address(0)) return (voter, BallotSkip.NotRegistered);
        if (_signer(batch, start, size) != key) return (voter, BallotSkip.BadSignature);
        start += SecretRecord.HEAD_SIZE;
        batch.bound.voter = voter;
        reason = _check(batch, start);
        if (reason == BallotSkip.None) {
            castWords.set(voter >> 8, castWord | bit);
            _add(batch, start, area);
        }
    }

    /// @dev Who signed the record, or zero.
    function _signer(Batch memory batch, uint256 start, uint256 size) private view returns (address signer) {
        (uint32 voter, uint8 v, bytes32 r, bytes32 s) = SecretRecord.head(start);
        bytes32 ballotHash = keccak256(abi.encode(batch.bound.context, SecretRecord.bodyHash(start, size)));
        bytes32 digest = _hashTypedDataV4(TypeHashes.secretBallot(batch.meeting, voter, ballotHash));
        // Whoever failed to sign is nobody, whatever the reason.
        // slither-disable-next-line unused-return
        (signer, , ) = ECDSA.tryRecover(digest, v, r, s);
    }

    /// @dev Motion by motion, then group by group.
    function _check(Batch memory batch, uint256 at) private view returns (BallotSkip reason) {
        for (uint256 i = 0; i < batch.motions; ++i) {
            reason = SecretProof.checkMotion(batch.bound, i, at + SecretRecord.MOTION_SIZE * i);
            if (reason != BallotSkip.None) return reason;
        }
        uint256 proof = at + SecretRecord.MOTION_SIZE * batch.motions;
        for (uint256 k = 0; k < batch.caps.length; ++k) {
            GroupCap memory group = batch.caps[k];
            uint256 branches = _branches(group);
            reason = SecretProof.checkCap(batch.bound, group.group, group.mask, branches, at, proof);
            if (reason != BallotSkip.None) return reason;
            proof += 64 * branches;
        }
    }

    /// @dev Counts the owner and adds the ciphertexts to the sums.
    function _add(Batch memory batch, uint256 at, uint256 area) private view {
        uint256 units = CoarseDecision.round(area);
        uint256 rounded = CoarseDecision.UNIT * units;
        // Nobody counts twice, so no lane and no half can grow beyond the roll's totals.
        unchecked {
            batch.part += area | (1 << Lanes.AREA_BITS);
            batch.rounding += area > rounded ? area - rounded : (rounded - area) << 64;
        }
        for (uint256 i = 0; i < batch.motions; ++i) {
            SecretTally.add(batch.sums, MOTION_WORDS * i, at + SecretRecord.MOTION_SIZE * i, units, area);
        }
    }

    function _begin(MeetingId meeting, Record storage record) private view returns (Batch memory batch) {
        batch.meeting = meeting;
        batch.bound.context = record.context;
        // The trustees' set is part of the context.
        // slither-disable-next-line unused-return
        (, , , uint256[4] memory keys) = _board().keysOf(meeting);
        batch.bound.bases = [1, 2, keys[0], keys[1], keys[2], keys[3]];
        batch.motions = record.motions;
        batch.caps = _groupCaps[meeting];
        batch.sums = _sumsOf(meeting, 0, MOTION_WORDS * batch.motions);
        batch.part = record.part;
        batch.rounding = _rounding[meeting];
    }

    function _end(Record storage record, Batch memory batch) private {
        // A lane of 64 bits.
        // forge-lint: disable-next-line(unsafe-typecast)
        record.part = uint64(batch.part);
        _rounding[batch.meeting] = batch.rounding;
        wordsOf(_sums[batch.meeting]).write(batch.sums);
    }

    /// @dev Bytes of a record, and how many branches its groups' proofs have.
    function _recordLength(
        uint256 motions,
        GroupCap[] memory caps
    ) private pure returns (uint256 length, uint256 branches) {
        for (uint256 k = 0; k < caps.length; ++k) {
            branches += _branches(caps[k]);
        }
        length = SecretRecord.HEAD_SIZE + SecretRecord.MOTION_SIZE * motions + 64 * branches;
    }

    /// @dev From none supported to as many as the cap, or the group's motions, allow.
    function _branches(GroupCap memory group) private pure returns (uint256 branches) {
        for (uint256 mask = group.mask; mask != 0 && branches < group.cap; mask &= mask - 1) {
            ++branches;
        }
        ++branches;
    }
}
