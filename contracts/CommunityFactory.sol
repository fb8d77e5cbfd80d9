// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Notary} from "./Notary.sol";
import {OpenMeeting} from "./OpenMeeting.sol";
import {OwnerRegistry} from "./OwnerRegistry.sol";

/// @title Makes the contracts of a community as clones of one release
contract CommunityFactory {
    /// @dev The zero hash stands for no community.
    error CommunityFactoryZeroCommunity();

    /// @dev This community has its contracts.
    error CommunityFactoryCommunityExists(bytes32 community, address registry);

    /// @dev The implementations relay through different forwarders.
    error CommunityFactoryForwarderMismatch();

    event CommunityCreated(
        bytes32 community,
        address registry,
        address openMeeting,
        address notary,
        address operator,
        address committee,
        address supervisor
    );

    OwnerRegistry public immutable registryImplementation;
    OpenMeeting public immutable openMeetingImplementation;
    Notary public immutable notaryImplementation;

    mapping(bytes32 community => address registry) private _registries;

    constructor(OwnerRegistry registry, OpenMeeting openMeeting, Notary notary) {
        address forwarder = registry.trustedForwarder();
        if (openMeeting.trustedForwarder() != forwarder || notary.trustedForwarder() != forwarder) {
            revert CommunityFactoryForwarderMismatch();
        }
        registryImplementation = registry;
        openMeetingImplementation = openMeeting;
        notaryImplementation = notary;
    }

    /// @notice Makes a community's registry, meeting contract and notary, linked to each other.
    ///
    /// Requirements:
    /// - `community` is a salted hash, not zero and not used before;
    /// - operator, committee and supervisor are three different accounts.
    function createCommunity(
        bytes32 community,
        address operator,
        address committee,
        address supervisor
    ) external returns (OwnerRegistry registry, OpenMeeting openMeeting, Notary notary) {
        if (community == bytes32(0)) revert CommunityFactoryZeroCommunity();
        if (_registries[community] != address(0)) {
            revert CommunityFactoryCommunityExists(community, _registries[community]);
        }
        registry = OwnerRegistry(Clones.clone(address(registryImplementation)));
        openMeeting = OpenMeeting(Clones.clone(address(openMeetingImplementation)));
        notary = Notary(Clones.clone(address(notaryImplementation)));
        _registries[community] = address(registry);
        registry.initialize(community, address(openMeeting), address(notary), operator, committee, supervisor);
        openMeeting.initialize(registry);
        notary.initialize(registry);
        emit CommunityCreated(
            community,
            address(registry),
            address(openMeeting),
            address(notary),
            operator,
            committee,
            supervisor
        );
    }

    /// @notice The registry made for a community, or zero.
    function registryOf(bytes32 community) external view returns (address) {
        return _registries[community];
    }
}
