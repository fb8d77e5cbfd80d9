"""The Convening struct: everything frozen when a meeting is convened (docs/protocol.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from eth_abi import encode
from eth_utils import keccak

from wanjia.meetings.motions import Wording
from wanjia.meetings.rules import Rules

CONVENING_TYPE = (
    "(bytes32,(uint8,uint8,uint8,bytes32)[],bytes32[],uint64,uint64,(bytes32,uint32,uint32,uint32,uint32))"
)

Struct = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Convening:
    """Hashes, motions, times (UTC seconds) and rules, in the order the contract takes them."""

    scope_hash: bytes
    motions: tuple[tuple[int, int, int, bytes], ...]
    documents: tuple[bytes, ...]
    opens_at: int
    closes_at: int
    rules: tuple[bytes, int, int, int, int]

    @property
    def struct(self) -> Struct:
        """The struct as ABI coders take it."""
        return (
            self.scope_hash,
            list(self.motions),
            list(self.documents),
            self.opens_at,
            self.closes_at,
            self.rules,
        )

    @property
    def content_hash(self) -> bytes:
        """keccak256 of the encoded struct alone: the same before and after it has a meeting's number."""
        return keccak(encode([CONVENING_TYPE], [self.struct]))

    def convene_hash(self, chain_id: int, open_meeting: str, meeting: int) -> bytes:
        """``conveneHash`` of docs/protocol.md."""
        return keccak(
            encode(
                ["uint256", "address", "uint256", CONVENING_TYPE],
                [chain_id, open_meeting, meeting, self.struct],
            )
        )

    def as_json(self) -> dict[str, Any]:
        """Plain values; bytes as 0x-hex."""
        rules_hash, notice, roll, paper, objection = self.rules
        return {
            "scope_hash": _hex(self.scope_hash),
            "opens_at": self.opens_at,
            "closes_at": self.closes_at,
            "motions": [
                {"matter": matter, "group": group, "cap": cap, "text_hash": _hex(text)}
                for matter, group, cap, text in self.motions
            ],
            "documents": [_hex(document) for document in self.documents],
            "rules": {
                "rules_hash": _hex(rules_hash),
                "notice_period": notice,
                "roll_period": roll,
                "paper_period": paper,
                "objection_period": objection,
            },
        }

    @classmethod
    def from_event(cls, convening: Mapping[str, Any]) -> "Convening":
        """Read the struct of a ``MeetingConvened`` event, decoded by name; hashes as bytes or 0x-hex."""
        rules = convening["rules"]
        return cls(
            scope_hash=_bytes(convening["scopeHash"]),
            motions=tuple(
                (motion["matter"], motion["group"], motion["cap"], _bytes(motion["textHash"]))
                for motion in convening["motions"]
            ),
            documents=tuple(_bytes(document) for document in convening["documents"]),
            opens_at=convening["opensAt"],
            closes_at=convening["closesAt"],
            rules=(
                _bytes(rules["rulesHash"]),
                rules["noticePeriod"],
                rules["rollPeriod"],
                rules["paperPeriod"],
                rules["objectionPeriod"],
            ),
        )


def convening_of(
    scope: str,
    motions: Sequence[Wording],
    documents: Sequence[bytes],
    opens_at: int,
    closes_at: int,
    rules: Rules,
) -> Convening:
    """Put the struct together; ``documents`` are hashes, the notice's first."""
    return Convening(
        scope_hash=keccak(text=scope),
        motions=tuple((motion.matter, motion.group, motion.cap, motion.text_hash) for motion in motions),
        documents=tuple(documents),
        opens_at=opens_at,
        closes_at=closes_at,
        rules=(
            rules.hash,
            rules.notice_period,
            rules.roll_period,
            rules.paper_period,
            rules.objection_period,
        ),
    )


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _bytes(value: bytes | str) -> bytes:
    return bytes.fromhex(value.removeprefix("0x")) if isinstance(value, str) else bytes(value)
