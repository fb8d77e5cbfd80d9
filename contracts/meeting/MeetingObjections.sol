// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {BitMaps} from "@openzeppelin/contracts/utils/structs/BitMaps.sol";
import {IOwnersMeetingActions} from "../interfaces/IOwnersMeetingActions.sol";
import {TypeHashes} from "../libraries/TypeHashes.sol";
import {SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {MeetingRoll} from "./MeetingRoll.sol";

/// @title Objections to a declared result, each to be answered before the result is final
abstract contract MeetingObjections is MeetingRoll, EIP712 {
    using BitMaps for BitMaps.BitMap;

    mapping(MeetingId meeting => BitMaps.BitMap voters) private _objectors;
    mapping(MeetingId meeting => BitMaps.BitMap objections) private _answered;

    /// @inheritdoc IOwnersMeetingActions
    function raiseObjection(MeetingId meeting, VoterIndex voter, bytes32 contentHash, bytes32 r, bytes32 vs) external {
        Record storage record = _recordIn(meeting, _bit(MeetingState.Declared));
        if (block.timestamp >= record.objectionsEndAt) {
            revert OwnersMeetingObjectionsEnded(meeting, record.objectionsEndAt);
        }
        if (areaOf(meeting, voter) == 0) revert OwnersMeetingNotOnRoll(meeting, voter);
        uint256 index = VoterIndex.unwrap(voter);
        if (_objectors[meeting].get(index)) revert OwnersMeetingAlreadyObjected(meeting, voter);
        bytes32 digest = _hashTypedDataV4(TypeHashes.objection(meeting, voter, contentHash));
        // The third value only explains a failure.
        // slither-disable-next-line unused-return
        (address signer, ECDSA.RecoverError failure, ) = ECDSA.tryRecover(digest, r, vs);
        if (failure != ECDSA.RecoverError.NoError || signer != registry().keyOf(voter)) {
            revert OwnersMeetingBadObjectionSignature(meeting, voter);
        }
        _objectors[meeting].set(index);
        ++record.openObjections;
        emit ObjectionRaised(meeting, ++record.objections, voter, contentHash);
    }

    /// @inheritdoc IOwnersMeetingActions
    function answerObjection(MeetingId meeting, uint256 objection, bytes32 answerHash) external {
        address sender = _official(SUPERVISOR_ROLE);
        Record storage record = _recordIn(meeting, _bit(MeetingState.Declared));
        if (objection == 0 || objection > record.objections) revert OwnersMeetingUnknownObjection(meeting, objection);
        if (_answered[meeting].get(objection)) revert OwnersMeetingObjectionAnswered(meeting, objection);
        _answered[meeting].set(objection);
        --record.openObjections;
        emit ObjectionAnswered(meeting, objection, answerHash, sender);
    }
}
