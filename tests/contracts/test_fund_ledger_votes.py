"""Budgets of public money on anvil: where they come from, and one test for each refusal."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from eth_account import Account
from eth_utils import keccak
from refusals import expect_refusal
from web3.logs import DISCARD

from chain_world import ZERO, motion
from fund_world import OWNERS, SALT, FundBook, Voted
from secret_world import SecretHall
from wanjia.chain.artifacts import load
from wanjia.chain.bytecode import is_code_of
from wanjia.chain.deployment import create_community
from wanjia.domain.ballots import Choice
from wanjia.funds.protocol import MAX_AMOUNT, BudgetLine, BudgetTable, Fund, ledger_address

DECLARED = 5
MOTIONS = [*(motion(m) for m in (5, 4, 5, 9, 6)), motion(9, 1, 1), *(motion(5) for _ in range(3))]
CHOICES = [Choice.AGAINST if at == 2 else Choice.FOR for at in range(len(MOTIONS))]
AMOUNTS = {0: 12_345_605, 1: 5, 2: 7, 3: 700, 4: MAX_AMOUNT, 5: 10}


class Unchecked(BudgetTable):
    """A table as somebody without our program would write it."""

    def __post_init__(self) -> None:
        """Let everything pass."""


@pytest.fixture(scope="module")
def _held(open_book: FundBook) -> Iterator[tuple[FundBook, Voted]]:
    provider = open_book.world.w3.provider
    before = provider.make_request("evm_snapshot", [])["result"]
    lines = [BudgetLine(at, amount, keccak(text=f"project {at}")) for at, amount in AMOUNTS.items()]
    lines += [BudgetLine(6, 0, ZERO), BudgetLine(7, MAX_AMOUNT + 1, ZERO), BudgetLine(200, 1, ZERO)]
    table = Unchecked(lines, SALT)
    documents = [keccak(text="notice"), table.hash]
    voted = open_book.vote(AMOUNTS, MOTIONS, CHOICES, documents=documents)
    yield open_book, replace(voted, table=table)
    provider.make_request("evm_revert", [before])


@pytest.fixture
def held(_held: tuple[FundBook, Voted], book: FundBook) -> tuple[FundBook, Voted]:
    """Give the ledger and a final meeting of nine motions with a line for each."""
    return book, _held[1]


def refused(book: FundBook, error: str, voted: Voted, line: int = 0) -> tuple[object, ...]:
    """Check that a line opens no budget, for this reason."""
    return expect_refusal(book.ledger, error, book.opening(voted, line), book.world.stranger)


def test_a_passed_motion_makes_its_budget(held: tuple[FundBook, Voted]) -> None:
    """Matters 5, 9 and 6, brought by a stranger; the amount is the one voted, to the fen."""
    book, voted = held
    for line, (number, fund) in enumerate(
        ((0, Fund.MAINTENANCE), (3, Fund.COMMON_REVENUE), (4, Fund.MAINTENANCE))
    ):
        receipt = book.world.send(book.opening(voted, number), book.world.stranger)
        (event,) = book.ledger.events.BudgetOpened().process_receipt(receipt, errors=DISCARD)
        wanted = voted.table.lines[number]
        found = event["args"]
        assert (line + 1, voted.meeting, number) == (found["budget"], found["meeting"], found["motion"])
        assert (wanted.amount, wanted.project, fund) == (found["amount"], found["project"], found["fund"])
        assert line + 1 == book.ledger.functions.budgetOfMotion(voted.meeting, number).call()
        kept = book.read(line + 1)
        at = book.world.w3.eth.get_block(receipt["blockNumber"])["timestamp"]
        assert (wanted.amount, 0, at, 0) == tuple(
            kept[n] for n in ("amount", "spent", "openedAt", "settledAt")
        )
        assert (MOTIONS[number]["matter"], number, voted.meeting) == (
            kept["matter"],
            kept["motion"],
            kept["meeting"],
        )
        assert (fund, wanted.project) == (kept["fund"], kept["project"])
        assert wanted.amount == book.left(line + 1)
        assert (0, 0, 0) == tuple(kept[name] for name in ("hazard", "disclosureDue", "disclosedAt"))


def test_the_event_opens_the_document_that_was_voted_on(held: tuple[FundBook, Voted]) -> None:
    """From the chain alone: the table of the event is the last document of the convening."""
    book, voted = held
    receipt = book.world.send(book.opening(voted), book.world.stranger)
    (event,) = book.ledger.events.BudgetOpened().process_receipt(receipt, errors=DISCARD)
    table = event["args"]["table"]
    lines = [BudgetLine(one["motion"], one["amount"], one["project"]) for one in table["lines"]]
    convened = book.world.meeting.events.MeetingConvened().get_logs(from_block=0)
    content = [one["args"]["convening"] for one in convened if one["args"]["meeting"] == voted.meeting]
    assert [Unchecked(lines, table["salt"]).hash] == [one["documents"][-1] for one in content]


def test_fund_ledger_motion_has_budget(held: tuple[FundBook, Voted]) -> None:
    """One budget a motion, whoever asks again."""
    book, voted = held
    book.world.send(book.opening(voted), book.world.stranger)
    assert (voted.meeting, 0, 1) == refused(book, "FundLedgerMotionHasBudget", voted)


def test_fund_ledger_budget_table(held: tuple[FundBook, Voted]) -> None:
    """One fen more, another project, another salt, a line less: not what was voted on."""
    book, voted = held
    first, *rest = voted.table.lines
    others = (
        Unchecked([replace(first, amount=first.amount + 1), *rest], SALT),
        Unchecked([replace(first, project=ZERO), *rest], SALT),
        Unchecked(voted.table.lines, ZERO),
        Unchecked([first], SALT),
    )
    for table in others:
        values = refused(book, "FundLedgerBudgetTable", replace(voted, table=table))
        assert (voted.meeting, voted.table.hash, table.hash) == values


def test_only_the_last_document_is_the_budget_table(book: FundBook) -> None:
    """A second table with another amount among the documents binds nothing."""
    hidden = BudgetTable([BudgetLine(0, 9_000_000, ZERO)], SALT)
    shown = BudgetTable([BudgetLine(0, 1_000, ZERO)], SALT)
    voted = book.vote({0: 1_000}, [motion(5)], documents=[hidden.hash, shown.hash])
    refused(book, "FundLedgerBudgetTable", replace(voted, table=hidden))
    book.world.send(book.opening(replace(voted, table=shown)), book.world.stranger)
    assert 1_000 == book.left(1)


def test_a_meeting_without_documents_makes_no_budget(book: FundBook) -> None:
    """There is no last one."""
    voted = book.vote({0: 1_000}, [motion(5)], documents=[])
    assert ZERO == refused(book, "FundLedgerBudgetTable", voted)[1]


def test_fund_ledger_unknown_line(held: tuple[FundBook, Voted]) -> None:
    """Lines count from 0."""
    book, voted = held
    count = len(voted.table.lines)
    assert (count, count) == refused(book, "FundLedgerUnknownLine", voted, count)


def test_fund_ledger_table_order(held: tuple[FundBook, Voted]) -> None:
    """A motion with two lines has no amount."""
    book, voted = held
    first = voted.table.lines[0]
    twice = Unchecked([first, replace(first, amount=1)], SALT)
    assert (1,) == refused(book, "FundLedgerTableOrder", replace(voted, table=twice))


def test_fund_ledger_matter(held: tuple[FundBook, Voted]) -> None:
    """A passed motion of matter 4 spends nothing."""
    book, voted = held
    assert (voted.meeting, 1, 4) == refused(book, "FundLedgerMatter", voted, 1)


def test_fund_ledger_motion_not_passed(held: tuple[FundBook, Voted]) -> None:
    """Everybody was against."""
    book, voted = held
    assert (voted.meeting, 2) == refused(book, "FundLedgerMotionNotPassed", voted, 2)


def test_fund_ledger_grouped_motion(held: tuple[FundBook, Voted]) -> None:
    """A choice among several names its winner by rank, off this ledger."""
    book, voted = held
    assert (voted.meeting, 5, 1) == refused(book, "FundLedgerGroupedMotion", voted, 5)


def test_fund_ledger_amount_of_a_vote(held: tuple[FundBook, Voted]) -> None:
    """Nothing, and more than any community has."""
    book, voted = held
    assert (0, MAX_AMOUNT) == refused(book, "FundLedgerAmount", voted, 6)
    assert (MAX_AMOUNT + 1, MAX_AMOUNT) == refused(book, "FundLedgerAmount", voted, 7)


def test_a_motion_that_was_never_put(held: tuple[FundBook, Voted]) -> None:
    """The meeting contract itself refuses."""
    book, voted = held
    call = book.opening(voted, 8)
    values = expect_refusal(book.world.meeting, "OwnersMeetingUnknownMotion", call, book.world.stranger)
    assert (voted.meeting, 200) == values


def test_fund_ledger_convene_hash(held: tuple[FundBook, Voted]) -> None:
    """Content that was not convened, were it one document more."""
    book, voted = held
    content = {**voted.convening, "documents": [*voted.convening["documents"], ZERO]}
    values = refused(book, "FundLedgerConveneHash", replace(voted, convening=content))
    assert (voted.meeting, book.world.convene_hashes[voted.meeting]) == values[:2]


def test_fund_ledger_meeting_not_final(book: FundBook) -> None:
    """A declared result can still be objected to and voided."""
    voted = book.vote({0: 1_000}, [motion(5)], final=False)
    assert (voted.meeting, DECLARED) == refused(book, "FundLedgerMeetingNotFinal", voted)
    book.world.send(book.world.meeting.functions.voidMeeting(voted.meeting, ZERO), book.world.supervisor)
    refused(book, "FundLedgerMeetingNotFinal", voted)


def test_fund_ledger_unknown_meeting(held: tuple[FundBook, Voted]) -> None:
    """No meeting can be brought along: the registry says which contract holds which number."""
    book, voted = held
    assert (99,) == refused(book, "FundLedgerUnknownMeeting", replace(voted, meeting=99))


def test_a_meeting_of_another_community_is_none(held: tuple[FundBook, Voted]) -> None:
    """The same release, the same content, another registry: not this community's vote."""
    book, voted = held
    world, payer = book.world, Account.from_key(keccak(text="wanjia test payer"))
    officials = dict(zip(("operator", "committee", "supervisor"), world.w3.eth.accounts[6:9], strict=True))
    made = create_community(
        world.w3, payer, world.deployment.factory, community=keccak(text="another"), **officials
    )
    world.send(book.factory.functions.createLedger(made.registry), world.stranger)
    other = world.w3.eth.contract(
        address=book.factory.functions.ledgerOf(made.registry).call(), abi=book.ledger.abi
    )
    call = other.functions.openBudget(voted.meeting, voted.convening, voted.table.as_argument(), 0)
    expect_refusal(other, "FundLedgerUnknownMeeting", call, world.stranger)


