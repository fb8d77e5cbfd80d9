"""What committee and supervisor sign for public money, and what salted hashes stand for (docs/funds.md).

Amounts are integers in fen, times UTC seconds. The digests come of the typed data that a wallet or browser is given,
through a library that knows nothing of the contracts: both must agree.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from enum import IntEnum
from typing import Any, ClassVar, Final

from eth_account.messages import encode_typed_data
from eth_utils import to_canonical_address, to_checksum_address

from wanjia.chain.keccak import keccak

LEDGER_NAME: Final = "Wanjia FundLedger"
MAX_AMOUNT: Final = 10**13
"""The most of one entry: 100 billion yuan in fen."""
MAX_DOCUMENTS: Final = 16
DISCLOSURE_TERM: Final = 30 * 86_400
BUDGET_MATTERS: Final = frozenset({5, 6, 9})
SALT_BYTES: Final = 32

_DOMAIN_FIELDS: Final = (
    ("name", "string"),
    ("version", "string"),
    ("chainId", "uint256"),
    ("verifyingContract", "address"),
)
_DOCUMENT_FIELDS: Final = (("kind", "uint8"), ("hash", "bytes32"))


class Fund(IntEnum):
    """Whose money: 维修资金 of matters 5 and 6 and of emergencies, 公共收益 of matter 9."""

    MAINTENANCE = 1
    COMMON_REVENUE = 2


class Hazard(IntEnum):
    """What may be mended without a vote."""

    LIFT = 1
    FIRE_SYSTEM = 2
    FACADE = 3
    LEAK = 4
    DRAINS = 5
    WATER_PUMP = 6


class DocumentKind(IntEnum):
    """What a document is: 合同、发票、照片、验收、银行回单、报告."""

    CONTRACT = 1
    INVOICE = 2
    PHOTO = 3
    ACCEPTANCE = 4
    BANK_SLIP = 5
    REPORT = 6


@dataclass(frozen=True, slots=True)
class Document:
    """A document's kind and its salted hash of 32 bytes (``document_hash``)."""

    kind: DocumentKind
    hash: bytes


@dataclass(frozen=True, slots=True)
class EmergencyBudget:
    """A budget without a vote; ``scope_hash`` as a convening has it."""

    FIELDS: ClassVar = (
        ("id", "bytes32"),
        ("project", "bytes32"),
        ("scopeHash", "bytes32"),
        ("hazard", "uint8"),
        ("amount", "uint64"),
        ("documents", "Document[]"),
        ("deadline", "uint64"),
    )
    id: bytes
    project: bytes
    scope_hash: bytes
    hazard: int
    amount: int
    documents: Sequence[Document]
    deadline: int


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment out of a budget to ``payee`` (``payee_hash``)."""

    FIELDS: ClassVar = (
        ("id", "bytes32"),
        ("budget", "uint256"),
        ("amount", "uint64"),
        ("payee", "bytes32"),
        ("documents", "Document[]"),
        ("deadline", "uint64"),
    )
    id: bytes
    budget: int
    amount: int
    payee: bytes
    documents: Sequence[Document]
    deadline: int


@dataclass(frozen=True, slots=True)
class Reversal:
    """What takes back a payment, or a part of it."""

    FIELDS: ClassVar = (
        ("id", "bytes32"),
        ("payment", "bytes32"),
        ("amount", "uint64"),
        ("documents", "Document[]"),
        ("deadline", "uint64"),
    )
    id: bytes
    payment: bytes
    amount: int
    documents: Sequence[Document]
    deadline: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """The close of a budget of which ``spent`` was spent."""

    FIELDS: ClassVar = (
        ("id", "bytes32"),
        ("budget", "uint256"),
        ("spent", "uint64"),
        ("documents", "Document[]"),
        ("deadline", "uint64"),
    )
    id: bytes
    budget: int
    spent: int
    documents: Sequence[Document]
    deadline: int


Act = EmergencyBudget | Payment | Reversal | Settlement


def as_argument(act: Act) -> tuple[Any, ...]:
    """Give an act as the contract's struct, fields in order."""
    values = [getattr(act, field.name) for field in fields(act)]
    return tuple(
        [astuple(one) for one in value] if isinstance(value, list | tuple) else value for value in values
    )


