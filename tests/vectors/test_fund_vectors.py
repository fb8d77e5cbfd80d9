"""The golden vectors of public money (docs/funds.md), which every program that signs or verifies must reproduce.

``WANJIA_WRITE_VECTORS=1`` writes the file anew; a change of it is a change of the protocol.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from eth_utils import keccak

from wanjia.chain.signing import address_of, sign_digest
from wanjia.funds.protocol import (
    MAX_AMOUNT,
    BudgetLine,
    BudgetTable,
    Document,
    DocumentKind,
    EmergencyBudget,
    Hazard,
    Payment,
    Reversal,
    Settlement,
    act_digest,
    document_hash,
    ledger_address,
    merkle_root,
    payee_hash,
    statement_leaf,
    typed_data,
)

GOLDEN = Path(__file__).with_name("funds.json")
CHAIN = 31337
FACTORY = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
REGISTRY = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
LEDGER = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"
KEY = bytes.fromhex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")
SALT = bytes(range(32))
DEADLINE = 1_800_086_400
RECORDS = (
    '{"account":1,"closing":99000,"lines":2,"month":202612,"opening":100000}',
    '{"amount":-1500,"balance":98500,"booked":"2026-12-03","line":1,"payment":"","text":"电费"}',
    '{"amount":500,"balance":99000,"booked":"2026-12-21","line":2,"payment":"","text":"利息"}',
)


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _plain(value: Any) -> Any:
    """Bytes as hex, everywhere."""
    if isinstance(value, bytes):
        return _hex(value)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _tables() -> list[dict[str, Any]]:
    tables = (
        BudgetTable([BudgetLine(0, 1, b"\x11" * 32)], SALT),
        BudgetTable([BudgetLine(1, 12_345_605, SALT), BudgetLine(31, MAX_AMOUNT, b"\xff" * 32)], bytes(32)),
    )
    return [
        {
            "lines": [
                {"motion": each.motion, "amount": each.amount, "project": _hex(each.project)}
                for each in one.lines
            ],
            "salt": _hex(one.salt),
            "text": one.text,
            "hash": _hex(one.hash),
        }
        for one in tables
    ]


def _acts() -> list[dict[str, Any]]:
    documents = [Document(kind, bytes([kind]) * 32) for kind in DocumentKind]
    ids = [keccak(bytes([number])) for number in range(4)]
    acts = (
        EmergencyBudget(
            ids[0], b"\x21" * 32, keccak(b"*"), Hazard.WATER_PUMP, MAX_AMOUNT, documents[:1], DEADLINE
        ),
        Payment(ids[1], 2**40, 12_345_605, b"\x22" * 32, documents, DEADLINE),
        Reversal(ids[2], ids[1], 5, documents[4:5], DEADLINE),
        Settlement(ids[3], 7, 0, documents[3:4], DEADLINE),
    )
    digests = [act_digest(CHAIN, LEDGER, act) for act in acts]
    return [
        {
            "typed_data": _plain(typed_data(CHAIN, LEDGER, act)),
            "digest": _hex(digest),
            "signature": _hex(sign_digest(KEY, digest)),
        }
        for act, digest in zip(acts, digests, strict=True)
    ]


def _hashes() -> dict[str, Any]:
    leaves = [statement_leaf(SALT, record) for record in RECORDS]
    return {
        "salt": _hex(SALT),
        "document": {
            "kind": 2,
            "content": "发票",
            "hash": _hex(document_hash(SALT, DocumentKind.INVOICE, "发票".encode())),
        },
        "payee": {
            "name": "Cafe\u0301 电梯",
            "account": "6222 0000",
            "hash": _hex(payee_hash(SALT, "Cafe\u0301 电梯", "6222 0000")),
        },
        "statement": {
            "records": list(RECORDS),
            "leaves": [_hex(leaf) for leaf in leaves],
            "roots": [_hex(merkle_root(leaves[: count + 1])) for count in range(len(leaves))],
        },
    }


def vectors() -> dict[str, Any]:
    """Everything in the file."""
    code = bytes.fromhex("600a600c600039600a6000f3602a60005260206000f3")
    return {
        "chain_id": CHAIN,
        "ledger": LEDGER,
        "signer": address_of(KEY),
        "budget_tables": _tables(),
        "acts": _acts(),
        "hashes": _hashes(),
        "ledger_address": {
            "factory": FACTORY,
            "registry": REGISTRY,
            "creation_code": _hex(code),
            "address": ledger_address(FACTORY, REGISTRY, code),
        },
    }


def test_funds_are_hashed_and_signed_as_written_down() -> None:
    """The file says what this program computes."""
    if os.environ.get("WANJIA_WRITE_VECTORS"):
        text = json.dumps(vectors(), indent=2, ensure_ascii=False) + "\n"
        GOLDEN.write_text(text, encoding="utf-8")
    assert json.loads(GOLDEN.read_text(encoding="utf-8")) == vectors()


def test_a_table_says_what_owners_read() -> None:
    """Yuan with two digits of fen, fen once more, the motion as people count."""
    text = BudgetTable([BudgetLine(1, 12_345_605, bytes(32))], SALT).text
    assert f"- 第 2 项议题：123456.05 元（12345605 分），项目 0x{'00' * 32}\n" in text
    assert text.startswith("# 预算表\n\n- ")
    assert text.endswith(f"\n\n随机码：0x{SALT.hex()}\n")


@pytest.mark.parametrize(
    "lines",
    [[], [(1, 5), (1, 6)], [(2, 5), (1, 5)], [(0, 0)], [(0, MAX_AMOUNT + 1)]],
)
def test_a_table_that_the_ledger_would_refuse_is_not_written(lines: list[tuple[int, int]]) -> None:
    """Empty, a motion twice, out of order, amounts out of bounds."""
    with pytest.raises(ValueError, match=r"budget table|amount"):
        BudgetTable([BudgetLine(motion, amount, bytes(32)) for motion, amount in lines], SALT)


def test_salts_and_hashes_have_32_bytes() -> None:
    """Anything else would be another hash than a reader computes."""
    for make in (
        lambda: document_hash(b"short", DocumentKind.PHOTO, b""),
        lambda: payee_hash(b"", "a", "b"),
        lambda: statement_leaf(bytes(33), "{}"),
        lambda: BudgetTable([BudgetLine(0, 1, b"\1")], SALT).text,
    ):
        with pytest.raises(ValueError, match="32 bytes"):
            make()
