// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {ERC2771Context} from "@openzeppelin/contracts/metatx/ERC2771Context.sol";
import {Initializable} from "@openzeppelin/contracts/proxy/utils/Initializable.sol";
import {Context} from "@openzeppelin/contracts/utils/Context.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IOwnerRegistryActions} from "./interfaces/IOwnerRegistryActions.sol";
import {IOwnerRegistryState} from "./interfaces/IOwnerRegistryState.sol";
import {KeyChanges} from "./registry/KeyChanges.sol";
import {
    COMMITTEE_ROLE as COMMITTEE,
    OPERATOR_ROLE as OPERATOR,
    SUPERVISOR_ROLE as SUPERVISOR
} from "./registry/Roles.sol";
import {TwoPartyRoles} from "./registry/TwoPartyRoles.sol";
import {MeetingId} from "./types/MeetingId.sol";
import {CommunityContracts, Registration, RegistrationSkip} from "./types/RegistryTypes.sol";
import {VoterIndex} from "./types/VoterIndex.sol";

/// @title Registry of a community's owners (their signing keys) and officials (their roles)
/// @notice An auditor starts here: the registry names the community's other contracts and the factory that made them.
/// @dev Meant to be cloned. Holds voter indexes and keys, never people.
contract OwnerRegistry is Initializable, ERC2771Context, TwoPartyRoles, KeyChanges {
    bytes32 public constant OPERATOR_ROLE = OPERATOR;
    bytes32 public constant COMMITTEE_ROLE = COMMITTEE;
    bytes32 public constant SUPERVISOR_ROLE = SUPERVISOR;

    /// @dev Covers one registration (a new slot, a recovery, an event) with a margin; see {register}.
    uint256 internal constant REGISTRATION_GAS_FLOOR = 60_000;

    bytes32 private _community;
    address private _factory;
    CommunityContracts private _contracts;
    uint256 private _meetings;
    mapping(MeetingId meeting => address holder) private _holderOf;

    constructor(address forwarder) ERC2771Context(forwarder) EIP712("Wanjia OwnerRegistry", "1") {
        _disableInitializers();
    }

    /// @notice Links a clone to its community; the caller becomes the factory it names.
    function initialize(
        bytes32 community_,
        CommunityContracts calldata contracts,
        address operator,
        address committee,
        address supervisor
    ) external initializer {
        _community = community_;
        _factory = msg.sender;
        _contracts = contracts;
        _grantFirst(OPERATOR, operator);
        _grantFirst(COMMITTEE, committee);
        _grantFirst(SUPERVISOR, supervisor);
    }

    /// @inheritdoc IOwnerRegistryActions
    function register(Registration[] calldata registrations) external onlyRole(OPERATOR) {
        for (uint256 i = 0; i < registrations.length; ++i) {
            // A recovery starved of gas looks like a bad signature; nobody may be skipped for that.
            if (gasleft() < REGISTRATION_GAS_FLOOR) revert OwnerRegistryGasFloor(i, gasleft());
            Registration calldata one = registrations[i];
            RegistrationSkip reason = _register(one);
            if (reason != RegistrationSkip.None) emit RegistrationSkipped(one.voter, one.key, reason);
        }
    }

    /// @inheritdoc IOwnerRegistryActions
    function requestKeyChange(
        VoterIndex voter,
        address newKey,
        bytes32 evidence,
        bytes32 r,
        bytes32 vs
    ) external onlyRole(OPERATOR) {
        _request(voter, newKey, evidence, r, vs);
    }

    /// @inheritdoc IOwnerRegistryActions
    function approveKeyChange(VoterIndex voter, address newKey) external onlyRole(SUPERVISOR) {
        _approve(voter, newKey);
    }

    /// @inheritdoc IOwnerRegistryActions
    function cancelKeyChange(VoterIndex voter) external {
        address sender = _msgSender();
        if (!hasRole(OPERATOR, sender)) _checkRole(SUPERVISOR, sender);
        _cancel(voter);
    }

    /// @inheritdoc IOwnerRegistryActions
    function takeMeeting() external returns (MeetingId meeting) {
        // A contract calls by itself, never through the forwarder: nobody can sign for it.
        if (msg.sender != _contracts.openMeeting && msg.sender != _contracts.secretMeeting) {
            revert OwnerRegistryNotMeetingContract(msg.sender);
        }
        meeting = MeetingId.wrap(++_meetings);
        _holderOf[meeting] = msg.sender;
    }

    /// @inheritdoc IOwnerRegistryState
    function community() external view returns (bytes32) {
        return _community;
    }

    /// @inheritdoc IOwnerRegistryState
    function factory() external view returns (address) {
        return _factory;
    }

    /// @inheritdoc IOwnerRegistryState
    function openMeeting() external view returns (address) {
        return _contracts.openMeeting;
    }

    /// @inheritdoc IOwnerRegistryState
    function secretMeeting() external view returns (address) {
        return _contracts.secretMeeting;
    }

    /// @inheritdoc IOwnerRegistryState
    function trusteeBoard() external view returns (address) {
        return _contracts.trusteeBoard;
    }

    /// @inheritdoc IOwnerRegistryState
    function notary() external view returns (address) {
        return _contracts.notary;
    }

    /// @inheritdoc IOwnerRegistryState
    function meetingCount() external view returns (uint256) {
        return _meetings;
    }

    /// @inheritdoc IOwnerRegistryState
    function meetingContractOf(MeetingId meeting) external view returns (address) {
        return _holderOf[meeting];
    }

    function _isBarred(address account) internal view override returns (bool) {
        return
            account == trustedForwarder() ||
            account == address(this) ||
            account == _contracts.openMeeting ||
            account == _contracts.secretMeeting ||
            account == _contracts.trusteeBoard ||
            account == _contracts.notary ||
            account == _factory;
    }

    function _msgSender() internal view override(Context, ERC2771Context) returns (address) {
        return ERC2771Context._msgSender();
    }

    function _msgData() internal view override(Context, ERC2771Context) returns (bytes calldata) {
        return ERC2771Context._msgData();
    }

    function _contextSuffixLength() internal view override(Context, ERC2771Context) returns (uint256) {
        return ERC2771Context._contextSuffixLength();
    }
}
