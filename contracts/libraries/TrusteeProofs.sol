// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {BN254} from "./BN254.sol";
import {MeetingId} from "../types/MeetingId.sol";

/// @title What trustees prove: that they hold a key's secret, and that a share is made with it
library TrusteeProofs {
    using BN254 for BN254.Point;

    bytes32 private constant ENROLMENT = keccak256("WSB-1 enrolment");
    bytes32 private constant POSSESSION = keccak256("WSB-1 possession");
    bytes32 private constant SHARE = keccak256("WSB-1 share");

    /// @dev One trustee in one run of one meeting of one board: what its proofs are bound to.
    struct Place {
        address board;
        MeetingId meeting;
        uint256 run;
        uint256 trustee;
    }

    /// @dev A challenge and a response.
    struct Proof {
        uint256 c;
        uint256 s;
    }

    /// @dev One sum of a meeting, and what its shares are bound to.
    struct Aggregate {
        bytes32 context;
        bytes32 sealHash;
        uint256 motion;
        uint256 level;
        uint256 side;
    }

    /// @notice Whether the trustee holds the secret of the key that shares are encrypted to.
    function isEnrolment(Place memory place, BN254.Point memory key, Proof memory proof) internal view returns (bool) {
        if (!_isReadable(proof)) return false;
        BN254.Point memory t = BN254.commitment(BN254.generator(), proof.s, key, proof.c);
        return proof.c == BN254.toScalar(keccak256(abi.encode(ENROLMENT, block.chainid, place, key, t)));
    }

    /// @notice Whether the trustee holds the secret of a constant coefficient, so that no key is made of others'.
    function isPossession(
        Place memory place,
        uint256 side,
        BN254.Point memory constant_,
        Proof memory proof
    ) internal view returns (bool) {
        if (!_isReadable(proof)) return false;
        BN254.Point memory t = BN254.commitment(BN254.generator(), proof.s, constant_, proof.c);
        return proof.c == BN254.toScalar(keccak256(abi.encode(POSSESSION, block.chainid, place, side, constant_, t)));
    }

    /// @notice Whether `share` is the `a` of an aggregate times the secret of the trustee's share key.
    function isShare(
        Aggregate memory of_,
        uint256 trustee,
        BN254.Point memory shareKey,
        BN254.Point memory a,
        BN254.Point memory share,
        Proof memory proof
    ) internal view returns (bool) {
        if (!share.isPoint() || !_isReadable(proof)) return false;
        BN254.Point memory t1 = BN254.commitment(BN254.generator(), proof.s, shareKey, proof.c);
        BN254.Point memory t2 = BN254.commitment(a, proof.s, share, proof.c);
        bytes32 hash = keccak256(
            abi.encode(
                SHARE,
                of_.context,
                of_.sealHash,
                trustee,
                of_.motion,
                of_.level,
                of_.side,
                shareKey,
                a,
                share,
                t1,
                t2
            )
        );
        return proof.c == BN254.toScalar(hash);
    }

    function _isReadable(Proof memory proof) private pure returns (bool) {
        return proof.c < BN254.Q && proof.s < BN254.Q;
    }
}
