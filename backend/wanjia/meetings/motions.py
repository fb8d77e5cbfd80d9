"""Motions as the committee words them, and what may not be put to a vote."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eth_utils import keccak

from wanjia.domain.ballots import MAX_MOTIONS, MAX_SECRET_MOTIONS
from wanjia.domain.matters import Matter
from wanjia.meetings.findings import Finding, refuse_first

_CONVERSION = re.compile(
    r"住改商|住宅.{0,12}改(变|为|成|作|做|建).{0,8}(经营性?用房|商业用房|商用|商铺|店铺|办公)"
)
"""Turning a dwelling into business premises.

Every affected owner must agree, a majority is not enough (MF 279).
"""


@dataclass(frozen=True, slots=True)
class Wording:
    """One motion: its matter (1-9), its group (0 none) with the group's cap, title and text."""

    matter: int
    group: int
    cap: int
    title: str
    text: str

    @property
    def text_hash(self) -> bytes:
        """``textHash`` of docs/protocol.md."""
        return text_hash(self.title, self.text)


def text_hash(title: str, text: str) -> bytes:
    """keccak256 of title, an empty line and text, each in NFC."""
    return keccak(text=f"{unicodedata.normalize('NFC', title)}\n\n{unicodedata.normalize('NFC', text)}")


def check_motions(motions: Sequence[Wording], ballots: str = "open") -> None:
    """Check the motions of one meeting. Raises ``Refusal`` naming the motion, counted from 1."""
    refuse_first(motion_findings(motions, ballots))


def motion_findings(motions: Sequence[Wording], ballots: str = "open") -> Iterator[Finding]:
    """Give everything that is wrong with the motions of one ``open`` or ``secret`` meeting, a finding a motion."""
    limit = MAX_SECRET_MOTIONS if ballots == "secret" else MAX_MOTIONS
    if not 1 <= len(motions) <= limit:
        code = "SECRET_MOTIONS" if ballots == "secret" and motions else "MEETING_MOTIONS"
        yield Finding("motions", code, {"limit": limit})
    sizes = Counter(motion.group for motion in motions)
    caps: dict[int, int] = {0: 0}
    seen: set[bytes] = set()
    for number, motion in enumerate(motions, start=1):
        place, values = f"motions.{number - 1}", {"motion": number}
        cap = caps.setdefault(motion.group, motion.cap)
        if motion.matter not in set(Matter):
            yield Finding(f"{place}.matter", "MOTION_MATTER", values)
        elif _CONVERSION.search(f"{motion.title}\n{motion.text}"):
            yield Finding(f"{place}.text", "MOTION_CONVERSION", values)
        elif motion.cap != cap or (motion.group and not 1 <= motion.cap <= sizes[motion.group]):
            yield Finding(f"{place}.cap", "MOTION_CAP", values)
        elif motion.text_hash in seen:
            yield Finding(f"{place}.title", "MOTION_REPEATED", values)
        seen.add(motion.text_hash)
