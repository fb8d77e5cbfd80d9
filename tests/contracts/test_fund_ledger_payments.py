"""Payments, corrections and settlements on anvil: signed by two, within the budget; one test for each refusal."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from refusals import expect_refusal
from web3.exceptions import ContractCustomError
from web3.logs import DISCARD

from chain_world import DAY, ZERO, World, owner_key
from fund_world import COMMITTEE, COMMITTEE_KEY, SUPERVISOR, SUPERVISOR_KEY, FundBook, document
from wanjia.chain.signing import address_of, from_compact, recover_signer
from wanjia.funds.protocol import (
    MAX_AMOUNT,
    MAX_DOCUMENTS,
    Act,
    Document,
    DocumentKind,
    Payment,
    act_digest,
    as_argument,
    document_hash,
    typed_data,
)

BUDGET = 1_000_000
PHOTO = document(DocumentKind.PHOTO, "photo")
HIGH_S = (b"\1" * 32, b"\x7f" + b"\xff" * 31)


@pytest.fixture(scope="module", autouse=True)
def _budget_1(open_book: FundBook) -> Iterator[None]:
    provider = open_book.world.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    assert 1 == open_book.budget(BUDGET)
    yield
    provider.make_request("evm_revert", [before])


def refused(book: FundBook, error: str, call: Any, sender: str | None = None) -> tuple[Any, ...]:
    """Check that a call, by anyone unless said, is refused for this reason."""
    return expect_refusal(book.ledger, error, call, sender or book.world.stranger)


def paid(book: FundBook, amount: int) -> Payment:
    """A payment entered into budget 1."""
    one = book.payment(1, amount)
    book.enter(one)
    return one


def every_act(book: FundBook) -> list[Act]:
    """One of each act, each of which could be entered when budget 1 has a payment and nothing is settled."""
    done = paid(book, 100)
    return [book.payment(1, 10), book.reversal(done.id, 10), book.settlement(1, 100), book.emergency()]


def test_a_payment_takes_from_the_budget(book: FundBook) -> None:
    """Brought by a stranger; the event alone shows who signed what."""
    one = book.payment(1, 400_000, documents=[PHOTO, document(DocumentKind.CONTRACT, "contract")])
    receipt = book.enter(one)
    (event,) = book.ledger.events.PaymentMade().process_receipt(receipt, errors=DISCARD)
    made = event["args"]
    request = made["request"]
    documents = [Document(DocumentKind(each["kind"]), each["hash"]) for each in request["documents"]]
    names = ("id", "budget", "amount", "payee")
    again = Payment(*(request[name] for name in names), documents, request["deadline"])
    assert (1, one.id, 400_000, one) == (made["budget"], made["payment"], made["spent"], again)
    digest = act_digest(book.world.chain_id, book.ledger.address, again)
    for side, key in (("committee", COMMITTEE_KEY), ("supervisor", SUPERVISOR_KEY)):
        approval = made["approvals"][side]
        assert address_of(key) == approval["signer"]
        assert address_of(key) == recover_signer(digest, from_compact(approval["r"], approval["vs"]))
    assert (400_000, 600_000) == (book.read(1)["spent"], book.left(1))
    assert [1, 400_000, 0] == list(book.ledger.functions.paymentOf(one.id).call())


def test_the_last_fen_can_be_paid_and_no_more(book: FundBook) -> None:
    """FundLedgerOverBudget, by one fen, at once and at the end."""
    values = refused(book, "FundLedgerOverBudget", book.call(book.payment(1, BUDGET + 1)))
    assert (1, BUDGET + 1, BUDGET) == values
    paid(book, BUDGET - 1)
    assert (1, 2, 1) == refused(book, "FundLedgerOverBudget", book.call(book.payment(1, 2)))
    paid(book, 1)
    assert (1, 1, 0) == refused(book, "FundLedgerOverBudget", book.call(book.payment(1, 1)))
    assert (BUDGET, 0) == (book.read(1)["spent"], book.left(1))


def test_budgets_do_not_pay_for_each_other(book: FundBook) -> None:
    """What is left of one is nothing to the other."""
    assert 2 == book.budget(700)
    paid(book, BUDGET)
    refused(book, "FundLedgerOverBudget", book.call(book.payment(1, 1)))
    assert 700 == book.left(2)


def test_fund_ledger_used_id(book: FundBook) -> None:
    """A payment brought twice, another under its id, another act under its id: entered once."""
    one = paid(book, 10)
    used = book.ledger.functions.usedAt(one.id).call()
    for act in (one, replace(one, amount=11), replace(book.emergency(), id=one.id)):
        assert (one.id, used) == refused(book, "FundLedgerUsedId", book.call(act))
    assert 10 == book.read(1)["spent"]


def test_signatures_hold_for_one_ledger(book: FundBook) -> None:
    """What was signed for this ledger pays nothing out of another of the same community."""
    world = book.world
    second = world.create("FundLedgerFactory", world.deployment.factory)
    factory = world.w3.eth.contract(address=second, abi=book.factory.abi)
    world.send(factory.functions.createLedger(world.registry.address), world.stranger)
    address = factory.functions.ledgerOf(world.registry.address).call()
    other = replace(book, ledger=world.w3.eth.contract(address=address, abi=book.ledger.abi))
    act = book.emergency()
    book.enter(act)
    signatures = (book.sign(act, COMMITTEE_KEY), book.sign(act, SUPERVISOR_KEY))
    call = other.ledger.functions.openEmergencyBudget(as_argument(act), signatures)
    refused(other, "FundLedgerMissingRole", call)
    other.enter(act)


def test_both_must_sign_each_act(book: FundBook) -> None:
    """FundLedgerMissingRole: one key for both, sides exchanged, the operator, a stranger, an owner."""
    others = (owner_key(1), owner_key(9_999))
    for act in every_act(book):
        for keys, culprit, role in (
            ((COMMITTEE_KEY, COMMITTEE_KEY), COMMITTEE_KEY, SUPERVISOR),
            ((SUPERVISOR_KEY, SUPERVISOR_KEY), SUPERVISOR_KEY, COMMITTEE),
            ((SUPERVISOR_KEY, COMMITTEE_KEY), SUPERVISOR_KEY, COMMITTEE),
            *(((one, SUPERVISOR_KEY), one, COMMITTEE) for one in others),
            *(((COMMITTEE_KEY, one), one, SUPERVISOR) for one in others),
        ):
            values = refused(book, "FundLedgerMissingRole", book.call(act, *keys))
            assert (address_of(culprit).lower(), role) == values
        book.call(act).call({"from": book.world.stranger})


def test_a_changed_act_is_not_the_one_signed(book: FundBook) -> None:
    """Another amount, payee, budget, document or deadline under the same signatures."""
    one = book.payment(1, 10)
    signatures = (book.sign(one, COMMITTEE_KEY), book.sign(one, SUPERVISOR_KEY))
    for change in (
        {"amount": 11},
        {"payee": ZERO},
        {"budget": 2},
        {"documents": [PHOTO]},
        {"documents": [*one.documents, PHOTO]},
        {"deadline": one.deadline + 1},
        {"id": ZERO},
    ):
        call = book.ledger.functions.pay(as_argument(replace(one, **change)), signatures)
        assert COMMITTEE == refused(book, "FundLedgerMissingRole", call)[1]


def test_a_signature_dies_with_the_office(book: FundBook) -> None:
    """Signed in office, brought after it: refused."""
    one = book.payment(1, 10)
    book.change_role(SUPERVISOR, address_of(SUPERVISOR_KEY), grant=False)
    assert SUPERVISOR == refused(book, "FundLedgerMissingRole", book.call(one))[1]


def test_the_operator_signs_nothing(book: FundBook) -> None:
    """Who pays for the transactions decides nothing."""
    key = owner_key(9_103)
    book.change_role(book.world.registry.functions.OPERATOR_ROLE().call(), address_of(key), grant=True)
    for keys in ((key, SUPERVISOR_KEY), (COMMITTEE_KEY, key)):
        refused(book, "FundLedgerMissingRole", book.call(book.payment(1, 1), *keys))
    for call in (
        book.ledger.functions.revoke(ZERO),
        book.ledger.functions.attachDocuments(1, [(3, b"\1" * 32)]),
        book.ledger.functions.anchorStatement(1, 202_601, b"\1" * 32),
    ):
        assert (book.world.operator.lower(),) == refused(
            book, "FundLedgerNotParty", call, book.world.operator
        )


def test_fund_ledger_bad_signature(book: FundBook) -> None:
    """Bytes that are nobody's signature, and a high s."""
    one = book.payment(1, 10)
    good = book.sign(one, COMMITTEE_KEY)
    for bad in ((ZERO, ZERO), HIGH_S):
        call = book.ledger.functions.pay(as_argument(one), (bad, good))
        assert (COMMITTEE,) == refused(book, "FundLedgerBadSignature", call)
        call = book.ledger.functions.pay(as_argument(one), (good, bad))
        assert (SUPERVISOR,) == refused(book, "FundLedgerBadSignature", call)


