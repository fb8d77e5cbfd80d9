// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {VoterIndex} from "../types/VoterIndex.sol";
import {Registration} from "../types/RegistryTypes.sol";

/// @title What officials and owners do in the registry
interface IOwnerRegistryActions {
    /// @notice Binds owners to their keys; a registration that cannot stand is skipped with a reason.
    ///
    /// Requirements:
    /// - the caller is an operator;
    /// - enough gas remains before each registration.
    function register(Registration[] calldata registrations) external;

    /// @notice Asks to replace an owner's key.
    ///
    /// Requirements:
    /// - the caller is an operator;
    /// - the owner is registered, with another key, and no change is under way;
    /// - the new key signed its `Possession`.
    function requestKeyChange(VoterIndex voter, address newKey, bytes32 evidence, bytes32 r, bytes32 vs) external;

    /// @notice Starts the 48 hours after which the change may be completed.
    ///
    /// Requirements:
    /// - the caller is a supervisor;
    /// - a change to `newKey` is under way and not yet approved.
    function approveKeyChange(VoterIndex voter, address newKey) external;

    /// @notice Stops a change of key. Anyone may bring the signature.
    ///
    /// Requirements:
    /// - a change is under way;
    /// - the owner's present key signed `KeyChangeVeto` over the new key and the time it takes effect (0 before the
    ///   approval).
    function vetoKeyChange(VoterIndex voter, bytes32 r, bytes32 vs) external;

    /// @notice Withdraws a change of key.
    ///
    /// Requirements:
    /// - the caller is an operator or a supervisor;
    /// - a change is under way.
    function cancelKeyChange(VoterIndex voter) external;

    /// @notice Puts the new key in force. Anyone may call.
    ///
    /// Requirements:
    /// - the change was approved at least 48 hours ago and neither vetoed nor cancelled.
    function completeKeyChange(VoterIndex voter) external;

    /// @notice Gives the next meeting of the community its number and remembers who holds it.
    ///
    /// Requirements:
    /// - the caller is one of the community's meeting contracts.
    function takeMeeting() external returns (MeetingId meeting);

    /// @notice First half of a change of roles.
    ///
    /// Requirements:
    /// - the caller is of the committee or a supervisor;
    /// - `role` is one of the three; a grant is to an account without a role, a removal from one that holds it.
    function proposeRole(bytes32 role, address account, bool grant) external;

    /// @notice Second half: the other side agrees, and the change takes effect.
    ///
    /// Requirements:
    /// - the caller is a supervisor if the committee proposed, of the committee if a supervisor did;
    /// - the proposer still holds its role;
    /// - the last committee or supervisor key is not removed.
    function confirmRole(bytes32 role, address account, bool grant) external;
}
