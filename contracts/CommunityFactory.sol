// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {Notary} from "./Notary.sol";
import {OpenMeeting} from "./OpenMeeting.sol";
import {OwnerRegistry} from "./OwnerRegistry.sol";
import {RegistryBound} from "./registry/RegistryBound.sol";
import {SecretMeeting} from "./SecretMeeting.sol";
import {TrusteeBoard} from "./TrusteeBoard.sol";
import {CommunityContracts} from "./types/RegistryTypes.sol";

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
        address secretMeeting,
        address trusteeBoard,
        address notary,
        address operator,
        address committee,
        address supervisor
    );

    OwnerRegistry public immutable registryImplementation;
    OpenMeeting public immutable openMeetingImplementation;
    SecretMeeting public immutable secretMeetingImplementation;
    TrusteeBoard public immutable trusteeBoardImplementation;
    Notary public immutable notaryImplementation;

    mapping(bytes32 community => address registry) private _registries;

    constructor(
        OwnerRegistry registry,
        OpenMeeting openMeeting,
        SecretMeeting secretMeeting,
        TrusteeBoard trusteeBoard,
        Notary notary
    ) {
        address forwarder = registry.trustedForwarder();
        if (
            openMeeting.trustedForwarder() != forwarder ||
            secretMeeting.trustedForwarder() != forwarder ||
            trusteeBoard.trustedForwarder() != forwarder ||
            notary.trustedForwarder() != forwarder
        ) revert CommunityFactoryForwarderMismatch();
        registryImplementation = registry;
        openMeetingImplementation = openMeeting;
        secretMeetingImplementation = secretMeeting;
        trusteeBoardImplementation = trusteeBoard;
        notaryImplementation = notary;
    }

    /// @notice Makes a community's registry, meeting contracts, trustee board and notary, linked to each other.
    ///
    /// Requirements:
    /// - `community` is a salted hash, not zero and not used before;
    /// - operator, committee and supervisor are three different accounts.
    function createCommunity(
        bytes32 community,
        address operator,
        address committee,
        address supervisor
    ) external returns (OwnerRegistry registry, CommunityContracts memory contracts) {
        if (community == bytes32(0)) revert CommunityFactoryZeroCommunity();
        if (_registries[community] != address(0)) {
            revert CommunityFactoryCommunityExists(community, _registries[community]);
        }
        registry = OwnerRegistry(Clones.clone(address(registryImplementation)));
        contracts.openMeeting = Clones.clone(address(openMeetingImplementation));
        contracts.secretMeeting = Clones.clone(address(secretMeetingImplementation));
        contracts.trusteeBoard = Clones.clone(address(trusteeBoardImplementation));
        contracts.notary = Clones.clone(address(notaryImplementation));
        _registries[community] = address(registry);
        registry.initialize(community, contracts, operator, committee, supervisor);
        RegistryBound(contracts.openMeeting).initialize(registry);
        RegistryBound(contracts.secretMeeting).initialize(registry);
        RegistryBound(contracts.trusteeBoard).initialize(registry);
        RegistryBound(contracts.notary).initialize(registry);
        emit CommunityCreated(
            community,
            address(registry),
            contracts.openMeeting,
            contracts.secretMeeting,
            contracts.trusteeBoard,
            contracts.notary,
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
