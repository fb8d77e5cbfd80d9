// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";
import {VoterIndex} from "../types/VoterIndex.sol";

/// @title Every EIP-712 type of the protocol that a contract checks
/// @dev The `Receipt` type is signed by the operator and judged off the chain; its hash stands here so that one file
/// holds them all.
library TypeHashes {
    bytes32 internal constant POSSESSION = keccak256("Possession(uint32 voter,address key,bytes32 evidence)");
    bytes32 internal constant KEY_CHANGE_VETO =
        keccak256("KeyChangeVeto(uint32 voter,address newKey,uint64 effectiveAt)");
    bytes32 internal constant OPEN_BALLOT =
        keccak256("OpenBallot(uint256 meeting,bytes32 conveneHash,uint32 voter,uint64 choices)");
    bytes32 internal constant SECRET_BALLOT =
        keccak256("SecretBallot(uint256 meeting,uint32 voter,bytes32 ballotHash)");
    bytes32 internal constant OBJECTION = keccak256("Objection(uint256 meeting,uint32 voter,bytes32 contentHash)");
    bytes32 internal constant RECEIPT =
        keccak256("Receipt(uint256 meeting,uint32 voter,bytes32 ballotHash,uint64 sequence,uint64 receivedAt)");

    function possession(VoterIndex voter, address key, bytes32 evidence) internal pure returns (bytes32) {
        return keccak256(abi.encode(POSSESSION, voter, key, evidence));
    }

    function keyChangeVeto(VoterIndex voter, address newKey, uint64 effectiveAt) internal pure returns (bytes32) {
        return keccak256(abi.encode(KEY_CHANGE_VETO, voter, newKey, effectiveAt));
    }

    function secretBallot(MeetingId meeting, uint256 voter, bytes32 ballotHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(SECRET_BALLOT, meeting, voter, ballotHash));
    }

    function objection(MeetingId meeting, VoterIndex voter, bytes32 contentHash) internal pure returns (bytes32) {
        return keccak256(abi.encode(OBJECTION, meeting, voter, contentHash));
    }
}
