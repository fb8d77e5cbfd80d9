// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title What anyone can read in the registry
interface IOwnerRegistryState {
    /// @notice Salted hash that stands for the community.
    function community() external view returns (bytes32);

    /// @notice The factory that made this registry.
    function factory() external view returns (address);

    function openMeeting() external view returns (address);

    function secretMeeting() external view returns (address);

    function trusteeBoard() external view returns (address);

    function notary() external view returns (address);

    /// @notice How many meetings were convened, open and secret; their numbers are 1 to this.
    function meetingCount() external view returns (uint256);

    /// @notice The contract that holds a meeting, or zero for a meeting that was never convened.
    function meetingContractOf(MeetingId meeting) external view returns (address);

    /// @notice The owner's key in force, or zero.
    function keyOf(VoterIndex voter) external view returns (address);

    /// @notice The keys of many owners: `packed` is their indexes, four bytes each, big endian.
    function keysOf(bytes calldata packed) external view returns (address[] memory keys);

    /// @notice The change under way, or zeros; `effectiveAt` is 0 before the approval.
    function keyChangeOf(VoterIndex voter) external view returns (address newKey, uint64 effectiveAt);

    /// @notice The one role an account holds, or zero.
    function roleOf(address account) external view returns (bytes32);

    /// @notice How many accounts hold a role.
    function holdersOf(bytes32 role) external view returns (uint256);
}
