// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BN254} from "../libraries/BN254.sol";
import {TrusteeProofs} from "../libraries/TrusteeProofs.sol";

/// @title Checking what trustees prove, by itself, so that other implementations can be held against it
contract TrusteeProofsHarness {
    function isEnrolment(
        TrusteeProofs.Place calldata place,
        BN254.Point calldata key,
        TrusteeProofs.Proof calldata proof
    ) external view returns (bool) {
        return BN254.isPoint(key) && TrusteeProofs.isEnrolment(place, key, proof);
    }

    function isPossession(
        TrusteeProofs.Place calldata place,
        uint256 side,
        BN254.Point calldata constant_,
        TrusteeProofs.Proof calldata proof
    ) external view returns (bool) {
        return BN254.isPoint(constant_) && TrusteeProofs.isPossession(place, side, constant_, proof);
    }

    function isShare(
        TrusteeProofs.Aggregate calldata of_,
        uint256 trustee,
        BN254.Point calldata shareKey,
        BN254.Point calldata a,
        BN254.Point calldata share,
        TrusteeProofs.Proof calldata proof
    ) external view returns (bool) {
        return TrusteeProofs.isShare(of_, trustee, shareKey, a, share, proof);
    }
}