def test_a_secret_vote_makes_a_budget(book: FundBook) -> None:
    """The sums that trustees opened decide as counted ballots do."""
    world, owners = book.world, 50
    world.register(range(OWNERS + 1, owners + 1))
    table = BudgetTable([BudgetLine(0, 250_000, keccak(text="roof"))], SALT)
    content = {
        "documents": [keccak(text="notice"), keccak(text="privacy"), table.hash],
        "opensAt": world.now() + 20 * 86_400,
    }
    content["closesAt"] = content["opensAt"] + 10 * 86_400
    hall = SecretHall.open(world, dict.fromkeys(range(1, owners + 1), 9_000), (motion(5),), (3, 2), **content)
    hall.vote({voter: [Choice.FOR] for voter in range(1, 35)}, 17)
    hall.close()
    hall.seal()
    hall.open_stage(0)
    voted = Voted(hall.number, world.convening(motions=[motion(5)], **content), table)
    hall.world.declare(hall.number)
    refused(book, "FundLedgerMeetingNotFinal", voted)
    hall.world.finalize(hall.number)
    world.send(book.opening(voted), world.stranger)
    assert (250_000, hall.number, 5) == tuple(book.read(1)[name] for name in ("amount", "meeting", "matter"))


# -- the one ledger of a community ------------------------------------------------------------------------------------