def test_fund_ledger_expired(book: FundBook) -> None:
    """The deadline's own second still counts, the next does not."""
    one = book.payment(1, 10)
    book.world.move_to(one.deadline)
    book.call(one).call({"from": book.world.stranger})
    book.world.move_to(one.deadline + 1)
    assert (one.id, one.deadline) == refused(book, "FundLedgerExpired", book.call(one))


def test_fund_ledger_amount(book: FundBook) -> None:
    """Neither nothing nor more than any community has."""
    done = paid(book, 10)
    for wrong in (0, MAX_AMOUNT + 1):
        for act in (book.payment(1, wrong), book.reversal(done.id, wrong), book.emergency(wrong)):
            assert (wrong, MAX_AMOUNT) == refused(book, "FundLedgerAmount", book.call(act))


def test_fund_ledger_document_count(book: FundBook) -> None:
    """Every entry rests on something, and on nothing endless."""
    acts = every_act(book)
    for documents in ([], [PHOTO] * (MAX_DOCUMENTS + 1)):
        plain = [(int(one.kind), one.hash) for one in documents]
        attach = book.ledger.functions.attachDocuments(1, plain)
        calls = [book.call(replace(act, documents=documents)) for act in acts]
        for call in (*calls, attach):
            values = refused(book, "FundLedgerDocumentCount", call, book.world.committee)
            assert (len(documents), MAX_DOCUMENTS) == values
    book.enter(book.payment(1, 10, documents=[PHOTO] * MAX_DOCUMENTS))


