"""The golden vectors that Python and TypeScript must both reproduce (docs/protocol.md).

``WANJIA_WRITE_VECTORS=1`` writes the file anew; a change of it is a change of the protocol.
"""

import json
import os
from pathlib import Path
from typing import Any

from wanjia.chain import eip712, signing
from wanjia.chain.contracts import interface
from wanjia.domain.ballots import Choice, pack_choices
from wanjia.meetings.convening import Convening
from wanjia.meetings.documents import notice_document
from wanjia.meetings.motions import text_hash

GOLDEN = Path(__file__).with_name("eip712.json")
CHAIN = 31337
REGISTRY = "0x5FbDB2315678afecb367f032d93F642f64180aa3"
OPEN_MEETING = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"
FORWARDER = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"
NEW_KEY = "0x8ba1f109551bD432803012645Ac136ddd64DBA72"
SECRET = bytes.fromhex("4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318")
TITLES = (
    ("选聘物业服务企业", "同意与甲公司签订三年合同。\n每月每平方米 2.80 元。"),
    # é as e + U+0301: the hash is of the composed form
    ("Cafe\u0301", "\u1112\u1161\u11ab"),
    ("", ""),
)
NOTICE = ("2026 年第一次业主大会", "会议采用书面征求意见的形式。\n地点：居委会。")
BALLOTS = (
    (1, 7, [Choice.FOR, Choice.AGAINST, Choice.ABSTAIN]),
    (2**40, 2**32 - 1, [Choice.AGAINST] * 32),
)


def _hex(value: bytes) -> str:
    return "0x" + value.hex()


def _texts() -> list[dict[str, str]]:
    return [{"title": title, "text": text, "hash": _hex(text_hash(title, text))} for title, text in TITLES]


def _convening() -> dict[str, Any]:
    hashes = [text_hash(title, text) for title, text in TITLES]
    convening = Convening(
        scope_hash=bytes(range(32)),
        motions=((4, 0, 0, hashes[0]), (3, 1, 1, hashes[1]), (3, 1, 1, hashes[2])),
        documents=(notice_document(*NOTICE).hash, b"\x22" * 32),
        opens_at=1_800_000_000,
        closes_at=1_800_864_000,
        rules=(b"\x33" * 32, 1_296_000, 604_800, 0, 604_800),
    )
    return {
        "meeting": 3,
        "convening": convening.as_json(),
        "hash": _hex(convening.convene_hash(CHAIN, OPEN_MEETING, 3)),
    }


def _ballots(convene_hash: bytes) -> list[dict[str, Any]]:
    rows = []
    for meeting, voter, choices in BALLOTS:
        packed = pack_choices(choices)
        digest = eip712.open_ballot_digest(CHAIN, OPEN_MEETING, meeting, convene_hash, voter, packed)
        rows.append(
            {
                "meeting": meeting,
                "voter": voter,
                "convene_hash": _hex(convene_hash),
                "choices": [choice.name.lower() for choice in choices],
                "packed": str(packed),
                "digest": _hex(digest),
                "signature": _hex(signing.sign_digest(SECRET, digest)),
            }
        )
    return rows


def _possession() -> dict[str, Any]:
    key = signing.address_of(SECRET)
    digest = eip712.possession_digest(CHAIN, REGISTRY, 7, key, b"\x44" * 32)
    return {"voter": 7, "key": key, "evidence": "0x" + "44" * 32, "digest": _hex(digest)}


def _receipt(ballot_hash: bytes) -> dict[str, Any]:
    digest = eip712.receipt_digest(CHAIN, OPEN_MEETING, 1, 7, ballot_hash, 42, 1_800_000_123)
    return {
        "meeting": 1,
        "voter": 7,
        "ballot_hash": _hex(ballot_hash),
        "sequence": 42,
        "received_at": 1_800_000_123,
        "operator": signing.address_of(SECRET),
        "digest": _hex(digest),
        "signature": _hex(signing.sign_digest(SECRET, digest)),
    }


def _ballot_code(ballot_hash: bytes) -> dict[str, Any]:
    digest = eip712.ballot_code_digest(CHAIN, OPEN_MEETING, 2, 4_294_967_295, ballot_hash, 1_800_000_123)
    return {
        "meeting": 2,
        "voter": 4_294_967_295,
        "ballot_hash": _hex(ballot_hash),
        "shown_at": 1_800_000_123,
        "operator": signing.address_of(SECRET),
        "digest": _hex(digest),
        "signature": _hex(signing.sign_digest(SECRET, digest)),
    }


def _key_change_veto() -> dict[str, Any]:
    digest = eip712.key_change_veto_digest(CHAIN, REGISTRY, 7, NEW_KEY, 1_800_172_800)
    return {
        "voter": 7,
        "new_key": NEW_KEY,
        "effective_at": 1_800_172_800,
        "digest": _hex(digest),
        "signature": _hex(signing.sign_digest(SECRET, digest)),
    }


def _forward_request(convene_hash: bytes) -> dict[str, Any]:
    request: dict[str, Any] = {
        "to": OPEN_MEETING,
        "value": 0,
        "gas": 160_000,
        "nonce": 5,
        "deadline": 1_800_086_400,
        "data": interface("OpenMeeting").encode("consent", 3, convene_hash),
    }
    signer = signing.address_of(SECRET)
    digest = eip712.forward_request_digest(CHAIN, FORWARDER, sender=signer, **request)
    return {
        "forwarder": FORWARDER,
        "convene_hash": _hex(convene_hash),
        "request": {"from": signer, **request, "data": _hex(request["data"])},
        "digest": _hex(digest),
        "signature": _hex(signing.sign_digest(SECRET, digest)),
    }


def _vectors() -> dict[str, Any]:
    convening = _convening()
    ballots = _ballots(bytes.fromhex(convening["hash"][2:]))
    return {
        "chain_id": CHAIN,
        "registry": REGISTRY,
        "open_meeting": OPEN_MEETING,
        "secret": _hex(SECRET),
        "address": signing.address_of(SECRET),
        "texts": _texts(),
        "notice": dict(zip(("title", "text"), NOTICE, strict=True)),
        "convening": convening,
        "ballots": ballots,
        "possession": _possession(),
        "receipt": _receipt(bytes.fromhex(ballots[0]["digest"][2:])),
        "ballot_code": _ballot_code(b"\x5a" * 32),
        "key_change_veto": _key_change_veto(),
        "forward_request": _forward_request(bytes.fromhex(convening["hash"][2:])),
    }


def test_python_reproduces_the_golden_vectors() -> None:
    """Digests, hashes and signatures are those of the committed file."""
    vectors = _vectors()
    if os.environ.get("WANJIA_WRITE_VECTORS") == "1":
        GOLDEN.write_text(json.dumps(vectors, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert vectors == json.loads(GOLDEN.read_text(encoding="utf-8"))
