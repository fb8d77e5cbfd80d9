// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.30;

import {MeetingId} from "../types/MeetingId.sol";

/// @dev Whose money: the maintenance fund (matters 5 and 6, and emergencies) or the common revenue (matter 9).
enum Fund {
    None,
    Maintenance,
    CommonRevenue
}

/// @dev What may be mended without a vote.
enum Hazard {
    None,
    Lift,
    FireSystem,
    Facade,
    Leak,
    Drains,
    WaterPump
}

/// @dev What a document is.
enum DocumentKind {
    None,
    Contract,
    Invoice,
    Photo,
    Acceptance,
    BankSlip,
    Report
}

/// @dev A document's kind (1 to 6, see `DocumentKind`) and its salted hash.
struct Document {
    uint8 kind;
    bytes32 hash;
}

/// @dev One motion's budget as it was put to the vote; motions count from 0, the amount is in fen.
struct BudgetLine {
    uint8 motion;
    uint64 amount;
    bytes32 project;
}

/// @dev The budget table of a meeting: every budget that its motions ask for, and the salt of the document.
struct BudgetTable {
    BudgetLine[] lines;
    bytes32 salt;
}

/// @dev What is known of a budget. Amounts in fen, times in UTC seconds; of an emergency `matter` is 0, of a vote `hazard`.
struct Budget {
    uint64 amount;
    uint64 spent;
    uint64 openedAt;
    uint64 settledAt;
    uint64 disclosureDue;
    uint64 disclosedAt;
    Fund fund;
    Hazard hazard;
    uint8 matter;
    uint8 motion;
    MeetingId meeting;
    bytes32 project;
}

/// @dev A payment in the ledger; `reversed` is what corrections have taken back of it.
struct PaymentEntry {
    uint64 budget;
    uint64 amount;
    uint64 reversed;
}

/// @dev A month's statement of an account: how often it was anchored, and the root that holds.
struct Statement {
    uint32 revision;
    bytes32 root;
}

/// @dev Asks for a budget without a vote. `scopeHash` names the buildings concerned as a convening does.
struct EmergencyBudget {
    bytes32 id;
    bytes32 project;
    bytes32 scopeHash;
    uint8 hazard;
    uint64 amount;
    Document[] documents;
    uint64 deadline;
}

/// @dev Asks for a payment out of a budget; `payee` is a salted hash.
struct Payment {
    bytes32 id;
    uint256 budget;
    uint64 amount;
    bytes32 payee;
    Document[] documents;
    uint64 deadline;
}

/// @dev Takes back a payment, or a part of it.
struct Reversal {
    bytes32 id;
    bytes32 payment;
    uint64 amount;
    Document[] documents;
    uint64 deadline;
}

/// @dev Closes a budget of which `spent` was spent.
struct Settlement {
    bytes32 id;
    uint256 budget;
    uint64 spent;
    Document[] documents;
    uint64 deadline;
}

/// @dev A signature as in EIP-2098.
struct Signature {
    bytes32 r;
    bytes32 vs;
}

/// @dev Both signatures that money needs.
struct Signatures {
    Signature committee;
    Signature supervisor;
}

/// @dev Who signed, with the signature.
struct Approval {
    address signer;
    bytes32 r;
    bytes32 vs;
}

/// @dev Who signed for the committee and for the supervisor.
struct Approvals {
    Approval committee;
    Approval supervisor;
}
