"""Vectors of the group, of hashing, of the trustee set and of the context."""

from typing import Any

from wsb_writing import Stream, number, numbers, point, raw

from wanjia.wsb.context import Context, Keys, TrusteeSet
from wanjia.wsb.group import INFINITY, G, Q, add, multiply, negate
from wanjia.wsb.hashing import challenge, keccak, tag, words

CHAIN = 31337
SECRET_MEETING = "0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512"  # noqa: S105  an address
BOARD = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0"
MEETING = 3
ACCOUNTS = (
    "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
    "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
    "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
)
THRESHOLD = 3
CONVENE_HASH = b"\x11" * 32
ROLL_DIGEST = b"\x22" * 32
TAGS = [
    "context",
    "ballot",
    "cap",
    "enrolment",
    "commitment",
    "possession",
    "dealing",
    "transcript",
    "trustees",
    "seal",
    "share",
]


def trustee_set(chain: int = CHAIN, meeting: int = MEETING) -> TrusteeSet:
    """Five trustees, three of whom open a sum."""
    return TrusteeSet(chain, BOARD, meeting, THRESHOLD, ACCOUNTS)


def context(
    keys: Keys, chain: int = CHAIN, meeting: int = MEETING, convene_hash: bytes = CONVENE_HASH
) -> Context:
    """The context of the vectors' meeting, or of one that differs in a single thing."""
    trustees = trustee_set(chain, meeting)
    return Context(
        chain_id=chain,
        secret_meeting=SECRET_MEETING,
        meeting=meeting,
        convene_hash=convene_hash,
        roll_digest=ROLL_DIGEST,
        trustee_set_hash=trustees.hash,
        threshold=THRESHOLD,
        trustees=len(ACCOUNTS),
        keys=keys,
    )


def _hash(name: str, values: list[int]) -> dict[str, Any]:
    data = words(*values)
    seed = keccak(tag(name) + data)
    return {
        "tag": f"WSB-1 {name}",
        "words": numbers(values),
        "hash": raw(seed),
        "hi": raw(keccak(seed + bytes(32))),
        "lo": raw(keccak(seed + (1).to_bytes(32, "big"))),
        "scalar": number(challenge(name, *values)),
    }


def build() -> dict[str, Any]:
    """The content of ``wsb-hashing.json``."""
    draw = Stream("wsb hashing")
    scalars = [0, 1, 2, 3, 7, 8, 255, 256, 2**128, Q - 2, Q - 1, *(draw() for _ in range(8))]
    one, other = multiply(draw(), G), multiply(draw(), G)
    sums = [
        (one, other),
        (one, one),
        (one, negate(one)),
        (one, INFINITY),
        (INFINITY, one),
        (INFINITY, INFINITY),
    ]
    keys = Keys(multiply(draw(), G), multiply(draw(), G))
    made = context(keys)
    trustees = trustee_set()
    return {
        "tags": {f"WSB-1 {name}": raw(tag(name)) for name in TAGS},
        "challenges": [
            _hash("ballot", []),
            _hash("cap", [0]),
            _hash("share", [1, 2**256 - 1, *(draw() for _ in range(3))]),
            _hash("ballot", [draw() for _ in range(26)]),
        ],
        "multiples_of_g": [{"scalar": number(k), "point": point(multiply(k, G))} for k in scalars],
        "multiples": [
            {"scalar": number(k), "base": point(other), "point": point(multiply(k, other))} for k in scalars
        ],
        "sums": [{"left": point(a), "right": point(b), "sum": point(add(a, b))} for a, b in sums],
        "trustee_set": {
            "chain_id": trustees.chain_id,
            "board": trustees.board,
            "meeting": trustees.meeting,
            "threshold": trustees.threshold,
            "accounts": list(trustees.accounts),
            "hash": raw(trustees.hash),
        },
        "context": {
            "chain_id": made.chain_id,
            "secret_meeting": made.secret_meeting,
            "meeting": made.meeting,
            "convene_hash": raw(made.convene_hash),
            "roll_digest": raw(made.roll_digest),
            "trustee_set_hash": raw(made.trustee_set_hash),
            "threshold": made.threshold,
            "trustees": made.trustees,
            "y_for": point(keys.in_favour),
            "y_against": point(keys.against),
            "hash": raw(made.hash),
        },
    }
