"""Judging and adding up encrypted ballots: signatures, proofs, repeated ciphertexts, sums."""

from wanjia.audit.history import History
from wanjia.audit.keys import Keys
from wanjia.audit.meetings import Meeting, Motion
from wanjia.audit.recount import (
    ALREADY_CAST,
    BAD_SIGNATURE,
    NOT_ON_ROLL,
    NOT_REGISTERED,
    Count,
    Recount,
    Sum,
)
from wanjia.audit.secret.opened import AGAINST, FOR, Opened
from wanjia.audit.signatures import secret_ballot_digest, signer
from wanjia.domain.coarse import Rounding
from wanjia.domain.counting import Weight
from wanjia.wsb.ballot import ballot_hash, read_body
from wanjia.wsb.checking import Fault, Reason, faults_of
from wanjia.wsb.context import Keys as Encryption
from wanjia.wsb.form import HEAD_BYTES, Form, groups_of
from wanjia.wsb.group import G, Point, Unreadable, check_point
from wanjia.wsb.tally import add_up

CHECKS = {
    Reason.MALFORMED: "ballot.choice",
    Reason.INVALID_CHOICE: "ballot.choice",
    Reason.OVER_CAP: "ballot.cap",
}


class SecretRecount(Recount):
    """Walks a secret meeting's batches; every proof of every record is checked."""

    def __init__(self, history: History, meeting: Meeting) -> None:
        super().__init__(history, meeting)
        adopted = meeting.first("KeysAdopted")
        motions = meeting.convening.motions if meeting.convening else ()
        keys = Encryption(
            *(_readable(adopted.args[name] if adopted else G) for name in ("keyFor", "keyAgainst"))
        )
        context = adopted.args["context"] if adopted else bytes(32)
        self._form = _form(context, keys, motions)
        self.record_bytes = self._form.record_bytes
        self._signed = secret_ballot_digest(history.chain_id, meeting.contract, meeting.number)
        self._seen: dict[Point, int] = {}
        self._judged: tuple[bytes, list[Fault]] = (b"", [])

    def finish(self) -> Count:
        """Give the count, with the sums added up and what was opened of them."""
        count, meeting = super().finish(), self.meeting
        rounding = Rounding()
        for area, _ in count.good:
            rounding = rounding.take(area)
        part = Weight(count.part.area, count.part.heads)
        motions = meeting.convening.motions if meeting.convening else ()
        opened = Opened(
            add_up(len(motions), count.good),
            rounding,
            part,
            motions,
            sealed=bool(meeting.named("BallotsSealed")),
        )
        opened.follow(meeting)
        count.opened = opened
        if opened.sealed:
            for side, sums in ((FOR, count.in_favour), (AGAINST, count.against)):
                sums[:] = [
                    Sum(opened.area(at, side).lower, opened.heads(at, side)) for at in range(len(motions))
                ]
        return count

    def _reason(self, voter: int, record: bytes, keys: Keys) -> int:
        if not self._roll.get(voter):
            return NOT_ON_ROLL
        if voter in self.count.voters:
            return ALREADY_CAST
        key = keys.of.get(voter)
        if key is None:
            return NOT_REGISTERED
        if self._signer(voter, record) != key:
            return BAD_SIGNATURE
        faults = self._faults(voter, record)
        return faults[0].reason.skip if faults else 0

    def _blame(self, voter: int, record: bytes, keys: Keys, where: str) -> None:
        for fault in self._faults(voter, record):
            self._say(
                voter,
                where,
                (
                    True,
                    CHECKS[fault.reason],
                    f"{fault.place} 的证明不成立（{fault.reason}）",
                    f"has no valid proof for {fault.place} ({fault.reason})",
                ),
            )
        self._blame_voter(voter, self._signer(voter, record), keys, where)

    def _add(self, voter: int, record: bytes) -> None:
        area = self._take_part(voter)
        body = read_body(self._form, record[HEAD_BYTES:])
        ciphertexts = tuple(ciphertext for ciphertext, _ in body.motions)
        self.count.good.append((area, ciphertexts))
        for ciphertext in ciphertexts:
            first = self._seen.setdefault(ciphertext.a, voter)
            if first != voter or sum(one.a == ciphertext.a for one in ciphertexts) > 1:
                self.count.fault(
                    "ballot.fresh",
                    f"业主 {voter} 的密文与业主 {first} 的重复",
                    f"voter {voter} repeats a ciphertext of voter {first}",
                )

    def _signer(self, voter: int, record: bytes) -> str | None:
        hashed = ballot_hash(self._form.context, record[HEAD_BYTES:])
        return signer(self._signed(voter, hashed), record[4:HEAD_BYTES])

    def _faults(self, voter: int, record: bytes) -> list[Fault]:
        """Judge the proofs, once for a record that is asked about twice."""
        if self._judged[0] != record:
            self._judged = (record, faults_of(self._form, voter, record[HEAD_BYTES:]))
        return self._judged[1]


def _readable(key: tuple[int, ...]) -> Point:
    """A key to compute with; of one that may not be read (`keys.context` says so) the generator stands in."""
    try:
        return check_point((key[0], key[1]))
    except Unreadable:
        return G


def _form(context: bytes, keys: Encryption, motions: tuple[Motion, ...]) -> Form:
    """The form of the ballots; groups that no contract accepts (`meeting.lifecycle`) are left out."""
    form = Form(context, keys, tuple((motion.group, motion.cap) for motion in motions))
    try:
        groups_of(form.motions)
    except ValueError:
        return Form(context, keys, tuple((0, 0) for _ in motions))
    return form
