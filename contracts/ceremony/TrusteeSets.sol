// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {IOwnersMeetingState} from "../interfaces/IOwnersMeetingState.sol";
import {ISecretMeeting} from "../interfaces/ISecretMeeting.sol";
import {ITrusteeBoardActions} from "../interfaces/ITrusteeBoardActions.sol";
import {ITrusteeBoardErrors} from "../interfaces/ITrusteeBoardErrors.sol";
import {ITrusteeBoardEvents} from "../interfaces/ITrusteeBoardEvents.sol";
import {ITrusteeBoardState} from "../interfaces/ITrusteeBoardState.sol";
import {RegistryBound} from "../registry/RegistryBound.sol";
import {COMMITTEE_ROLE, SUPERVISOR_ROLE} from "../registry/Roles.sol";
import {MeetingId} from "../types/MeetingId.sol";
import {MeetingState} from "../types/MeetingTypes.sol";

/// @title Who the trustees of a meeting are: named by the committee, agreed to by the supervisor
abstract contract TrusteeSets is
    ITrusteeBoardActions,
    ITrusteeBoardErrors,
    ITrusteeBoardEvents,
    ITrusteeBoardState,
    RegistryBound
{
    uint256 internal constant MIN_TRUSTEES = 3;
    uint256 internal constant MAX_TRUSTEES = 15;
    uint256 internal constant MIN_THRESHOLD = 2;

    /// @dev Trustees count from 1 in the order of `accounts`.
    struct TrusteeSet {
        bytes32 hash;
        uint8 threshold;
        address[] accounts;
    }

    mapping(MeetingId meeting => TrusteeSet trustees) private _proposed;
    mapping(MeetingId meeting => TrusteeSet trustees) internal _trustees;

    /// @inheritdoc ITrusteeBoardActions
    function proposeTrustees(MeetingId meeting, address[] calldata accounts, uint8 threshold) external {
        _official(COMMITTEE_ROLE);
        _requireBeforeKeys(meeting);
        uint256 count = accounts.length;
        if (count < MIN_TRUSTEES || count > MAX_TRUSTEES || threshold < MIN_THRESHOLD || threshold > count) {
            revert TrusteeBoardSet(count, threshold);
        }
        for (uint256 i = 0; i < count; ++i) {
            if (accounts[i] == address(0)) revert TrusteeBoardAccount(accounts[i]);
            for (uint256 k = 0; k < i; ++k) {
                if (accounts[k] == accounts[i]) revert TrusteeBoardAccount(accounts[i]);
            }
        }
        bytes32 hash = keccak256(
            abi.encode(keccak256("WSB-1 trustees"), block.chainid, address(this), meeting, threshold, accounts)
        );
        _proposed[meeting] = TrusteeSet(hash, threshold, accounts);
        emit TrusteesProposed(meeting, accounts, threshold, hash);
    }

    /// @inheritdoc ITrusteeBoardActions
    function confirmTrustees(MeetingId meeting, bytes32 trusteeSetHash) external {
        address sender = _official(SUPERVISOR_ROLE);
        _requireBeforeKeys(meeting);
        TrusteeSet storage proposed = _proposed[meeting];
        if (proposed.hash == bytes32(0) || proposed.hash != trusteeSetHash) {
            revert TrusteeBoardProposal(meeting, proposed.hash, trusteeSetHash);
        }
        _trustees[meeting] = proposed;
        emit TrusteesConfirmed(meeting, _beginRun(meeting), trusteeSetHash, sender);
    }

    /// @notice The trustees agreed to, in their order, and how many of them open a sum.
    function trusteesOf(MeetingId meeting) external view returns (address[] memory accounts, uint8 threshold) {
        TrusteeSet storage trustees = _trustees[meeting];
        return (trustees.accounts, trustees.threshold);
    }

    /// @dev Throws away what an earlier run left; gives the new run's number.
    function _beginRun(MeetingId meeting) internal virtual returns (uint32 run);

    /// @dev The caller's number among the meeting's trustees, from 1.
    function _trustee(MeetingId meeting) internal view returns (uint8) {
        address sender = _msgSender();
        address[] storage accounts = _trustees[meeting].accounts;
        uint256 count = accounts.length;
        for (uint8 i = 0; i < count; ++i) {
            if (accounts[i] == sender) return i + 1;
        }
        revert TrusteeBoardNotTrustee(meeting, sender);
    }

    /// @dev Before the opening, and before the meeting has fixed its keys.
    function _requireBeforeKeys(MeetingId meeting) internal view {
        MeetingState state = _meeting().stateOf(meeting);
        bool early = state == MeetingState.Convened || state == MeetingState.Notice;
        if (!early || _sums().contextOf(meeting) != bytes32(0)) revert TrusteeBoardTooLate(meeting);
    }

    function _meeting() internal view returns (IOwnersMeetingState) {
        return IOwnersMeetingState(registry().secretMeeting());
    }

    function _sums() internal view returns (ISecretMeeting) {
        return ISecretMeeting(registry().secretMeeting());
    }
}
