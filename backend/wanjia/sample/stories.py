"""What residents of the sample community raised and what became of it: invented, of everyday kinds, in several states."""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from wanjia.domain.concerns import ConcernKind, Step


@dataclass(frozen=True, slots=True)
class Act:
    """A step some days after the last one; by the level the concern has then, or by who raised it."""

    days: float
    step: Step
    words: str = ""
    photos: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One concern; ``days`` ago it was raised, ``supports`` neighbours stand behind it."""

    days: float
    kind: ConcernKind
    building: str
    title: str
    text: str
    place: str = ""
    public: bool = True
    urgent: bool = False
    supports: int = 0
    photos: tuple[str, ...] = ()
    """Names of drawings that stand for photographs (``photo_of``)."""
    comments: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    rude: str = ""
    """A comment that is hidden; who wrote it appeals with ``appeal``, if with any."""
    appeal: str = ""
    withdrawn: str = ""
    """Why it was taken back, half a day later."""
    by_visitor: bool = False
    """Raised by the first owner a visitor of the sample can be."""
    by_tenant: bool = False


def read_stories() -> list[Story]:
    """Read them, the oldest first."""
    text = files("wanjia.sample").joinpath("stories.json").read_text(encoding="utf-8")
    return [
        Story(
            **row
            | {
                "kind": ConcernKind(row["kind"]),
                "photos": tuple(row.get("photos", ())),
                "comments": tuple(row.get("comments", ())),
                "acts": tuple(map(_act, row.get("acts", ()))),
            }
        )
        for row in json.loads(text)
    ]


def photo_of(name: str) -> bytes:
    """Read a drawing."""
    return files("wanjia.sample").joinpath(f"photo-{name}.jpg").read_bytes()


def _act(row: dict[str, Any]) -> Act:
    return Act(row["days"], Step(row["step"]), row.get("words", ""), tuple(row.get("photos", ())))
