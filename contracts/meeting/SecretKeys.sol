// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {ITrusteeBoardState} from "../interfaces/ITrusteeBoardState.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {SecretElectorate} from "./SecretElectorate.sol";

/// @title The keys a secret meeting's ballots are encrypted to
abstract contract SecretKeys is SecretElectorate {
    /// @inheritdoc ISecretMeeting
    function adoptKeys(MeetingId meeting) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Notice));
        if (record.context != bytes32(0)) revert SecretMeetingKeysAdopted(meeting, record.context);
        (bytes32 trusteeSetHash, uint8 threshold, uint8 trustees, uint256[4] memory keys) = _board().keysOf(meeting);
        if (record.rollSealedAt == 0 || trusteeSetHash == bytes32(0)) revert SecretMeetingKeysMissing(meeting);
        bytes32 context = keccak256(
            abi.encode(
                keccak256("WSB-1 context"),
                block.chainid,
                address(this),
                meeting,
                record.conveneHash,
                record.rollDigest,
                trusteeSetHash,
                threshold,
                trustees,
                keys
            )
        );
        record.context = context;
        emit KeysAdopted(meeting, context, trusteeSetHash, threshold, trustees, [keys[0], keys[1]], [keys[2], keys[3]]);
    }

    /// @inheritdoc ISecretMeeting
    function contextOf(MeetingId meeting) external view returns (bytes32) {
        return _record(meeting).context;
    }

    /// @dev A meeting without keys when it should open has lapsed.
    function _state(Record storage record) internal view override returns (MeetingState state) {
        state = super._state(record);
        if ((state == MeetingState.Open || state == MeetingState.Closed) && record.context == bytes32(0)) {
            return MeetingState.Lapsed;
        }
    }

    function _board() internal view returns (ITrusteeBoardState) {
        return ITrusteeBoardState(registry().trusteeBoard());
    }
}