def typed_data(chain_id: int, ledger: str, act: Act) -> dict[str, Any]:
    """Give an act as the EIP-712 data that both officials sign, for a wallet or a browser."""
    message: dict[str, Any] = dict(zip((name for name, _ in act.FIELDS), as_argument(act), strict=True))
    message["documents"] = [{"kind": int(kind), "hash": hash_} for kind, hash_ in message["documents"]]
    name = type(act).__name__
    return {
        "types": {
            "EIP712Domain": _typed(_DOMAIN_FIELDS),
            "Document": _typed(_DOCUMENT_FIELDS),
            name: _typed(act.FIELDS),
        },
        "primaryType": name,
        "domain": {
            "name": LEDGER_NAME,
            "version": "1",
            "chainId": chain_id,
            "verifyingContract": to_checksum_address(ledger),
        },
        "message": message,
    }


def act_digest(chain_id: int, ledger: str, act: Act) -> bytes:
    """What both officials' keys sign."""
    signable = encode_typed_data(full_message=typed_data(chain_id, ledger, act))
    return keccak(b"\x19" + signable.version + signable.header + signable.body)


# -- budget tables: the last document of a convening -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """One motion's budget; motions count from 0, ``project`` is a random id of 32 bytes that names no payee."""

    motion: int
    amount: int
    project: bytes


@dataclass(frozen=True, slots=True)
class BudgetTable:
    """Every budget of a meeting, by motion upwards, and the document's salt of 32 bytes."""

    lines: Sequence[BudgetLine]
    salt: bytes

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for what the contract would refuse."""
        motions = [line.motion for line in self.lines]
        if motions != sorted(set(motions)) or not motions:
            raise ValueError("a budget table has one line a motion, by motion upwards")
        if any(not 1 <= line.amount <= MAX_AMOUNT for line in self.lines):
            raise ValueError(f"an amount is 1 to {MAX_AMOUNT} fen")

    @property
    def text(self) -> str:
        """The document as owners read it, byte for byte what the contract builds."""
        lines = "".join(
            f"- 第 {line.motion + 1} 项议题：{line.amount // 100}.{line.amount % 100:02} 元"
            f"（{line.amount} 分），项目 {_hex(line.project)}\n"
            for line in self.lines
        )
        return f"# 预算表\n\n{lines}\n随机码：{_hex(self.salt)}\n"

    @property
    def hash(self) -> bytes:
        """keccak256 of the document, as a convening's documents hold it."""
        return keccak(self.text.encode())

    def as_argument(self) -> tuple[list[tuple[int, int, bytes]], bytes]:
        """Give the table as the contract's struct."""
        return [(line.motion, line.amount, line.project) for line in self.lines], self.salt


# -- salted hashes -----------------------------------------------------------------------------------------------------


def document_hash(salt: bytes, kind: DocumentKind, content: bytes) -> bytes:
    """Hash a document: ``keccak256(keccak256(salt || kind || keccak256(content)))``, the kind one byte."""
    return _salted(salt, bytes([kind]) + keccak(content))


def payee_hash(salt: bytes, name: str, account: str) -> bytes:
    """Hash who is paid: name in NFC, a line break, and the account; salted and hashed as a document is."""
    return _salted(salt, f"{unicodedata.normalize('NFC', name)}\n{account}".encode())


def statement_leaf(salt: bytes, record: str) -> bytes:
    """Hash one record of a statement: ``keccak256(keccak256(salt || utf8(record)))``."""
    return _salted(salt, record.encode())


def merkle_root(leaves: Sequence[bytes]) -> bytes:
    """Give the root over leaves in their order: pairs sorted, a last one without a partner goes up as it is.

    Raises ``ValueError`` when there are none.
    """
    if not leaves:
        raise ValueError("a tree has leaves")
    level = list(leaves)
    while len(level) > 1:
        pairs = [level[at : at + 2] for at in range(0, len(level), 2)]
        level = [keccak(b"".join(sorted(pair))) if len(pair) > 1 else pair[0] for pair in pairs]
    return level[0]


# -- where the ledger is -----------------------------------------------------------------------------------------------


def ledger_address(factory: str, registry: str, creation_code: bytes) -> str:
    """Compute where a factory puts a registry's ledger (EIP-1014); ``creation_code`` is the release's `FundLedger`."""
    word = to_canonical_address(registry).rjust(32, b"\0")
    code_hash = keccak(creation_code + word)
    return to_checksum_address(keccak(b"\xff" + to_canonical_address(factory) + word + code_hash)[12:])


def _salted(salt: bytes, content: bytes) -> bytes:
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return keccak(keccak(salt + content))


def _hex(value: bytes) -> str:
    if len(value) != 32:  # noqa: PLR2004  bytes32
        raise ValueError(f"a bytes32 has 32 bytes, not {len(value)}")
    return "0x" + value.hex()


def _typed(pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "type": kind} for name, kind in pairs]
