// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeeting} from "../interfaces/IOwnersMeeting.sol";
import {IOwnersMeetingState} from "../interfaces/IOwnersMeetingState.sol";
import {RegistryBound} from "../registry/RegistryBound.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState, Motion, Rules} from "../types/MeetingTypes.sol";

/// @title What a meeting remembers, and the state that follows from it
/// @dev The state is computed from what happened and from chain time; nothing needs to be called for time to pass.
abstract contract MeetingStore is IOwnersMeeting, RegistryBound {
    struct Record {
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
        bool finalized;
        bool voided;
        // Lanes (see `Lanes`): the roll's totals and those who took part.
        uint64 total;
        uint64 part;
        uint32 objections;
        bytes32 rollDigest;
        Rules rules;
        // What a kind of meeting fixes before its opening and cannot open without; a kind that needs nothing leaves it zero.
        bytes32 context;
    }

    /// @dev The most motions of a group (`mask` has their low choice bits) that one ballot may support.
    struct GroupCap {
        uint64 mask;
        uint8 cap;
        uint8 group;
    }

    mapping(MeetingId meeting => Record record) private _records;
    mapping(MeetingId meeting => Motion[] motions) internal _motions;
    mapping(MeetingId meeting => GroupCap[] caps) internal _groupCaps;

    /// @inheritdoc IOwnersMeetingState
    function stateOf(MeetingId meeting) public view returns (MeetingState) {
        return _state(_record(meeting));
    }

    /// @inheritdoc IOwnersMeetingState
    function motionOf(MeetingId meeting, uint256 motion) public view returns (Motion memory) {
        if (motion >= _record(meeting).motions) revert OwnersMeetingUnknownMotion(meeting, motion);
        return _motions[meeting][motion];
    }

    /// @dev A new meeting under the next number of the community.
    function _newMeeting() internal returns (MeetingId meeting, Record storage record) {
        // The registry is the community's own and calls nobody.
        // slither-disable-next-line reentrancy-benign
        meeting = registry().takeMeeting();
        record = _records[meeting];
    }

    /// @dev A meeting's record; reverts for a meeting that was never convened.
    function _record(MeetingId meeting) internal view returns (Record storage record) {
        record = _records[meeting];
        if (record.conveneHash == bytes32(0)) revert OwnersMeetingUnknown(meeting);
    }

    /// @dev A meeting's record, which must be in one of the `allowed` states (bit `s` for state `s`).
    function _recordIn(MeetingId meeting, uint256 allowed) internal view returns (Record storage record) {
        record = _record(meeting);
        MeetingState current = _state(record);
        if (_bit(current) & allowed == 0) revert OwnersMeetingUnexpectedState(meeting, current, allowed);
    }

    function _bit(MeetingState state) internal pure returns (uint256) {
        return 1 << uint8(state);
    }

    /// @dev What follows from the steps taken and from chain time.
    function _state(Record storage record) internal view virtual returns (MeetingState) {
        if (record.voided) return MeetingState.Void;
        if (record.finalized) return MeetingState.Final;
        if (record.declaredAt != 0) return MeetingState.Declared;
        bool consented = record.consentedAt != 0;
        if (block.timestamp < record.opensAt) return consented ? MeetingState.Notice : MeetingState.Convened;
        if (!consented || record.rollSealedAt == 0) return MeetingState.Lapsed;
        return block.timestamp < record.closesAt ? MeetingState.Open : MeetingState.Closed;
    }
}