def test_fund_ledger_document(book: FundBook) -> None:
    """A kind of the list, and a hash."""
    for wrong in ((0, b"\1" * 32), (7, b"\1" * 32), (255, b"\1" * 32), (1, ZERO)):
        call = book.ledger.functions.attachDocuments(1, [(1, b"\1" * 32), wrong])
        assert (1, wrong[0]) == refused(book, "FundLedgerDocument", call, book.world.supervisor)


def test_fund_ledger_unknown_budget(book: FundBook) -> None:
    """Nothing is paid, settled, disclosed or shown of a budget that does not exist."""
    functions, documents = book.ledger.functions, [(1, b"\1" * 32)]
    for call in (
        book.call(book.payment(2, 10)),
        book.call(book.settlement(2, 0)),
        functions.discloseEmergency(2, documents),
        functions.attachDocuments(2, documents),
        functions.budgetOf(2),
        functions.leftOf(0),
    ):
        refused(book, "FundLedgerUnknownBudget", call, book.world.committee)


# -- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_is_an_entry_of_its_own(book: FundBook) -> None:
    """It frees what it takes back, in parts, and the payment's entry stays."""
    one = paid(book, BUDGET)
    receipt = book.enter(book.reversal(one.id, 300))
    (event,) = book.ledger.events.PaymentReversed().process_receipt(receipt, errors=DISCARD)
    made = event["args"]
    assert (1, one.id, BUDGET - 300) == (made["budget"], made["payment"], made["spent"])
    book.enter(book.reversal(one.id, 200))
    assert [1, BUDGET, 500] == list(book.ledger.functions.paymentOf(one.id).call())
    paid(book, 500)
    refused(book, "FundLedgerOverBudget", book.call(book.payment(1, 1)))


def test_fund_ledger_over_reversal(book: FundBook) -> None:
    """Not a fen more than the payment has left."""
    one, _ = paid(book, 100), paid(book, 100)
    book.enter(book.reversal(one.id, 60))
    assert (one.id, 41, 40) == refused(book, "FundLedgerOverReversal", book.call(book.reversal(one.id, 41)))
    book.enter(book.reversal(one.id, 40))
    assert (one.id, 1, 0) == refused(book, "FundLedgerOverReversal", book.call(book.reversal(one.id, 1)))


def test_fund_ledger_unknown_payment(book: FundBook) -> None:
    """Neither an id nobody used nor one of another act."""
    other = book.emergency()
    book.enter(other)
    for id_ in (ZERO, other.id):
        call = book.call(book.reversal(id_, 1))
        assert (id_,) == refused(book, "FundLedgerUnknownPayment", call)


# -- the settlement ---------------------------------------------------------------------------------------------------


def test_the_settlement_frees_the_rest(book: FundBook) -> None:
    """FundLedgerSettled: no payment and no second settlement; a refund is still written down, and frees no payment."""
    one = paid(book, 400)
    receipt = book.enter(book.settlement(1, 400))
    (event,) = book.ledger.events.BudgetSettled().process_receipt(receipt, errors=DISCARD)
    assert (1, BUDGET - 400) == (event["args"]["budget"], event["args"]["freed"])
    at = book.read(1)["settledAt"]
    assert (at, 0) == (book.world.w3.eth.get_block(receipt["blockNumber"])["timestamp"], book.left(1))
    book.enter(book.reversal(one.id, 100))
    assert (300, 0) == (book.read(1)["spent"], book.left(1))
    for act in (book.payment(1, 1), book.settlement(1, 300)):
        assert (1, at) == refused(book, "FundLedgerSettled", book.call(act))


