"""Budgets without a vote, statements, and what the documentation promises, on anvil."""

import re
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak
from refusals import expect_refusal
from web3.logs import DISCARD

from chain_world import DAY, ZERO
from fund_world import COMMITTEE_KEY, SALT, SUPERVISOR, FundBook, document
from wanjia.chain.artifacts import load
from wanjia.chain.eip712 import forward_request_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.funds import protocol
from wanjia.funds.protocol import DISCLOSURE_TERM, DocumentKind, Hazard, merkle_root, statement_leaf

REPORT = document(DocumentKind.REPORT, "disclosure")
PLAIN = [(int(REPORT.kind), REPORT.hash)]
ROOT = Path(__file__).resolve().parents[2]


def refused(book: FundBook, error: str, call: Any, sender: str | None = None) -> tuple[Any, ...]:
    """Check that a call, by anyone unless said, is refused for this reason."""
    return expect_refusal(book.ledger, error, call, sender or book.world.stranger)


# -- emergencies ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hazard", list(Hazard))
def test_a_listed_hazard_makes_a_budget(book: FundBook, hazard: Hazard) -> None:
    """Flagged, with the time by which it is disclosed; both signed, nobody voted."""
    receipt = book.enter(book.emergency(300_000, hazard=hazard))
    (event,) = book.ledger.events.EmergencyBudgetOpened().process_receipt(receipt, errors=DISCARD)
    at = book.world.w3.eth.get_block(receipt["blockNumber"])["timestamp"]
    made = event["args"]
    assert (1, at + DISCLOSURE_TERM) == (made["budget"], made["disclosureDue"])
    assert address_of(COMMITTEE_KEY) == made["approvals"]["committee"]["signer"]
    kept = book.read(1)
    assert (hazard, 0, 0, 1) == tuple(kept[name] for name in ("hazard", "matter", "meeting", "fund"))
    assert (at + DISCLOSURE_TERM, 0) == (kept["disclosureDue"], kept["disclosedAt"])
    book.enter(book.payment(1, 300_000))


def test_fund_ledger_hazard(book: FundBook) -> None:
    """What is not on the list waits for a vote."""
    for hazard in (0, max(Hazard) + 1, 255):
        assert (hazard,) == refused(book, "FundLedgerHazard", book.call(book.emergency(hazard=hazard)))


def test_an_emergency_needs_the_supervisor(book: FundBook) -> None:
    """The committee alone, however it signs, has no budget."""
    call = book.call(book.emergency(), COMMITTEE_KEY, COMMITTEE_KEY)
    assert (address_of(COMMITTEE_KEY).lower(), SUPERVISOR) == refused(book, "FundLedgerMissingRole", call)
    assert 0 == book.ledger.functions.budgetCount().call()


def test_fund_ledger_undisclosed(book: FundBook) -> None:
    """An emergency is not closed before the owners were told, and told late is on record."""
    book.enter(book.emergency())
    due = book.read(1)["disclosureDue"]
    assert (1, due) == refused(book, "FundLedgerUndisclosed", book.call(book.settlement(1, 0)))
    book.world.move_to(due + DAY)
    receipt = book.world.send(book.ledger.functions.discloseEmergency(1, PLAIN), book.world.supervisor)
    (event,) = book.ledger.events.EmergencyDisclosed().process_receipt(receipt)
    assert (1, book.world.supervisor) == (event["args"]["budget"], event["args"]["by"])
    assert book.read(1)["disclosedAt"] > due
    book.enter(book.settlement(1, 0))


def test_fund_ledger_disclosed(book: FundBook) -> None:
    """The first time is what counts."""
    book.enter(book.emergency())
    call = book.ledger.functions.discloseEmergency(1, PLAIN)
    book.world.send(call, book.world.committee)
    assert (1, book.read(1)["disclosedAt"]) == refused(
        book, "FundLedgerDisclosed", call, book.world.committee
    )


def test_fund_ledger_not_emergency(book: FundBook) -> None:
    """A voted budget was public before the vote."""
    book.budget()
    call = book.ledger.functions.discloseEmergency(1, PLAIN)
    assert (1,) == refused(book, "FundLedgerNotEmergency", call, book.world.committee)


def test_fund_ledger_not_party(book: FundBook) -> None:
    """Neither a stranger nor the operator discloses."""
    book.enter(book.emergency())
    call = book.ledger.functions.discloseEmergency(1, PLAIN)
    for sender in (book.world.stranger, book.world.operator):
        assert (sender.lower(),) == refused(book, "FundLedgerNotParty", call, sender)
    refused(
        book, "FundLedgerDocumentCount", book.ledger.functions.discloseEmergency(1, []), book.world.committee
    )


# -- statements -------------------------------------------------------------------------------------------------------


