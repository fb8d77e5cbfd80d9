// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ITrusteeBoardActions} from "../interfaces/ITrusteeBoardActions.sol";
import {ITrusteeBoardState} from "../interfaces/ITrusteeBoardState.sol";
import {BN254} from "../libraries/BN254.sol";
import {TrusteeProofs} from "../libraries/TrusteeProofs.sol";
import {SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {ShareKeys} from "./ShareKeys.sol";

/// @title The key ceremony: all commit, all reveal, all deal, all approve; any complaint and it starts anew
/// @dev Pedersen's generation of a shared key with Feldman's commitments (1991, 1987); commitments come before anything is
/// shown, so that nobody can fit a key to the others'.
abstract contract KeyRuns is ShareKeys {
    using BN254 for BN254.Point;

    enum Step {
        None,
        Commit,
        Reveal,
        Deal,
        Approve,
        Complete
    }

    struct Run {
        uint32 number;
        Step step;
        // Bit `i`: trustee `i` has taken the step under way.
        uint16 done;
        bytes32 transcript;
    }

    mapping(MeetingId meeting => Run run) private _runs;
    mapping(MeetingId meeting => mapping(uint256 run => mapping(uint256 trustee => bytes32))) private _commitments;

    /// @inheritdoc ITrusteeBoardActions
    function commitKeys(
        MeetingId meeting,
        uint32 run,
        bytes32 commitment,
        uint256[2] calldata encryptionKey,
        uint256 c,
        uint256 s
    ) external {
        uint8 trustee = _enter(meeting, run, Step.Commit);
        BN254.Point memory key = BN254.Point(encryptionKey[0], encryptionKey[1]);
        if (!key.isPoint()) revert TrusteeBoardMalformed(trustee);
        if (!TrusteeProofs.isEnrolment(_place(meeting, run, trustee), key, TrusteeProofs.Proof(c, s))) {
            revert TrusteeBoardPossession(trustee);
        }
        _commitments[meeting][run][trustee] = commitment;
        _record(meeting, trustee, keccak256(abi.encode(commitment, encryptionKey)));
        emit KeysCommitted(meeting, run, trustee, commitment, encryptionKey);
    }

    /// @inheritdoc ITrusteeBoardActions
    function revealKeys(
        MeetingId meeting,
        uint32 run,
        uint256[] calldata coefficients,
        uint256[4] calldata proofs
    ) external {
        uint8 trustee = _enter(meeting, run, Step.Reveal);
        TrusteeProofs.Place memory place = _place(meeting, run, trustee);
        if (_commitment(place, coefficients) != _commitments[meeting][run][trustee]) {
            revert TrusteeBoardCommitment(trustee);
        }
        uint256 threshold = _trustees[meeting].threshold;
        if (coefficients.length != 2 * SIDES * threshold) revert TrusteeBoardMalformed(trustee);
        for (uint256 side = 0; side < SIDES; ++side) {
            BN254.Point memory constant_ = _point(coefficients, side * threshold, trustee);
            TrusteeProofs.Proof memory proof = TrusteeProofs.Proof(proofs[2 * side], proofs[2 * side + 1]);
            if (!TrusteeProofs.isPossession(place, side, constant_, proof)) revert TrusteeBoardPossession(trustee);
        }
        _addUp(meeting, run, trustee, coefficients);
        _record(meeting, trustee, keccak256(abi.encodePacked(coefficients)));
        emit KeysRevealed(meeting, run, trustee, coefficients, proofs);
    }

    /// @inheritdoc ITrusteeBoardActions
    function dealShares(MeetingId meeting, uint32 run, bytes calldata shares) external {
        uint8 trustee = _enter(meeting, run, Step.Deal);
        if (shares.length != 128 * (_trustees[meeting].accounts.length - 1)) revert TrusteeBoardMalformed(trustee);
        _record(meeting, trustee, keccak256(shares));
        emit SharesDealt(meeting, run, trustee, shares);
    }

    /// @inheritdoc ITrusteeBoardActions
    function approveKeys(MeetingId meeting, uint32 run, bytes32 transcript) external {
        uint8 trustee = _enter(meeting, run, Step.Approve);
        Run storage current = _runs[meeting];
        if (transcript != current.transcript) {
            revert TrusteeBoardTranscript(meeting, current.transcript, transcript);
        }
        emit KeysApproved(meeting, run, trustee, transcript);
        _finish(meeting, trustee);
        if (current.step != Step.Complete) return;
        _fixShareKeys(meeting, run);
        uint256[4] memory keys = _ballotKeys(meeting, run);
        emit KeysCompleted(meeting, run, [keys[0], keys[1]], [keys[2], keys[3]], transcript);
    }

    /// @inheritdoc ITrusteeBoardActions
    function complain(MeetingId meeting, uint32 run, uint8 against, bytes32 reasonHash) external {
        _trustee(meeting);
        Run storage current = _runs[meeting];
        _requireRun(meeting, current, run);
        if (current.step == Step.Complete) revert TrusteeBoardStep(meeting, uint256(current.step), 0);
        if (against == 0 || against > _trustees[meeting].accounts.length) revert TrusteeBoardMalformed(against);
        emit KeysRestarted(meeting, _beginRun(meeting), _msgSender(), against, reasonHash);
    }

    /// @inheritdoc ITrusteeBoardActions
    function restartKeys(MeetingId meeting, uint32 run, bytes32 reasonHash) external {
        address sender = _official(SUPERVISOR_ROLE);
        _requireRun(meeting, _runs[meeting], run);
        emit KeysRestarted(meeting, _beginRun(meeting), sender, 0, reasonHash);
    }

    /// @inheritdoc ITrusteeBoardState
    function keysOf(
        MeetingId meeting
    ) external view returns (bytes32 trusteeSetHash, uint8 threshold, uint8 trustees, uint256[4] memory keys) {
        Run storage run = _runs[meeting];
        if (run.step != Step.Complete) return (trusteeSetHash, threshold, trustees, keys);
        TrusteeSet storage set = _trustees[meeting];
        keys = _ballotKeys(meeting, run.number);
        // No more than fifteen.
        // forge-lint: disable-next-line(unsafe-typecast)
        return (set.hash, set.threshold, uint8(set.accounts.length), keys);
    }

    /// @notice The run under way: its number, the step everybody is at (1 commit to 4 approve, 5 complete), who has taken
    /// it (bit `i` for trustee `i`), and the hash over everything said in it.
    function runOf(
        MeetingId meeting
    ) external view returns (uint32 number, uint8 step, uint16 done, bytes32 transcript) {
        Run storage run = _runs[meeting];
        return (run.number, uint8(run.step), run.done, run.transcript);
    }

    function _beginRun(MeetingId meeting) internal override returns (uint32 number) {
        _requireBeforeKeys(meeting);
        Run storage run = _runs[meeting];
        number = run.number + 1;
        (run.number, run.step, run.done) = (number, Step.Commit, 0);
        run.transcript = keccak256(
            abi.encode(
                keccak256("WSB-1 transcript"),
                block.chainid,
                address(this),
                meeting,
                number,
                _trustees[meeting].hash
            )
        );
    }

    function _runNumber(MeetingId meeting) internal view override returns (uint32) {
        return _runs[meeting].number;
    }

    /// @dev The caller's number; it is the caller's turn, once, in this run and at this step.
    function _enter(MeetingId meeting, uint32 number, Step step) private view returns (uint8 trustee) {
        trustee = _trustee(meeting);
        Run storage run = _runs[meeting];
        _requireRun(meeting, run, number);
        if (run.step != step || run.done & (1 << trustee) != 0) {
            revert TrusteeBoardStep(meeting, uint256(run.step), uint256(step));
        }
        _requireBeforeKeys(meeting);
    }

    function _requireRun(MeetingId meeting, Run storage run, uint32 number) private view {
        if (number == 0 || run.number != number) revert TrusteeBoardRun(meeting, run.number, number);
    }

    /// @dev Writes what a trustee said into the transcript.
    function _record(MeetingId meeting, uint8 trustee, bytes32 dataHash) private {
        Run storage run = _runs[meeting];
        run.transcript = keccak256(abi.encode(run.transcript, uint256(run.step), trustee, dataHash));
        _finish(meeting, trustee);
    }

    /// @dev The trustee has taken the step; after the last one the next step begins.
    function _finish(MeetingId meeting, uint8 trustee) private {
        Run storage run = _runs[meeting];
        // Bits 1 to 15.
        // forge-lint: disable-next-line(unsafe-typecast)
        uint16 done = run.done | uint16(1 << trustee);
        if (done == (1 << (_trustees[meeting].accounts.length + 1)) - 2) {
            done = 0;
            run.step = Step(uint8(run.step) + 1);
        }
        run.done = done;
    }

    function _commitment(
        TrusteeProofs.Place memory place,
        uint256[] calldata coefficients
    ) private view returns (bytes32) {
        bytes memory words = abi.encode(keccak256("WSB-1 commitment"), block.chainid, place);
        return keccak256(bytes.concat(words, abi.encodePacked(coefficients)));
    }

    function _place(MeetingId meeting, uint32 run, uint8 trustee) private view returns (TrusteeProofs.Place memory) {
        return TrusteeProofs.Place(address(this), meeting, run, trustee);
    }
}
