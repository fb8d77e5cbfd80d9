"""What somebody raised, as the search for topics sees it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter. ``at`` in UTC seconds; ``author`` tells people apart and nothing else; ``place`` may be empty."""

    id: str
    author: str
    at: int
    title: str
    text: str
    place: str = ""
    supports: int = 0
