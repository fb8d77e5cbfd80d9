"""A secret meeting on a test chain: convened, its keys adopted, ballots encrypted and cast, sums opened."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from web3.logs import DISCARD

from ceremony import Ceremony
from chain_world import TRANSACTION_GAS, World, motion, owner_key
from wanjia.chain.eip712 import secret_ballot_digest
from wanjia.chain.signing import sign_digest
from wanjia.wsb.ballot import Record, ballot_hash
from wanjia.wsb.context import Keys
from wanjia.wsb.decryption import Aggregate, Sealed, opened, stage_aggregates
from wanjia.wsb.discrete_log import discrete_log
from wanjia.wsb.form import Form
from wanjia.wsb.proof import Draw, draw_scalar
from wanjia.wsb.proving import make_ballot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from wanjia.domain.ballots import Choice
    from wanjia.wsb.ballot import Body

ORDINARY = tuple(motion(4) for _ in range(5))


@dataclass
class SecretHall:
    """One secret meeting of a world. ``cast`` holds what was counted: voter to choices."""

    world: World
    number: int
    roll: Mapping[int, int]
    ceremony: Ceremony
    form: Form
    cast: dict[int, Sequence[Choice]] = field(default_factory=dict)

    @classmethod
    def open(
        cls,
        world: World,
        roll: Mapping[int, int],
        motions: Sequence[Mapping[str, Any]] = ORDINARY,
        trustees: tuple[int, int] = (3, 2),
        draw: Draw = draw_scalar,
        hold: Callable[[Ceremony], None] = Ceremony.hold,
        **changes: Any,
    ) -> SecretHall:
        """Lead a new secret meeting to Open over this roll, with ``(n, t)`` trustees whose ceremony ``hold`` leads."""
        held = replace(world, meeting=world.secret)
        number = held.convene(motions=list(motions), **changes)
        held.consent(number)
        ceremony = Ceremony.of(held, number, *trustees, draw)
        hold(ceremony)
        held.publish(number, roll)
        held.seal(number)
        held.send(held.secret.functions.adoptKeys(number), held.stranger)
        held.move_to(held.summary(number)["opensAt"])
        words = held.board.functions.keysOf(number).call()[3]
        form = Form(
            bytes(held.secret.functions.contextOf(number).call()),
            Keys((words[0], words[1]), (words[2], words[3])),
            tuple((one["group"], one["cap"]) for one in motions),
        )
        return cls(held, number, roll, ceremony, form)

    def body(self, voter: int, choices: Sequence[Choice]) -> Body:
        """An encrypted and proven ballot."""
        return make_ballot(self.form, voter, choices, self.ceremony.draw)

    def record(self, voter: int, body: bytes, key: bytes | None = None) -> bytes:
        """A body as it is cast, signed by the voter's key."""
        digest = secret_ballot_digest(
            self.world.chain_id,
            self.world.secret.address,
            self.number,
            voter,
            ballot_hash(self.form.context, body),
        )
        return Record(voter, sign_digest(key or owner_key(voter), digest), body).pack()

    def ballot(self, voter: int, choices: Sequence[Choice]) -> bytes:
        """A record that counts; remembered as counted."""
        self.cast[voter] = choices
        return self.record(voter, self.body(voter, choices).bytes)

    def vote(self, ballots: Mapping[int, Sequence[Choice]], batch: int = 10) -> list[Any]:
        """Cast good ballots in batches and give the receipts."""
        records = [self.ballot(voter, choices) for voter, choices in ballots.items()]
        return [
            self.world.cast(self.number, *records[at : at + batch], gas=20_000_000)
            for at in range(0, len(records), batch)
        ]

    def skipped(self, receipt: Any) -> list[tuple[int, int, int]]:
        """Position, voter and reason of each record of a batch that did not count."""
        events = self.world.secret.events.BallotSkipped().process_receipt(receipt, errors=DISCARD)
        return [(one["args"]["position"], one["args"]["voter"], one["args"]["reason"]) for one in events]

    # -- after the close -----------------------------------------------------------------------------------------

    def close(self) -> None:
        """Wait out voting and paper period."""
        summary = self.world.summary(self.number)
        self.world.move_to(summary["closesAt"] + summary["rules"]["paperPeriod"])

    def seal(self) -> Any:
        """Freeze the sums."""
        return self.world.send(self.world.secret.functions.seal(self.number), self.world.stranger)

    def undecided(self) -> list[int]:
        """The motions that heads and coarse areas do not settle."""
        mask = self.world.secret.functions.undecidedOf(self.number).call()
        return [at for at in range(len(self.form.motions)) if mask >> at & 1]

    def open_stage(self, stage: int) -> None:
        """The first ``t`` trustees post their shares of a stage's sums, and the sums are opened."""
        motions = self.undecided() if stage else list(range(len(self.form.motions)))
        aggregates = stage_aggregates(stage, motions)
        functions = self.world.board.functions
        sealed = Sealed(self.form.context, bytes(self.world.secret.functions.sealHashOf(self.number).call()))
        shares: dict[int, list[Any]] = {}
        openers = self.ceremony.trustees[: self.ceremony.threshold]
        for one in openers:
            made = [
                sealed.make_share(one.number, each, one.shares[each.side], self._points(each)[0])
                for each in aggregates
            ]
            shares[one.number] = made
            words = [word for share in made for word in share.words]
            self.world.send(functions.postShares(self.number, stage, 0, words), one.account, TRANSACTION_GAS)
        values = [
            discrete_log(
                opened(self._points(each)[1 + each.side], {n: made[at].point for n, made in shares.items()}),
                0,
                sum(self.roll.values()),
            )
            for at, each in enumerate(aggregates)
        ]
        call = functions.openSums(self.number, stage, 0, [one.number for one in openers], values)
        self.world.send(call, self.world.stranger, TRANSACTION_GAS)

    def _points(self, one: Aggregate) -> list[tuple[int, int]]:
        """``A, B1, B2`` of a sum as the contract has them."""
        words = self.world.secret.functions.aggregateOf(self.number, one.motion, one.level).call()
        return [(words[at], words[at + 1]) for at in (0, 2, 4)]
