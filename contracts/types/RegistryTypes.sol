// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {VoterIndex} from "./VoterIndex.sol";

/// @dev An owner's key with its proof of possession (EIP-2098 `r, vs`) and the hash of the salted identity evidence.
struct Registration {
    VoterIndex voter;
    address key;
    bytes32 evidence;
    bytes32 r;
    bytes32 vs;
}

/// @dev A community's contracts besides its registry.
struct CommunityContracts {
    address openMeeting;
    address secretMeeting;
    address trusteeBoard;
    address notary;
}

/// @dev Why a registration changed nothing.
enum RegistrationSkip {
    None,
    AlreadyRegistered,
    BadPossession,
    ZeroVoter
}
