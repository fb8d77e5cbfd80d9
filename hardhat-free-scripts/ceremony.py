"""Trustees of a secret meeting on a test chain: the whole key ceremony, and their shares of the sealed sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wanjia.wsb.ceremony import (
    Polynomials,
    Run,
    commitment,
    enrolment,
    is_share,
    possession,
    secret_shares,
    share_key,
)
from wanjia.wsb.context import TrusteeSet
from wanjia.wsb.dealing import deal, receive
from wanjia.wsb.group import G, Point, multiply
from wanjia.wsb.proof import Draw, draw_scalar, prove

if TYPE_CHECKING:
    from chain_world import World

SIDES = 2


@dataclass
class Trustee:
    """One trustee: its account on the node, its secrets, and what it may open with once the run is complete."""

    number: int
    account: str
    polynomials: Polynomials
    secret: int
    shares: tuple[int, int] = (0, 0)

    @property
    def key(self) -> Point:
        """What others encrypt shares to."""
        return multiply(self.secret, G)

    @property
    def words(self) -> list[int]:
        """The coefficients as they are revealed."""
        return [word for point in self.polynomials.coefficients for word in point]


@dataclass
class Ceremony:
    """A run on the board of a world. ``spent`` adds up the gas of every step, ``dearest`` has the most of each call."""

    world: World
    meeting: int
    threshold: int
    trustees: list[Trustee]
    run: int = 1
    spent: int = 0
    draw: Draw = draw_scalar
    dearest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, world: World, meeting: int, trustees: int = 5, threshold: int = 3, draw: Draw = draw_scalar
    ) -> Ceremony:
        """Trustees with fresh secrets, on the node's last accounts; nothing is sent yet."""
        accounts = world.w3.eth.accounts[-trustees:]
        each = [
            Trustee(i, one, Polynomials.fresh(threshold, draw), draw())
            for i, one in enumerate(accounts, start=1)
        ]
        return cls(world, meeting, threshold, each, draw=draw)

    @property
    def place(self) -> Run:
        """What the proofs of this run are bound to."""
        return Run(self.world.chain_id, self.world.board.address, self.meeting, self.run)

    @property
    def trustee_set(self) -> TrusteeSet:
        """The set that committee and supervisor agree on."""
        accounts = tuple(one.account for one in self.trustees)
        return TrusteeSet(
            self.world.chain_id, self.world.board.address, self.meeting, self.threshold, accounts
        )

    def hold(self) -> None:
        """Every step by everybody, up to the keys."""
        self.appoint()
        for step in (self.commit, self.reveal, self.deal, self.approve):
            for one in self.trustees:
                step(one)

    def appoint(self) -> None:
        """The committee proposes, the supervisor confirms."""
        functions = self.world.board.functions
        accounts = [one.account for one in self.trustees]
        self._send(functions.proposeTrustees(self.meeting, accounts, self.threshold), self.world.committee)
        self._send(functions.confirmTrustees(self.meeting, self.trustee_set.hash), self.world.supervisor)

    def commit(self, one: Trustee) -> None:
        """Commit to coefficients, and enrol the key that shares will be encrypted to."""
        proof = prove(enrolment(self.place, one.number, one.key), 0, one.secret, self.draw)
        bound = commitment(self.place, one.number, one.polynomials.coefficients)
        self._send(
            self.call("commitKeys", bound, one.key, proof.challenges[0], proof.responses[0]), one.account
        )

    def reveal(self, one: Trustee) -> None:
        """Show the coefficients, with proofs that their secrets are held."""
        self._send(self.call("revealKeys", one.words, self.proofs(one)), one.account)

    def proofs(self, one: Trustee) -> list[int]:
        """Possession of both constant coefficients: challenge and response of each."""
        words: list[int] = []
        for side in range(SIDES):
            constant = one.polynomials.coefficients[side * self.threshold]
            statement = possession(self.place, one.number, side, constant)
            proof = prove(statement, 0, one.polynomials.sides[side][0], self.draw)
            words += [proof.challenges[0], proof.responses[0]]
        return words

    def deal(self, one: Trustee) -> None:
        """Send every other trustee its shares."""
        self._send(self.call("dealShares", self.dealt(one)), one.account)

    def dealt(self, one: Trustee) -> bytes:
        """The bytes a trustee deals: its shares encrypted to each other trustee's key."""
        keys = {other.number: other.key for other in self.trustees}
        return deal(self.place, one.number, one.polynomials, keys, self.draw)

    def approve(self, one: Trustee) -> None:
        """Read all shares from the chain, check them, and approve the transcript."""
        events = self.world.board.events.SharesDealt().get_logs(from_block=0)
        dealt = {
            event["args"]["trustee"]: event["args"]["shares"]
            for event in events
            if (event["args"]["meeting"], event["args"]["run"]) == (self.meeting, self.run)
        }
        got = {one.number: (one.polynomials.share(0, one.number), one.polynomials.share(1, one.number))}
        for dealer, shares in dealt.items():
            if dealer != one.number:
                got[dealer] = receive(self.place, dealer, one.number, one.secret, shares)
        for dealer, pair in got.items():
            coefficients = self.trustees[dealer - 1].polynomials.coefficients
            if not all(is_share(coefficients, side, one.number, pair[side]) for side in range(SIDES)):
                raise AssertionError(f"trustee {dealer} dealt a share that its coefficients do not promise")
        one.shares = secret_shares(got)
        self._send(self.call("approveKeys", self.transcript()), one.account)

    def transcript(self) -> bytes:
        """What the board has hashed of the run so far."""
        return bytes(self.world.board.functions.runOf(self.meeting).call()[3])

    def share_keys(self, one: Trustee) -> list[Point]:
        """What the coefficients promise as a trustee's two share keys."""
        revealed = [other.polynomials.coefficients for other in self.trustees]
        return [share_key(revealed, side, one.number) for side in range(SIDES)]

    def call(self, name: str, *arguments: Any) -> Any:
        """A call of the board within this run."""
        return getattr(self.world.board.functions, name)(self.meeting, self.run, *arguments)

    def _send(self, call: Any, sender: str) -> None:
        used = self.world.send(call, sender)["gasUsed"]
        self.spent += used
        self.dearest[call.fn_name] = max(used, self.dearest.get(call.fn_name, 0))
