"""A community's ledger of public money on a test chain: meetings that vote budgets, and officials who sign."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from eth_utils import keccak

from chain_world import DAY, World, areas, motion, owner_key
from wanjia.chain.artifacts import load
from wanjia.chain.signing import address_of, sign_digest, to_compact
from wanjia.domain.ballots import Choice, pack_choices
from wanjia.funds.protocol import (
    BudgetLine,
    BudgetTable,
    Document,
    DocumentKind,
    EmergencyBudget,
    Hazard,
    Payment,
    Reversal,
    Settlement,
    act_digest,
    as_argument,
    document_hash,
    payee_hash,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from web3.contract import Contract

    from wanjia.funds.protocol import Act

OWNERS = 3
COMMITTEE, SUPERVISOR = (keccak(text=role) for role in ("COMMITTEE", "SUPERVISOR"))
COMMITTEE_KEY, SUPERVISOR_KEY = owner_key(9_101), owner_key(9_102)
SALT = keccak(text="salt")


@dataclass(frozen=True)
class Voted:
    """A meeting led to its final result, with what opens its budgets."""

    meeting: int
    convening: dict[str, Any]
    table: BudgetTable


@dataclass
class FundBook:
    """The ledger of a world's community, with the receipt of its making. The node's accounts call, keys sign."""

    world: World
    factory: Contract
    ledger: Contract
    made: Any
    _ids: Iterator[int] = field(default_factory=itertools.count)

    @classmethod
    def open(cls, world: World) -> FundBook:
        """Make factory and ledger, and give each side a key that signs."""
        at = world.create("FundLedgerFactory", world.deployment.factory)
        factory = world.w3.eth.contract(address=at, abi=load("FundLedgerFactory").abi)  # type: ignore[call-overload]
        receipt = world.send(factory.functions.createLedger(world.registry.address), world.stranger)
        address = factory.functions.ledgerOf(world.registry.address).call()
        ledger = world.w3.eth.contract(address=address, abi=load("FundLedger").abi)
        book = cls(world, factory, ledger, receipt)
        for role, key in ((COMMITTEE, COMMITTEE_KEY), (SUPERVISOR, SUPERVISOR_KEY)):
            book.change_role(role, address_of(key), grant=True)
        fresh = [v for v in range(1, OWNERS + 1) if int(world.registry.functions.keyOf(v).call(), 16) == 0]
        world.register(fresh)
        return book

    def change_role(self, role: bytes, account: str, *, grant: bool) -> None:
        """Committee proposes, supervisor confirms."""
        functions = self.world.registry.functions
        self.world.send(functions.proposeRole(role, account, grant), self.world.committee)
        self.world.send(functions.confirmRole(role, account, grant), self.world.supervisor)

    # -- votes -----------------------------------------------------------------------------------------------------

    def vote(
        self,
        amounts: dict[int, int],
        motions: Sequence[dict[str, Any]],
        choices: Sequence[Choice] = (),
        *,
        final: bool = True,
        **changes: Any,
    ) -> Voted:
        """Hold an open meeting whose table asks ``amounts`` by motion; everybody votes ``choices``, by default for."""
        table = BudgetTable(
            [BudgetLine(at, amount, keccak(text=f"project {at}")) for at, amount in amounts.items()], SALT
        )
        documents = changes.pop("documents", [keccak(text="notice"), table.hash])
        content = self.world.convening(motions=list(motions), documents=documents, **changes)
        number = self.world.open_meeting(areas(OWNERS), **content)
        packed = pack_choices(choices or [Choice.FOR] * len(motions))
        self.world.cast(number, *(self.world.ballot(number, voter, packed) for voter in range(1, OWNERS + 1)))
        self.world.declare(number)
        if final:
            self.world.finalize(number)
        return Voted(number, content, table)

    def opening(self, voted: Voted, line: int = 0, **changes: Any) -> Any:
        """The call that opens the budget of a line; ``changes`` replace what is given."""
        one = replace(voted, **changes)
        return self.ledger.functions.openBudget(one.meeting, one.convening, one.table.as_argument(), line)

    def budget(self, amount: int = 1_000_000, matter: int = 5) -> int:
        """A budget that was voted on."""
        self.world.send(self.opening(self.vote({0: amount}, [motion(matter)])), self.world.stranger)
        return int(self.ledger.functions.budgetCount().call())

    # -- acts ------------------------------------------------------------------------------------------------------

    def next_id(self) -> bytes:
        """An id nobody used."""
        return keccak(text=f"act {next(self._ids)}")

    def deadline(self) -> int:
        """A day from now."""
        return self.world.now() + DAY

    def payment(self, budget: int, amount: int, **changes: Any) -> Payment:
        """A payment with an invoice; ``changes`` replace fields."""
        documents = [document(DocumentKind.INVOICE, "invoice")]
        payee = payee_hash(SALT, "某某电梯公司", "6222 0000")
        made = Payment(self.next_id(), budget, amount, payee, documents, self.deadline())
        return replace(made, **changes)

    def reversal(self, payment: bytes, amount: int, **changes: Any) -> Reversal:
        """A correction with the bank's slip."""
        documents = [document(DocumentKind.BANK_SLIP, "slip")]
        return replace(Reversal(self.next_id(), payment, amount, documents, self.deadline()), **changes)

    def settlement(self, budget: int, spent: int, **changes: Any) -> Settlement:
        """A settlement with the acceptance."""
        documents = [document(DocumentKind.ACCEPTANCE, "acceptance")]
        return replace(Settlement(self.next_id(), budget, spent, documents, self.deadline()), **changes)

    def emergency(self, amount: int = 500_000, **changes: Any) -> EmergencyBudget:
        """A lift that stands still, with a photograph."""
        made = EmergencyBudget(
            self.next_id(),
            keccak(text="lift"),
            keccak(text="3"),
            Hazard.LIFT,
            amount,
            [document(DocumentKind.PHOTO, "photo")],
            self.deadline(),
        )
        return replace(made, **changes)

    def sign(self, act: Act, key: bytes) -> tuple[bytes, bytes]:
        """One side's signature of an act."""
        return to_compact(sign_digest(key, act_digest(self.world.chain_id, self.ledger.address, act)))

    def call(self, act: Act, committee: bytes = COMMITTEE_KEY, supervisor: bytes = SUPERVISOR_KEY) -> Any:
        """The call that enters an act with both signatures."""
        name = {
            EmergencyBudget: "openEmergencyBudget",
            Payment: "pay",
            Reversal: "reversePayment",
            Settlement: "settle",
        }[type(act)]
        signatures = (self.sign(act, committee), self.sign(act, supervisor))
        return self.ledger.functions[name](as_argument(act), signatures)

    def enter(self, act: Act) -> Any:
        """Enter an act; anyone may bring it."""
        return self.world.send(self.call(act), self.world.stranger)

    def read(self, budget: int) -> dict[str, Any]:
        """`budgetOf` by field name."""
        (entry,) = [e for e in self.ledger.abi if e.get("name") == "budgetOf"]
        names = [one["name"] for one in entry["outputs"][0]["components"]]  # type: ignore[typeddict-item]
        return dict(zip(names, self.ledger.functions.budgetOf(budget).call(), strict=True))

    def left(self, budget: int) -> int:
        """What may still be paid of a budget."""
        return int(self.ledger.functions.leftOf(budget).call())


def document(kind: DocumentKind, text: str) -> Document:
    """A document whose bytes are ``text``."""
    return Document(kind, document_hash(SALT, kind, text.encode()))