def test_the_ledger_is_where_anyone_computes_it(book: FundBook) -> None:
    """Its address follows from the factory's and the registry's; it names both and relays through their forwarder."""
    functions, registry = book.ledger.functions, book.world.registry.address
    code = load("FundLedger").bytecode
    assert book.ledger.address == ledger_address(book.factory.address, registry, code)
    assert (registry, book.factory.address) == (functions.registry().call(), functions.factory().call())
    assert book.world.deployment.forwarder == functions.trustedForwarder().call()
    assert book.world.deployment.factory == book.factory.functions.communityFactory().call()
    assert "0x" + "0" * 40 == book.factory.functions.ledgerOf(book.world.stranger).call()


def test_a_verifier_finds_the_ledger_from_the_registry_alone(book: FundBook) -> None:
    """The first that a factory of the release's code made for it, whoever sent that; later ones are not the ledger."""
    world, registry = book.world, book.world.registry.address
    second = world.create("FundLedgerFactory", world.deployment.factory)
    factory = world.w3.eth.contract(address=second, abi=book.factory.abi)
    world.send(factory.functions.createLedger(registry), world.committee)
    topics = [
        "0x" + keccak(text="FundLedgerCreated(address,address)").hex(),
        "0x" + registry[2:].lower().rjust(64, "0"),
    ]
    logs = world.w3.eth.get_logs({"fromBlock": 0, "topics": topics})
    genuine = [one["address"] for one in logs if _is_factory_of(book, one["address"])]
    assert [book.factory.address, second] == genuine
    first = genuine[0]
    assert book.ledger.address == ledger_address(first, registry, load("FundLedger").bytecode)
    assert is_code_of(load("FundLedger"), bytes(world.w3.eth.get_code(book.ledger.address)))


