// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {Document, EmergencyBudget, Payment, Reversal, Settlement} from "../funds/FundTypes.sol";

/// @title The EIP-712 types that committee and supervisor sign for public money
library FundHashes {
    bytes32 internal constant DOCUMENT = keccak256("Document(uint8 kind,bytes32 hash)");
    bytes32 internal constant EMERGENCY_BUDGET =
        keccak256(
            "EmergencyBudget(bytes32 id,bytes32 project,bytes32 scopeHash,uint8 hazard,uint64 amount,Document[] documents,uint64 deadline)Document(uint8 kind,bytes32 hash)"
        );
    bytes32 internal constant PAYMENT =
        keccak256(
            "Payment(bytes32 id,uint256 budget,uint64 amount,bytes32 payee,Document[] documents,uint64 deadline)Document(uint8 kind,bytes32 hash)"
        );
    bytes32 internal constant REVERSAL =
        keccak256(
            "Reversal(bytes32 id,bytes32 payment,uint64 amount,Document[] documents,uint64 deadline)Document(uint8 kind,bytes32 hash)"
        );
    bytes32 internal constant SETTLEMENT =
        keccak256(
            "Settlement(bytes32 id,uint256 budget,uint64 spent,Document[] documents,uint64 deadline)Document(uint8 kind,bytes32 hash)"
        );

    function emergencyBudget(EmergencyBudget calldata one) internal pure returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    EMERGENCY_BUDGET,
                    one.id,
                    one.project,
                    one.scopeHash,
                    one.hazard,
                    one.amount,
                    _documents(one.documents),
                    one.deadline
                )
            );
    }

    function payment(Payment calldata one) internal pure returns (bytes32) {
        bytes32 documents = _documents(one.documents);
        return keccak256(abi.encode(PAYMENT, one.id, one.budget, one.amount, one.payee, documents, one.deadline));
    }

    function reversal(Reversal calldata one) internal pure returns (bytes32) {
        bytes32 documents = _documents(one.documents);
        return keccak256(abi.encode(REVERSAL, one.id, one.payment, one.amount, documents, one.deadline));
    }

    function settlement(Settlement calldata one) internal pure returns (bytes32) {
        bytes32 documents = _documents(one.documents);
        return keccak256(abi.encode(SETTLEMENT, one.id, one.budget, one.spent, documents, one.deadline));
    }

    function _documents(Document[] calldata documents) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](documents.length);
        for (uint256 i = 0; i < documents.length; ++i) {
            hashes[i] = keccak256(abi.encode(DOCUMENT, documents[i].kind, documents[i].hash));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
