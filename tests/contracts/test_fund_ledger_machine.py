"""A stateful machine: any acts in any order, on the ledger and on a plain Python model of it.

At the end of each example everything is computed once more from the events alone.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from web3 import Web3

from chain_world import DAY, build_world, motion
from fund_world import COMMITTEE_KEY, SUPERVISOR_KEY, FundBook, Voted
from wanjia.chain.signing import address_of, from_compact, recover_signer
from wanjia.domain.ballots import Choice
from wanjia.funds.protocol import (
    MAX_AMOUNT,
    Act,
    Document,
    EmergencyBudget,
    Payment,
    Reversal,
    Settlement,
    act_digest,
)

MOTIONS = [motion(5), motion(9), motion(4), motion(5)]
CHOICES = [Choice.FOR, Choice.FOR, Choice.FOR, Choice.AGAINST]
AMOUNTS = {0: 1_000, 1: 700, 2: 500, 3: 300}
OPENABLE = (0, 1)
GOOD = (COMMITTEE_KEY, SUPERVISOR_KEY)
KEYS = (GOOD,) * 6 + ((SUPERVISOR_KEY, COMMITTEE_KEY), (COMMITTEE_KEY, COMMITTEE_KEY))
DOCUMENTS = [(6, b"\x06" * 32)]


@dataclass
class Budget:
    """What is known of a budget."""

    amount: int
    emergency: bool = False
    spent: int = 0
    settled: bool = False
    disclosed: bool = False

    @property
    def left(self) -> int:
        """What may still be paid."""
        return 0 if self.settled else self.amount - self.spent


@dataclass
class Model:
    """The ledger, without a chain: budgets by number, payments by id, ids used up, motions that made a budget."""

    now: int
    budgets: dict[int, Budget] = field(default_factory=dict)
    payments: dict[bytes, list[int]] = field(default_factory=dict)
    used: set[bytes] = field(default_factory=set)
    motions: set[int] = field(default_factory=set)

    def enter(self, act: Act, keys: tuple[bytes, bytes]) -> bool:
        """Enter an act if it may be entered."""
        if keys != GOOD or act.id in self.used or self.now > act.deadline or not self._apply(act):
            return False
        self.used.add(act.id)
        return True

    def _apply(self, act: Act) -> bool:
        if isinstance(act, EmergencyBudget):
            return self._emergency(act)
        if isinstance(act, Payment):
            return self._pay(act)
        return self._reverse(act) if isinstance(act, Reversal) else self._settle(act)

    def _emergency(self, act: EmergencyBudget) -> bool:
        listed = 1 <= act.hazard <= 6 and 1 <= act.amount <= MAX_AMOUNT
        if listed:
            self.add(Budget(act.amount, emergency=True))
        return listed

    def _pay(self, act: Payment) -> bool:
        budget = self.budgets.get(act.budget)
        if budget is None or not 1 <= act.amount <= budget.left:
            return False
        budget.spent += act.amount
        self.payments[act.id] = [act.budget, act.amount]
        return True

    def _reverse(self, act: Reversal) -> bool:
        number, left = self.payments.get(act.payment, [0, 0])
        if not 1 <= act.amount <= left:
            return False
        self.payments[act.payment][1] -= act.amount
        self.budgets[number].spent -= act.amount
        return True

    def _settle(self, act: Settlement) -> bool:
        budget = self.budgets.get(act.budget)
        if budget is None or budget.settled or budget.spent != act.spent:
            return False
        budget.settled = budget.disclosed or not budget.emergency
        return budget.settled

    def add(self, budget: Budget) -> None:
        """Give a budget the next number."""
        self.budgets[len(self.budgets) + 1] = budget


class FundMachine(RuleBasedStateMachine):
    """Every rule takes a step on both sides and compares what came of it."""

    book: ClassVar[FundBook]
    voted: ClassVar[Voted]

    def __init__(self) -> None:
        super().__init__()
        self.w3 = self.book.world.w3
        self.anchor = self.w3.provider.make_request("evm_snapshot", [])["result"]
        self.start = self.w3.eth.block_number
        self.model = Model(now=self.book.world.now() + 1)
        self.acts: list[tuple[Act, tuple[bytes, bytes]]] = []

    def teardown(self) -> None:
        """Compute the ledger from its events alone, and put the chain back."""
        assert self._fold() == self.model.budgets
        self.w3.provider.make_request("evm_revert", [self.anchor])

    def _try(self, call: Any, sender: str) -> bool:
        """Mine the call one second on; whether it was taken."""
        self.model.now += 1
        self.w3.provider.make_request("evm_setNextBlockTimestamp", [self.model.now])
        sent = call.transact({"from": sender, "gas": 1_500_000})
        receipt = self.w3.eth.wait_for_transaction_receipt(sent, poll_latency=0.001)
        return bool(receipt["status"] == 1)

    def _enter(self, act: Act, keys: tuple[bytes, bytes]) -> None:
        taken = self._try(self.book.call(act, *keys), self.book.world.stranger)
        assert self.model.enter(act, keys) == taken

    def _new(self, act: Act, keys: tuple[bytes, bytes], wait: bool) -> None:
        """Sign an act, and bring it now or leave it for later."""
        self.acts.append((act, keys))
        if not wait:
            self._enter(act, keys)

    @rule(days=st.sampled_from([0.3, 1, 31]))
    def time_passes(self, days: float) -> None:
        """Chain time moves on; what was signed holds for a day."""
        self.model.now += int(days * DAY)
        self.w3.provider.make_request("evm_setNextBlockTimestamp", [self.model.now])
        self.w3.provider.make_request("evm_mine", [])

    @rule(line=st.sampled_from([0, 0, 1, 1, 2, 3]))
    def open_budget(self, line: int) -> None:
        """Anyone opens what was voted, or was not."""
        taken = self._try(self.book.opening(self.voted, line), self.book.world.stranger)
        assert taken == (line in OPENABLE and line not in self.model.motions)
        if taken:
            self.model.motions.add(line)
            self.model.add(Budget(AMOUNTS[line]))

    @rule(
        amount=st.sampled_from([0, 1, 400, 400, MAX_AMOUNT + 1]),
        hazard=st.sampled_from([0, 1, 2, 3, 6, 7]),
        keys=st.sampled_from(KEYS),
        wait=st.booleans(),
    )
    def emergency(self, amount: int, hazard: int, keys: tuple[bytes, bytes], wait: bool) -> None:
        """A budget without a vote."""
        self._new(self.book.emergency(amount, hazard=hazard), keys, wait)

    @rule(
        budget=st.sampled_from([1, 1, 1, 2, 2, 3, 0]),
        amount=st.sampled_from([0, 1, 300, 400, 700, 1_000]),
        keys=st.sampled_from(KEYS),
        wait=st.sampled_from([False, False, True]),
    )
    def pay(self, budget: int, amount: int, keys: tuple[bytes, bytes], wait: bool) -> None:
        """A payment, within the budget or not."""
        self._new(self.book.payment(budget, amount), keys, wait)

    @rule(budget=st.integers(1, 3), over=st.integers(0, 1))
    def pay_the_rest(self, budget: int, over: int) -> None:
        """All that is left, or one fen more."""
        left = self.model.budgets[budget].left if budget in self.model.budgets else 0
        self._new(self.book.payment(budget, left + over), GOOD, False)

    @rule(at=st.integers(0, 30), amount=st.sampled_from([0, 1, 299, 300, 400]), keys=st.sampled_from(KEYS))
    def reverse(self, at: int, amount: int, keys: tuple[bytes, bytes]) -> None:
        """A correction of some payment, or of what is none."""
        ids = [*self.model.payments, b"\0" * 32]
        self._new(self.book.reversal(ids[at % len(ids)], amount), keys, False)

    @rule(budget=st.integers(1, 3), off=st.sampled_from([0, 0, 0, 1]), keys=st.sampled_from(KEYS))
    def settle(self, budget: int, off: int, keys: tuple[bytes, bytes]) -> None:
        """A settlement over what was spent, or over another sum."""
        spent = self.model.budgets[budget].spent if budget in self.model.budgets else 0
        self._new(self.book.settlement(budget, spent + off), keys, False)

    @rule(at=st.integers(0, 60))
    def bring_again(self, at: int) -> None:
        """Whatever was signed before, brought again or for the first time."""
        if self.acts:
            self._enter(*self.acts[at % len(self.acts)])

    @rule(at=st.integers(0, 60), party=st.sampled_from([True, True, False]))
    def revoke(self, at: int, party: bool) -> None:
        """An official revokes what was signed."""
        if not self.acts:
            return
        id_ = self.acts[at % len(self.acts)][0].id
        world = self.book.world
        sender = world.supervisor if party else world.operator
        taken = self._try(self.book.ledger.functions.revoke(id_), sender)
        assert taken == (party and id_ not in self.model.used)
        if taken:
            self.model.used.add(id_)

    @rule(budget=st.integers(1, 3), party=st.sampled_from([True, True, False]))
    def disclose(self, budget: int, party: bool) -> None:
        """An official discloses, or somebody else."""
        world = self.book.world
        sender = world.committee if party else world.stranger
        taken = self._try(self.book.ledger.functions.discloseEmergency(budget, DOCUMENTS), sender)
        one = self.model.budgets.get(budget)
        assert taken == (party and one is not None and one.emergency and not one.disclosed)
        if taken and one is not None:
            one.disclosed = True

    @invariant()
    def same_ledger(self) -> None:
        """Every budget is the model's, and none has spent more than it has."""
        functions = self.book.ledger.functions
        assert len(self.model.budgets) == functions.budgetCount().call()
        for number, budget in self.model.budgets.items():
            kept = self.book.read(number)
            found = Budget(
                kept["amount"],
                kept["disclosureDue"] > 0,
                kept["spent"],
                kept["settledAt"] > 0,
                kept["disclosedAt"] > 0,
            )
            assert budget == found
            assert budget.left == self.book.left(number)
            assert 0 <= budget.spent <= budget.amount

    # -- from the events alone -----------------------------------------------------------------------------------

    def _fold(self) -> dict[int, Budget]:
        budgets: dict[int, Budget] = {}
        payments: dict[bytes, list[int]] = {}
        for name, values in self._events():
            number = values.get("budget", 0)
            if name == "BudgetOpened":
                budgets[number] = Budget(values["amount"])
            elif name == "EmergencyBudgetOpened":
                budgets[number] = Budget(values["request"]["amount"], emergency=True)
            elif name == "EmergencyDisclosed":
                budgets[number].disclosed = True
            elif name == "PaymentMade":
                payments[values["payment"]] = [number, values["request"]["amount"]]
            elif name == "PaymentReversed":
                payments[values["payment"]][1] -= values["request"]["amount"]
            elif name == "BudgetSettled":
                budgets[number].settled = True
                assert values["freed"] == budgets[number].amount - values["request"]["spent"]
            if "request" in values:
                self._check_signatures(name, values)
        for number, left in payments.values():
            budgets[number].spent += left
        return budgets

    def _events(self) -> list[tuple[str, Any]]:
        """Every event of the ledger in order."""
        ledger = self.book.ledger
        names = [
            entry["name"] for entry in ledger.abi if entry["type"] == "event" and "712" not in entry["name"]
        ]
        found = [one for name in names for one in ledger.events[name]().get_logs(from_block=self.start)]
        found.sort(key=lambda one: (one["blockNumber"], one["logIndex"]))
        return [(one["event"], one["args"]) for one in found]

    def _check_signatures(self, name: str, values: Any) -> None:
        kind = {
            "EmergencyBudgetOpened": EmergencyBudget,
            "PaymentMade": Payment,
            "PaymentReversed": Reversal,
            "BudgetSettled": Settlement,
        }[name]
        request = dict(values["request"])
        request["documents"] = [Document(one["kind"], one["hash"]) for one in request["documents"]]
        digest = act_digest(self.book.world.chain_id, self.book.ledger.address, kind(*request.values()))
        for side, key in (("committee", COMMITTEE_KEY), ("supervisor", SUPERVISOR_KEY)):
            approval = values["approvals"][side]
            signature = from_compact(approval["r"], approval["vs"])
            assert address_of(key) == approval["signer"] == recover_signer(digest, signature)


@pytest.mark.chain
def test_fund_machine(anvil_chain: Web3) -> None:
    """No sequence of acts makes contract and model differ."""
    before = anvil_chain.provider.make_request("evm_snapshot", [])["result"]
    FundMachine.book = FundBook.open(build_world(anvil_chain))
    FundMachine.voted = FundMachine.book.vote(AMOUNTS, MOTIONS, CHOICES)
    try:
        run_state_machine_as_test(
            FundMachine,
            settings=settings(
                max_examples=5,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
                database=None,
            ),
        )
    finally:
        anvil_chain.provider.make_request("evm_revert", [before])
