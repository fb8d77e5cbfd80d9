"""Counts every ballot again from the events alone, by docs/protocol.md and by nothing else."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from wanjia.audit.findings import Text
from wanjia.audit.history import Event, History
from wanjia.audit.keys import Keys
from wanjia.audit.meetings import Meeting, Motion
from wanjia.audit.secret.opened import Opened
from wanjia.audit.signatures import ballot_digest, signer
from wanjia.wsb.ballot import Ciphertext

RECORD_BYTES = 77
NOT_ON_ROLL, ALREADY_CAST, INVALID_CHOICE, OVER_GROUP_CAP, NOT_REGISTERED, BAD_SIGNATURE = range(1, 7)
EVEN_BITS = 0x5555555555555555


@dataclass(slots=True)
class Sum:
    """Area (0.01 m²) and heads, added up."""

    area: int = 0
    heads: int = 0

    def add(self, area: int) -> None:
        """Add one owner."""
        self.area += area
        self.heads += 1

    def __str__(self) -> str:
        return f"{self.heads:,} / {self.area // 100:,}.{self.area % 100:02d} m²"


@dataclass(slots=True)
class Count:
    """One meeting recounted. ``faults`` is what each ballot check found, by its id."""

    motions: int
    part: Sum = field(default_factory=Sum)
    in_favour: list[Sum] = field(default_factory=list)
    against: list[Sum] = field(default_factory=list)
    records: int = 0
    counted: int = 0
    """Records the chain counted."""
    skipped: int = 0
    batches: int = 0
    voters: set[int] = field(default_factory=set)
    objectors: dict[int, str] = field(default_factory=dict)
    """Key in force of who objected, by the objection's number."""
    good: list[tuple[int, tuple[Ciphertext, ...]]] = field(default_factory=list)
    """Of a secret meeting: area and ciphertexts of each good ballot, in the order cast."""
    opened: Opened | None = None
    """Of a secret meeting: the recounted sums, and what the trustees opened."""
    faults: defaultdict[str, list[Text]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        self.in_favour = [Sum() for _ in range(self.motions)]
        self.against = [Sum() for _ in range(self.motions)]

    def fault(self, check: str, zh: str, en: str) -> None:
        """Keep what is wrong with a ballot."""
        self.faults[check].append(Text(zh, en))


class Recount:
    """Walks a meeting's batches with the keys in force at each. Ballots are open; see ``audit.secret`` for others."""

    record_bytes = RECORD_BYTES

    def __init__(self, history: History, meeting: Meeting) -> None:
        motions = meeting.convening.motions if meeting.convening else ()
        self.meeting = meeting
        self.count = Count(len(motions))
        self._roll = meeting.sealed_roll()
        self._digest = ballot_digest(history.chain_id, meeting.contract, meeting.number, meeting.convene_hash)
        self._stray = ~((1 << (2 * len(motions))) - 1)
        self._caps = [
            (sum(1 << (2 * at) for at, _ in members), min(motion.cap for _, motion in members))
            for members in _groups(meeting)
        ]
        self._skips: list[Event] = []
        self._closes_at = meeting.convening.closes_at if meeting.convening else 0

    def follow(self, event: Event, keys: Keys) -> None:
        """Take one event of this meeting."""
        if event.name == "BallotSkipped":
            self._skips.append(event)
        elif event.name == "BallotsCast":
            self._batch(event, keys)
        elif event.name == "ObjectionRaised":
            self.count.objectors[event.args["objection"]] = keys.of.get(event.args["voter"], "")
        elif event.name == "MeetingExtended":
            self._closes_at = event.args["closesAt"]

    def finish(self) -> Count:
        """Give the count; skips that no batch followed are faults."""
        for skip in self._skips:
            where = f"{skip.block}/{skip.position}"
            self.count.fault(
                "ballot.skips", f"跳过事件 {where} 没有对应的批次", f"skip {where} belongs to no batch"
            )
        return self.count

    def _batch(self, event: Event, keys: Keys) -> None:
        count, where = self.count, f"{event.block}/{event.position}"
        records = event.args["records"]
        size = self.record_bytes
        if not records or len(records) % size:
            count.fault(
                "ballot.calldata", f"批次 {where} 长度不对", f"batch {where} has {len(records)} bytes"
            )
            return
        in_time = self._in_time(event, where)
        skips = self._skips_of(event, where)
        count.batches += 1
        for position in range(len(records) // size):
            record = records[position * size : (position + 1) * size]
            skip = skips.pop(position, None)
            self._record(record, skip, keys, f"{where}#{position}", in_time=in_time)
        for position in skips:
            count.fault(
                "ballot.skips",
                f"批次 {where} 没有第 {position} 条",
                f"batch {where} has no record {position}",
            )

    def _in_time(self, event: Event, where: str) -> bool:
        convening = self.meeting.convening
        if convening and convening.opens_at <= event.time < self._closes_at:
            return True
        self.count.fault(
            "ballot.window",
            f"批次 {where} 在投票时间之外（{event.time}）",
            f"batch {where} is outside the window ({event.time})",
        )
        return False

    def _skips_of(self, event: Event, where: str) -> dict[int, Event]:
        """Take the skips of this batch's own transaction; a position named twice is a fault."""
        mine: dict[int, Event] = {}
        rest = []
        for skip in self._skips:
            if skip.transaction != event.transaction:
                rest.append(skip)
            elif mine.setdefault(skip.args["position"], skip) is not skip:
                twice = skip.args["position"]
                self.count.fault(
                    "ballot.skips", f"{where}#{twice} 跳过两次", f"{where}#{twice} is skipped twice"
                )
        self._skips = rest
        return mine

    def _record(self, record: bytes, skip: Event | None, keys: Keys, where: str, *, in_time: bool) -> None:
        count = self.count
        voter = int.from_bytes(record[:4], "big")
        reason = self._reason(voter, record, keys)
        count.records += 1
        if skip is None:
            count.counted += 1
            if reason:
                self._blame(voter, record, keys, where)
        else:
            count.skipped += 1
            if skip.args["reason"] != reason or skip.args["voter"] != voter:
                said = skip.args["reason"]
                count.fault(
                    "ballot.skips",
                    f"{where} 以理由 {said} 跳过，重查得 {reason or '应计票'}",
                    f"{where} was skipped for reason {said}; the recount says {reason or 'counted'}",
                )
        if not reason and in_time:
            self._add(voter, record)

    def _reason(self, voter: int, record: bytes, keys: Keys) -> int:
        """Why a record must be skipped, in the protocol's order of checks; 0 when it counts."""
        choices = _choices(record)
        if not self._roll.get(voter):
            return NOT_ON_ROLL
        if voter in self.count.voters:
            return ALREADY_CAST
        if not self._readable(choices):
            return INVALID_CHOICE
        if self._over_cap(choices):
            return OVER_GROUP_CAP
        key = keys.of.get(voter)
        if key is None:
            return NOT_REGISTERED
        return 0 if signer(self._digest(voter, choices), record[12:]) == key else BAD_SIGNATURE

    def _readable(self, choices: int) -> bool:
        return not choices & self._stray and not choices & (choices >> 1) & EVEN_BITS

    def _over_cap(self, choices: int) -> bool:
        supported = choices & ~(choices >> 1) & EVEN_BITS
        return any((supported & mask).bit_count() > cap for mask, cap in self._caps)

    def _blame(self, voter: int, record: bytes, keys: Keys, where: str) -> None:
        """Say everything that is wrong with a record the chain counted."""
        choices = _choices(record)
        self._say(
            voter,
            where,
            (not self._readable(choices), "ballot.choice", "选择无法识别", "has a choice nobody can read"),
            (self._over_cap(choices), "ballot.cap", "超过分组上限", "is over a group's cap"),
        )
        self._blame_voter(voter, signer(self._digest(voter, choices), record[12:]), keys, where)

    def _blame_voter(self, voter: int, signed_by: str | None, keys: Keys, where: str) -> None:
        """Say what is wrong with who cast a record, whatever it holds."""
        self._say(
            voter,
            where,
            (not self._roll.get(voter), "ballot.on-roll", "不在名册", "is not on the roll"),
            (voter in self.count.voters, "ballot.once", "重复计票", "is counted twice"),
            (signed_by not in keys.known, "ballot.signature", "没有业主签名", "bears no owner's signature"),
            (
                signed_by is None or signed_by != keys.of.get(voter),
                "ballot.registered",
                "签名者不是当时登记的钥匙",
                "is not signed by the key registered then",
            ),
        )

    def _say(self, voter: int, where: str, *found: tuple[bool, str, str, str]) -> None:
        for wrong, check, zh, en in found:
            if wrong:
                self.count.fault(check, f"{where}（业主 {voter}）{zh}", f"{where} (voter {voter}) {en}")

    def _add(self, voter: int, record: bytes) -> None:
        area, choices = self._take_part(voter), _choices(record)
        for motion in range(self.count.motions):
            choice = choices >> (2 * motion) & 3
            if choice == 1:
                self.count.in_favour[motion].add(area)
            elif choice == 2:  # noqa: PLR2004  0 abstain, 1 for, 2 against
                self.count.against[motion].add(area)

    def _take_part(self, voter: int) -> int:
        """Count who took part; give the area that weighs."""
        self.count.voters.add(voter)
        self.count.part.add(self._roll[voter])
        return self._roll[voter]


def _choices(record: bytes) -> int:
    return int.from_bytes(record[4:12], "big")


def _groups(meeting: Meeting) -> list[list[tuple[int, Motion]]]:
    motions = meeting.convening.motions if meeting.convening else ()
    grouped = sorted(
        ((at, motion) for at, motion in enumerate(motions) if motion.group), key=lambda m: m[1].group
    )
    return [list(members) for _, members in groupby(grouped, key=lambda m: m[1].group)]


def recount(
    history: History,
    counts: dict[int, Recount],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> dict[int, Count]:
    """Count meetings again, by their numbers, in one walk over all events."""
    keys = Keys()
    for done, event in enumerate(history.events):
        if event.contract == history.contracts.registry:
            keys.apply(event)
        elif event.meeting in counts and event.contract == counts[event.meeting].meeting.contract:
            if event.name == "BallotsCast":
                progress("ballots", done, len(history.events))
            counts[event.meeting].follow(event, keys)
    return {number: one.finish() for number, one in counts.items()}