def _is_factory_of(book: FundBook, address: str) -> bool:
    """Whether the release's code stands there, for the community factory that the registry names."""
    w3 = book.world.w3
    if not is_code_of(load("FundLedgerFactory"), bytes(w3.eth.get_code(address))):  # type: ignore[arg-type]
        return False
    named = w3.eth.contract(address=address, abi=book.factory.abi).functions.communityFactory().call()
    return bool(named == book.world.registry.functions.factory().call())


def test_fund_ledger_factory_ledger_exists(book: FundBook) -> None:
    """A registry has one ledger of a factory."""
    registry = book.world.registry.address
    call = book.factory.functions.createLedger(registry)
    values = expect_refusal(book.factory, "FundLedgerFactoryLedgerExists", call, book.world.committee)
    assert (registry.lower(), book.ledger.address.lower()) == values


def test_fund_ledger_factory_foreign_registry(book: FundBook) -> None:
    """Neither a registry of another release nor an implementation."""
    world = book.world
    for registry in (
        world.deployment.registry_implementation,
        _foreign_registry(book),
    ):
        call = book.factory.functions.createLedger(registry)
        values = expect_refusal(book.factory, "FundLedgerFactoryForeignRegistry", call, world.stranger)
        assert (registry.lower(),) == values


def _foreign_registry(book: FundBook) -> str:
    """A registry for the same community that another factory made."""
    stands = book.world.deployment
    factory = book.world.create(
        "CommunityFactory",
        stands.registry_implementation,
        stands.open_meeting_implementation,
        stands.secret_meeting_implementation,
        stands.trustee_board_implementation,
        stands.notary_implementation,
    )
    made = create_community(
        book.world.w3,
        Account.from_key(keccak(text="wanjia test payer")),
        factory,  # type: ignore[arg-type]
        community=keccak(text="test community"),
        operator=book.world.operator,
        committee=book.world.committee,
        supervisor=book.world.supervisor,
    )
    return made.registry
