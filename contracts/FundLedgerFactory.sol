// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {CommunityFactory} from "./CommunityFactory.sol";
import {FundLedger} from "./FundLedger.sol";
import {OwnerRegistry} from "./OwnerRegistry.sol";

/// @title Makes the one ledger of each community of a release
/// @notice The ledger's address follows from this factory's and the registry's: it is known before the ledger stands there,
/// and no second one can. Whoever makes it changes nothing: a ledger obeys the officials of its registry only.
contract FundLedgerFactory {
    /// @dev The community factory of this release did not make this registry.
    error FundLedgerFactoryForeignRegistry(address registry);

    /// @dev The community has its ledger.
    error FundLedgerFactoryLedgerExists(address registry, address ledger);

    event FundLedgerCreated(address indexed registry, address ledger);

    CommunityFactory public immutable communityFactory;

    mapping(address registry => address ledger) private _ledgers;

    constructor(CommunityFactory communityFactory_) {
        communityFactory = communityFactory_;
    }

    /// @notice Makes a community's ledger. Anyone may.
    ///
    /// Requirements:
    /// - the registry was made by the release's community factory;
    /// - it has no ledger yet.
    function createLedger(OwnerRegistry registry) external returns (FundLedger ledger) {
        address known = _ledgers[address(registry)];
        if (known != address(0)) revert FundLedgerFactoryLedgerExists(address(registry), known);
        if (communityFactory.registryOf(registry.community()) != address(registry)) {
            revert FundLedgerFactoryForeignRegistry(address(registry));
        }
        ledger = new FundLedger{salt: bytes32(uint256(uint160(address(registry))))}(registry);
        _ledgers[address(registry)] = address(ledger);
        emit FundLedgerCreated(address(registry), address(ledger));
    }

    /// @notice The ledger made for a registry, or zero.
    function ledgerOf(address registry) external view returns (address) {
        return _ledgers[registry];
    }
}