def test_fund_ledger_spent(book: FundBook) -> None:
    """Signed before the last payment: it names another sum."""
    paid(book, 400)
    early = book.settlement(1, 400)
    paid(book, 1)
    assert (1, 401, 400) == refused(book, "FundLedgerSpent", book.call(early))


# -- what one official does -------------------------------------------------------------------------------------------


def test_what_was_signed_can_be_revoked(book: FundBook) -> None:
    """By either side, before it is brought; not after, and not by others."""
    functions, world = book.ledger.functions, book.world
    for sender in (world.committee, world.supervisor):
        one = book.payment(1, 10)
        refused(book, "FundLedgerNotParty", functions.revoke(one.id))
        receipt = world.send(functions.revoke(one.id), sender)
        (event,) = book.ledger.events.IdRevoked().process_receipt(receipt)
        assert (one.id, sender) == (event["args"]["id"], event["args"]["by"])
        refused(book, "FundLedgerUsedId", book.call(one))
        refused(book, "FundLedgerUsedId", functions.revoke(one.id), sender)
    assert BUDGET == book.left(1)


def test_documents_are_attached_by_either_side(book: FundBook) -> None:
    """Also after the settlement; the hash is of kind, bytes and salt."""
    book.enter(book.settlement(1, 0))
    world, salt = book.world, b"\5" * 32
    hashes = [document_hash(salt, kind, b"file") for kind in DocumentKind]
    assert len(set(hashes)) == len(DocumentKind)
    plain = list(zip(map(int, DocumentKind), hashes, strict=True))
    for sender in (world.committee, world.supervisor):
        receipt = world.send(book.ledger.functions.attachDocuments(1, plain), sender)
        (event,) = book.ledger.events.DocumentsAttached().process_receipt(receipt)
        found = event["args"]
        assert plain == [(one["kind"], one["hash"]) for one in found["documents"]]
        assert (1, sender) == (found["budget"], found["by"])
    refused(book, "FundLedgerNotParty", book.ledger.functions.attachDocuments(1, plain))


def test_no_ether_comes_in(book: FundBook) -> None:
    """The ledger holds no money of any kind: plain transfers and calls with a value fail."""
    world: World = book.world
    act = book.emergency()
    with pytest.raises(Exception, match="revert"):
        world.w3.eth.call({"from": world.stranger, "to": book.ledger.address, "value": 1})
    data = book.call(act).build_transaction({"from": world.stranger, "gas": 1_000_000})["data"]
    with pytest.raises(Exception, match="revert"):
        world.w3.eth.call({"from": world.stranger, "to": book.ledger.address, "value": 1, "data": data})
    world.w3.eth.call({"from": world.stranger, "to": book.ledger.address, "data": data})
    assert all(one.get("stateMutability") != "payable" for one in book.ledger.abi)


def test_an_act_cannot_be_entered_within_itself(book: FundBook) -> None:
    """The ledger calls its registry and meetings only, by static calls: nothing it calls can come back to write."""
    act = book.emergency()
    trace = book.world.w3.provider.make_request(
        "debug_traceCall",
        [
            {"to": book.ledger.address, "data": book.call(act).build_transaction({"gas": 1_000_000})["data"]},
            "latest",
            {"tracer": "callTracer"},
        ],
    )["result"]
    inner = {one["type"] for one in trace["calls"]}
    assert {"STATICCALL"} == inner, "roles and signatures are read, nobody is called"


def test_typed_data_reads_as_a_wallet_shows_it(book: FundBook) -> None:
    """The contract's domain is the one in the data."""
    data = typed_data(book.world.chain_id, book.ledger.address, book.payment(1, 10))
    _, name, version, chain, contract, _, _ = book.ledger.functions.eip712Domain().call()
    wanted = {"name": name, "version": version, "chainId": chain, "verifyingContract": contract}
    assert wanted == data["domain"]
    assert "Payment" == data["primaryType"]


def test_a_day_is_enough_to_bring_what_was_signed(book: FundBook) -> None:
    """Any order, any sender: two payments signed at once do not wait for each other."""
    first, second = book.payment(1, 10), book.payment(1, 20)
    book.world.move_to(book.world.now() + DAY // 2)
    for one in (second, first):
        book.enter(one)
    assert 30 == book.read(1)["spent"]
    with pytest.raises(ContractCustomError):
        book.enter(second)
