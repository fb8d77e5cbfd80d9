"""A stateful machine: any steps in any order, on the contract and on a plain Python model of a meeting.

Chain state is anchored once an example and put back at its end, so that every example starts from the same chain.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from web3 import Web3
from web3.logs import DISCARD

from chain_world import DAY, World, build_world, motion, owner_key
from wanjia.domain.rollwords import pack_roll

OWNERS, STRANGER_VOTER, UNREGISTERED = 10, 30, 11
MOTIONS = [motion(4), motion(7), motion(3, 1, 1), motion(3, 1, 1)]
OPENS, VOTING, PAPER, OBJECTIONS, ROLL_PERIOD = 20 * DAY, 10 * DAY, DAY, 7 * DAY, 7 * DAY
HASH = b"\x07" * 32


@dataclass
class Model:
    """What a meeting is, without a chain: times, roll, ballots."""

    convened_at: int
    now: int
    consented: bool = False
    roll: dict[int, int] = field(default_factory=dict)
    published_at: int | None = None
    sealed: bool = False
    closes_at: int = 0
    ballots: dict[int, list[int]] = field(default_factory=dict)
    declared_at: int | None = None
    final: bool = False
    void: bool = False

    @property
    def opens_at(self) -> int:
        """The opening."""
        return self.convened_at + OPENS

    @property
    def state(self) -> int:
        """The state's number as in the protocol."""
        if self.void:
            return 8
        if self.final:
            return 6
        if self.declared_at is not None:
            return 5
        if self.now < self.opens_at:
            return 2 if self.consented else 1
        if not (self.consented and self.sealed):
            return 7
        return 3 if self.now < self.closes_at else 4

    def skip(self, voter: int, choices: list[int], key_of: int) -> int:
        """Why a ballot signed by the key of `key_of` is skipped, or 0."""
        if voter not in self.roll:
            return 1
        if voter in self.ballots:
            return 2
        if 3 in choices:
            return 3
        if choices[2] == 1 == choices[3]:
            return 4
        if voter == UNREGISTERED:
            return 5
        return 6 if key_of != voter else 0

    def sums(self, number: int, choice: int) -> tuple[int, int]:
        """Area and heads of a choice."""
        voters = [voter for voter, choices in self.ballots.items() if choices[number] == choice]
        return sum(self.roll[voter] for voter in voters), len(voters)


