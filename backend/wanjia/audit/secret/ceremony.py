"""One run of a key ceremony as the board tells it, recomputed."""

from dataclasses import dataclass, field

from wanjia.audit.history import Event
from wanjia.wsb.ceremony import (
    COMMIT,
    DEAL,
    REVEAL,
    Run,
    commit_hash,
    commitment,
    enrolment,
    joint_keys,
    possession,
    reveal_hash,
    share_key,
    side_of,
)
from wanjia.wsb.context import Keys, TrusteeSet
from wanjia.wsb.form import SIDES
from wanjia.wsb.group import Point, Unreadable, check_point
from wanjia.wsb.hashing import keccak, words
from wanjia.wsb.proof import Proof, check_proof, holds

APPROVE, COMPLETE = 4, 5
STEPS = {"KeysCommitted": COMMIT, "KeysRevealed": REVEAL, "SharesDealt": DEAL, "KeysApproved": APPROVE}


@dataclass(slots=True)
class Ceremony:
    """Follows the events of one run; ``faults`` says what was wrong, in Chinese and English."""

    run: Run
    trustees: TrusteeSet
    transcript: bytes
    step: int = COMMIT
    done: set[int] = field(default_factory=set)
    committed: dict[int, bytes] = field(default_factory=dict)
    revealed: dict[int, tuple[Point, ...]] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether everybody approved."""
        return self.step == COMPLETE

    @property
    def keys(self) -> Keys:
        """The meeting's keys by what was revealed."""
        return joint_keys(self.revealed.values())

    def share_key(self, trustee: int, side: int) -> Point:
        """A trustee's share key by what was revealed."""
        return share_key(self.revealed.values(), side, trustee)

    def take(self, event: Event) -> None:
        """Judge one step of one trustee."""
        trustee, step = event.args["trustee"], STEPS[event.name]
        if not 1 <= trustee <= len(self.trustees.accounts) or step != self.step or trustee in self.done:
            self._fault(event, "不合次序", "came out of order")
            return
        judge = {COMMIT: self._commit, REVEAL: self._reveal, DEAL: self._deal, APPROVE: self._approve}
        try:
            judge[step](event, trustee)
        except Unreadable:
            self._fault(event, "含有无法读取的点或数", "holds a point or number that may not be read")
        self.done.add(trustee)
        if len(self.done) == len(self.trustees.accounts):
            self.step, self.done = self.step + 1, set()

    def _commit(self, event: Event, trustee: int) -> None:
        key = check_point(tuple(event.args["encryptionKey"]))
        self.committed[trustee] = event.args["commitment"]
        self._write(COMMIT, trustee, commit_hash(event.args["commitment"], key))

    def enrolled(self, event: Event, proof: tuple[int, int]) -> bool:
        """Tell whether a commit's call carried the proof that its key is held."""
        trustee, key = event.args["trustee"], tuple(event.args["encryptionKey"])
        try:
            made = check_proof(Proof((proof[0],), (proof[1],)))
            return holds(enrolment(self.run, trustee, check_point(key)), made)
        except Unreadable:
            return False

    def _reveal(self, event: Event, trustee: int) -> None:
        numbers = event.args["coefficients"]
        pairs = zip(numbers[::2], numbers[1::2], strict=False)
        coefficients = tuple(check_point(pair) for pair in pairs)
        self._write(REVEAL, trustee, reveal_hash(coefficients))
        self.revealed[trustee] = coefficients
        if len(numbers) != 2 * SIDES * self.trustees.threshold:
            self._fault(event, "系数个数不对", "has another number of coefficients")
            return
        if commitment(self.run, trustee, coefficients) != self.committed.get(trustee):
            self._fault(event, "与承诺不符", "does not open its commitment")
        proofs = event.args["proofs"]
        for side in range(SIDES):
            proof = check_proof(Proof((proofs[2 * side],), (proofs[2 * side + 1],)))
            constant = side_of(coefficients, side)[0]
            if not holds(possession(self.run, trustee, side, constant), proof):
                self._fault(event, "没有持有证明", "has no proof of possession")

    def _deal(self, event: Event, trustee: int) -> None:
        self._write(DEAL, trustee, keccak(event.args["shares"]))

    def _approve(self, event: Event, _: int) -> None:
        if event.args["transcript"] != self.transcript:
            self._fault(event, "批准的是另一份记录", "approves another transcript")

    def _write(self, step: int, trustee: int, data_hash: bytes) -> None:
        self.transcript = keccak(words(self.transcript, step, trustee, data_hash))

    def _fault(self, event: Event, zh: str, en: str) -> None:
        where = f"{event.name} {event.block}/{event.position}"
        trustee = event.args["trustee"]
        self.faults.append((f"受托人 {trustee} 的 {where} {zh}", f"{where} of trustee {trustee} {en}"))