def test_a_statement_is_anchored_month_by_month(book: FundBook) -> None:
    """A corrected one is the next revision; what was anchored first stays in the events."""
    functions, world = book.ledger.functions, book.world
    roots = [keccak(text=text) for text in ("first", "corrected")]
    for number, (root, sender) in enumerate(zip(roots, (world.committee, world.supervisor), strict=True), 1):
        receipt = world.send(functions.anchorStatement(2, 202_612, root), sender)
        (event,) = book.ledger.events.StatementAnchored().process_receipt(receipt)
        wanted = {"account": 2, "month": 202_612, "revision": number, "root": root, "by": sender}
        assert wanted == event["args"]
        assert [number, root] == list(functions.statementOf(2, 202_612).call())
    for account, month in ((1, 202_612), (2, 202_611)):
        assert [0, ZERO] == list(functions.statementOf(account, month).call())


def test_a_line_of_a_statement_is_proven(book: FundBook) -> None:
    """The tree is the one that the notary's library checks."""
    leaves = [statement_leaf(SALT, text) for text in ("head", "a", "b")]
    root = merkle_root(leaves)
    world = book.world
    world.send(world.notary.functions.anchor(root, ZERO), world.committee)
    head_and_a = merkle_root(leaves[:2])
    verify = world.notary.functions.verify
    assert verify(root, leaves[0], [leaves[1], leaves[2]]).call()
    assert verify(root, leaves[2], [head_and_a]).call()
    assert not verify(root, statement_leaf(SALT, "c"), [head_and_a]).call()
    assert leaves[0] == merkle_root(leaves[:1])
    with pytest.raises(ValueError, match="leaves"):
        merkle_root([])


def test_fund_ledger_month(book: FundBook) -> None:
    """Twelve months a year."""
    root = keccak(text="root")
    for month in (0, 12, 200_000, 202_600, 202_613, 999_913, 2**32 - 1):
        call = book.ledger.functions.anchorStatement(1, month, root)
        assert (month,) == refused(book, "FundLedgerMonth", call, book.world.committee)
    for month in (200_001, 202_601, 999_912):
        book.world.send(book.ledger.functions.anchorStatement(1, month, root), book.world.committee)


def test_fund_ledger_zero_root(book: FundBook) -> None:
    """The zero root stands for nothing."""
    call = book.ledger.functions.anchorStatement(1, 202_601, ZERO)
    refused(book, "FundLedgerZeroRoot", call, book.world.committee)


def test_fund_ledger_same_statement(book: FundBook) -> None:
    """Nothing changed, nothing to write."""
    call = book.ledger.functions.anchorStatement(1, 202_601, keccak(text="root"))
    book.world.send(call, book.world.committee)
    assert (1, 202_601, 1) == refused(book, "FundLedgerSameStatement", call, book.world.supervisor)


def test_officials_write_through_the_forwarder(book: FundBook) -> None:
    """A committee key without money signs, a stranger pays, the event names the key."""
    world, sender = book.world, address_of(COMMITTEE_KEY)
    data = bytes.fromhex(book.ledger.encode_abi("anchorStatement", [1, 202_601, keccak(text="root")])[2:])
    request = {"from": sender, "to": book.ledger.address, "value": 0, "gas": 300_000}
    request |= {"deadline": book.deadline(), "data": data}
    digest = forward_request_digest(
        world.chain_id,
        world.forwarder.address,
        sender=sender,
        to=book.ledger.address,
        value=0,
        gas=300_000,
        nonce=0,
        deadline=request["deadline"],
        data=data,
    )
    call = world.forwarder.functions.execute({**request, "signature": sign_digest(COMMITTEE_KEY, digest)})
    receipt = world.send(call, world.stranger)
    (event,) = book.ledger.events.StatementAnchored().process_receipt(receipt, errors=DISCARD)
    assert sender == event["args"]["by"]


# -- what is promised elsewhere ---------------------------------------------------------------------------------------


def test_every_refusal_is_tested_and_explained() -> None:
    """Each error of ledger and factory stands in a test and in docs/funds.md, and no other does."""
    entries = [one for name in ("FundLedger", "FundLedgerFactory") for one in load(name).abi]
    errors = {one["name"] for one in entries if one["type"] == "error"}
    errors = {name for name in errors if name.startswith("FundLedger")}
    tests = "".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_fund_ledger*.py")
    )
    text = (ROOT / "docs" / "funds.md").read_text(encoding="utf-8")
    assert errors == {name for name in errors if f'"{name}"' in tests}
    assert errors == set(re.findall(r"`(FundLedger[A-Z][A-Za-z]+)[(`]", text)) - {
        "FundLedgerFactory",
        "FundLedgerCreated",
    }


def test_the_documentation_names_the_types_that_are_signed() -> None:
    """Contract, program and page have the same four."""
    text = (ROOT / "docs" / "funds.md").read_text(encoding="utf-8")
    source = (ROOT / "contracts" / "libraries" / "FundHashes.sol").read_text(encoding="utf-8")
    for act in (protocol.EmergencyBudget, protocol.Payment, protocol.Reversal, protocol.Settlement):
        fields = ",".join(f"{kind} {name}" for name, kind in act.FIELDS)
        assert f"{act.__name__}({fields})" in text
        assert f"{act.__name__}({fields})Document(uint8 kind,bytes32 hash)" in source