class MeetingMachine(RuleBasedStateMachine):
    """Every rule takes a step on both sides and compares what came of it."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.anchor = self.world.w3.provider.make_request("evm_snapshot", [])["result"]
        start = self.world.now() + 10
        self._at(start)
        content = self.world.convening(
            motions=MOTIONS, opensAt=start + OPENS, closesAt=start + OPENS + VOTING
        )
        self._try(self.world.meeting.functions.convene(content), self.world.committee)
        self.world.convene_hashes[1] = self.world.summary(1)["conveneHash"]
        self.model = Model(convened_at=start, now=start, closes_at=start + OPENS + VOTING)

    def teardown(self) -> None:
        """Put the chain back."""
        self.world.w3.provider.make_request("evm_revert", [self.anchor])

    def _at(self, moment: int) -> None:
        """Let the next block be mined exactly then."""
        self.world.w3.provider.make_request("evm_setNextBlockTimestamp", [moment])

    def _try(self, call: Any, sender: str) -> Any:
        """Mine the call one second on; None when it is refused (by an error of our own)."""
        if hasattr(self, "model"):
            self.model.now += 1
            self._at(self.model.now)
        receipt = self.world.w3.eth.wait_for_transaction_receipt(
            call.transact({"from": sender, "gas": 10_000_000}), poll_latency=0.001
        )
        return receipt if receipt["status"] == 1 else None

    @rule(wait=st.sampled_from([60, DAY, 3 * DAY, 7 * DAY, 10 * DAY]))
    def time_passes(self, wait: int) -> None:
        """Chain time moves on."""
        self.model.now += wait
        self._at(self.model.now)
        self.world.w3.provider.make_request("evm_mine", [])

    @rule()
    def consent(self) -> None:
        """The supervisor consents, in time or too late."""
        call = self.world.meeting.functions.consent(1, self.world.convene_hashes[1])
        receipt = self._try(call, self.world.supervisor)
        allowed = self.model.state == 1 and self.model.now + 15 * DAY <= self.model.opens_at
        assert allowed == (receipt is not None)
        self.model.consented |= allowed

    @rule(areas=st.dictionaries(st.integers(1, 11), st.integers(1, 2**32 - 1), min_size=1, max_size=11))
    def publish(self, areas: dict[int, int]) -> None:
        """The committee publishes both words anew."""
        words = ([*pack_roll(areas), 0])[:2]
        receipt = self._try(self.world.meeting.functions.publishRoll(1, 0, words), self.world.committee)
        allowed = self.model.state in (1, 2) and not self.model.sealed
        assert allowed == (receipt is not None)
        if allowed:
            self.model.roll, self.model.published_at = dict(areas), self.model.now

    @rule(wrong=st.booleans())
    def seal(self, wrong: bool) -> None:
        """The supervisor seals what was published, or something else."""
        digest = self.world.summary(1)["rollDigest"]
        area = sum(self.model.roll.values()) + wrong
        call = self.world.meeting.functions.sealRoll(1, digest, area, len(self.model.roll))
        receipt = self._try(call, self.world.supervisor)
        waited = (
            self.model.published_at is not None and self.model.now >= self.model.published_at + ROLL_PERIOD
        )
        allowed = self.model.state == 2 and not self.model.sealed and waited and not wrong
        assert allowed == (receipt is not None)
        self.model.sealed |= allowed

    @rule(
        ballots=st.lists(
            st.tuples(
                st.sampled_from([*range(1, UNREGISTERED + 1), STRANGER_VOTER]),
                st.lists(st.sampled_from([0, 1, 1, 2, 2, 3]), min_size=4, max_size=4),
                st.sampled_from([0, 0, 0, 0, 1]),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def cast(self, ballots: list[tuple[int, list[int], int]]) -> None:
        """Anyone casts a batch, good and bad mixed."""
        records = b"".join(
            self.world.ballot(
                1, voter, sum(c << 2 * i for i, c in enumerate(choices)), owner_key(voter + off)
            )
            for voter, choices, off in ballots
        )
        receipt = self._try(self.world.meeting.functions.cast(1, records), self.world.stranger)
        assert (self.model.state == 3) == (receipt is not None)
        if receipt is None:
            return
        expected = []
        for position, (voter, choices, off) in enumerate(ballots):
            reason = self.model.skip(voter, choices, voter + off)
            if reason:
                expected.append((position, voter, reason))
            else:
                self.model.ballots[voter] = choices
        events = self.world.meeting.events.BallotSkipped().process_receipt(receipt, errors=DISCARD)
        assert expected == [(e["args"]["position"], e["args"]["voter"], e["args"]["reason"]) for e in events]

    @rule(days=st.integers(-1, 55))
    def extend(self, days: int) -> None:
        """The committee moves the close."""
        closes_at = self.model.closes_at + days * DAY
        receipt = self._try(self.world.meeting.functions.extend(1, closes_at, HASH), self.world.committee)
        later = self.model.closes_at < closes_at <= self.model.opens_at + 60 * DAY
        allowed = self.model.state in (1, 2, 3) and later
        assert allowed == (receipt is not None)
        if allowed:
            self.model.closes_at = closes_at

    @rule()
    def declare(self) -> None:
        """Anyone declares the result."""
        receipt = self._try(self.world.meeting.functions.declareResult(1), self.world.stranger)
        allowed = self.model.state == 4 and self.model.now >= self.model.closes_at + PAPER
        assert allowed == (receipt is not None)
        if allowed:
            self.model.declared_at = self.model.now

    @rule()
    def finalize(self) -> None:
        """Anyone makes it final."""
        receipt = self._try(self.world.meeting.functions.finalize(1), self.world.stranger)
        declared = self.model.declared_at
        allowed = self.model.state == 5 and declared is not None and self.model.now >= declared + OBJECTIONS
        assert allowed == (receipt is not None)
        self.model.final |= allowed

    @precondition(lambda self: self.model.state in (4, 5, 6, 7))
    @rule()
    def void(self) -> None:
        """The supervisor voids, late in a meeting's life so that examples get there."""
        receipt = self._try(self.world.meeting.functions.voidMeeting(1, HASH), self.world.supervisor)
        allowed = self.model.state not in (6, 8)
        assert allowed == (receipt is not None)
        self.model.void |= allowed

    @invariant()
    def same_meeting(self) -> None:
        """State, totals, turnout and every sum are the model's."""
        summary = self.world.summary(1)
        assert self.model.state == summary["state"]
        assert self.model.closes_at == summary["closesAt"]
        total = (sum(self.model.roll.values()), len(self.model.roll))
        assert total == (summary["total"]["area"], summary["total"]["heads"])
        if not self.model.sealed:
            return
        for number in range(len(MOTIONS)):
            decision = self.world.decision(1, number)
            assert self.model.sums(number, 1) == (decision["inFavour"]["area"], decision["inFavour"]["heads"])
            assert self.model.sums(number, 2) == (decision["against"]["area"], decision["against"]["heads"])
            part = (sum(self.model.roll[v] for v in self.model.ballots), len(self.model.ballots))
            assert part == (decision["part"]["area"], decision["part"]["heads"])


class OpenMeetingMachine(MeetingMachine):
    """The same from an open meeting on, so that most examples are about ballots and results."""

    def __init__(self) -> None:
        super().__init__()
        self.consent()
        self.publish({voter: 4_000 + 37 * voter for voter in range(1, UNREGISTERED + 1)})
        self.time_passes(ROLL_PERIOD)
        self.seal(wrong=False)
        self.time_passes(self.model.opens_at - self.model.now)
        assert self.model.state == 3


@pytest.mark.chain
@pytest.mark.slow
@pytest.mark.parametrize("machine", [MeetingMachine, OpenMeetingMachine])
def test_meeting_machine(anvil_chain: Web3, machine: type[MeetingMachine]) -> None:
    """No sequence of steps makes contract and model differ."""
    before = anvil_chain.provider.make_request("evm_snapshot", [])["result"]
    machine.world = build_world(anvil_chain)
    machine.world.register(range(1, OWNERS + 1))
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=14,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
                derandomize=True,
                database=None,
            ),
        )
    finally:
        anvil_chain.provider.make_request("evm_revert", [before])
