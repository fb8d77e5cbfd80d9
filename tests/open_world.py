"""A community whose meeting is open, on a real chain, with the pipeline's stages over a real database."""

import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from eth_utils import keccak
from sqlalchemy import func, select
from web3 import Web3

from wanjia.chain import contracts
from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.chain.deployment import create_community, deploy_system
from wanjia.chain.eip712 import open_ballot_digest, possession_digest
from wanjia.chain.interface import Interface
from wanjia.chain.local_node import CHAIN_ID, LocalNode, free_port
from wanjia.chain.signing import sign_digest, to_compact
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.ballots import Record
from wanjia.domain.rollwords import pack_roll
from wanjia.index.follower import Index
from wanjia.intake.receipts import Receipt
from wanjia.intake.service import Intake
from wanjia.relay.models import RelayItem, RelaySlot
from wanjia.relay.relay import Relay

DAY = 86_400
MOTIONS = [(4, 0, 0), (6, 0, 0), (9, 0, 0), (3, 1, 1), (3, 1, 1)]
"""Hiring the manager, raising the fund (special), another matter, two candidates of whom one may be supported."""
SLUG = "garden"


def account(number: int) -> LocalAccount:
    """A key made from a number."""
    return Account.from_key(keccak(text=f"wanjia test key {number}"))


OPERATOR, COMMITTEE, SUPERVISOR, DEPLOYER, STRANGER = (account(n) for n in range(900_000, 900_005))


def choices(*each: int) -> int:
    """Pack choices two bits a motion."""
    return sum(choice << (2 * at) for at, choice in enumerate(each))


def choices_of(voter: int) -> int:
    """What an owner of these tests chooses."""
    return choices(1 + voter % 2, 1, voter % 3, 1, 2)


@dataclass
class Prepared:
    """A saved chain with an open meeting: each test starts from a copy of it."""

    state_file: Path
    registry: str
    open_meeting: str
    notary: str
    forwarder: str
    convene_hash: bytes
    owners: dict[int, LocalAccount]
    areas: dict[int, int]
    first_block: int
    closes_at: int

    def start(self, folder: Path, database: Database, port: int | None = None) -> "OpenWorld":
        """Start a copy of the chain and put the community into ``database``."""
        state = folder / "chain.json"
        shutil.copy(self.state_file, state)
        node = LocalNode(state, port or free_port(), funded=[OPERATOR.address, STRANGER.address])
        node.start()
        with database.write() as session:
            session.add(
                Community(
                    slug=SLUG,
                    name="花园",
                    salt=b"s" * 32,
                    registry_address=self.registry,
                    open_meeting_address=self.open_meeting,
                    notary_address=self.notary,
                    first_block=self.first_block,
                )
            )
        return OpenWorld(self, node, database)


@dataclass
class OpenWorld:
    """One test's chain, database and stages."""

    prepared: Prepared
    node: LocalNode
    database: Database
    finality_depth: int = 6
    rpc_url: str = ""
    chain: Chain = field(init=False)

    def __post_init__(self) -> None:
        self.rpc_url = self.rpc_url or self.node.rpc_url
        self.chain = Chain(self.rpc_url, timeout=3)

    def index(self) -> Index:
        """A fresh index process."""
        return Index(self.database, self.chain, chain_id=CHAIN_ID, finality_depth=self.finality_depth)

    def relay(self, **options: Any) -> Relay:
        """A fresh relay process."""
        return Relay(
            self.database,
            options.pop("chain", self.chain),
            operator_key=OPERATOR.key.hex(),
            chain_id=CHAIN_ID,
            finality_depth=self.finality_depth,
            **options,
        )

    def intake(self, **options: Any) -> Intake:
        """A fresh web process's intake."""
        return Intake(
            self.database, operator_key=OPERATOR.key.hex(), margin=options.pop("margin", 120), **options
        )

    def ballot(self, voter: int, packed: int | None = None) -> tuple[int, int, bytes]:
        """Voter, choices and signature of a ballot as the phone sends it."""
        packed = choices_of(voter) if packed is None else packed
        signature = sign_digest(self.prepared.owners[voter].key, self.ballot_hash(voter, packed))
        return voter, packed, signature

    def ballot_hash(self, voter: int, packed: int | None = None) -> bytes:
        """Hash of a ballot."""
        packed = choices_of(voter) if packed is None else packed
        return open_ballot_digest(
            CHAIN_ID, self.prepared.open_meeting, 1, self.prepared.convene_hash, voter, packed
        )

    def send(self, intake: Intake, voter: int, packed: int | None = None) -> Receipt:
        """Hand a ballot in."""
        return intake.receive(SLUG, 1, *self.ballot(voter, packed))

    def records(self, *voters: int) -> bytes:
        """Packed records."""
        return b"".join(Record(*self.ballot(voter)).pack() for voter in voters)

    def act(self, who: LocalAccount, contract: Interface, to: str, function: str, *arguments: Any) -> bytes:
        """Send a transaction past the relay and wait for it; gives its hash."""
        return act(self.node, who, to, contract.encode(function, *arguments))

    def has_cast(self, voter: int) -> bool:
        """What the contract says of a voter."""
        return bool(
            Chain(self.node.rpc_url).call(
                contracts.open_meeting(), self.prepared.open_meeting, "hasCast", 1, voter
            )
        )

    def part(self) -> dict[str, int]:
        """Area and heads that took part, as the contract counts them."""
        summary = Chain(self.node.rpc_url).call(
            contracts.open_meeting(), self.prepared.open_meeting, "summaryOf", 1
        )
        return dict(summary["part"])

    def drain(self, relay: Relay, index: Index, seconds: float = 60, mine: bool = True) -> None:
        """Tick relay and index until nothing is queued, submitted or unsettled."""
        deadline = time.monotonic() + seconds
        while True:
            turn = None
            try:
                turn = relay.tick()
                index.catch_up()
                if self.is_drained():
                    return
            except ChainUnavailable:
                time.sleep(0.1)
            if time.monotonic() > deadline:
                raise AssertionError(f"not drained within {seconds} s: {turn}")
            if mine and not (turn and turn.more):
                self.node.mine()
                time.sleep(0.05)

    def is_drained(self) -> bool:
        """Whether every item has its outcome and no transaction waits."""
        with self.database.read() as session:
            open_items = session.scalar(
                select(func.count())
                .select_from(RelayItem)
                .where(RelayItem.state.in_(("queued", "submitted")))
            )
            open_slots = session.scalar(
                select(func.count()).select_from(RelaySlot).where(RelaySlot.state.in_(("pending",)))
            )
        return not open_items and not open_slots


def act(node: LocalNode, who: LocalAccount, to: str, data: bytes) -> bytes:
    """Send a transaction and wait for it; gives its hash. Fails the test when it reverts."""
    chain = Chain(node.rpc_url)
    signed = who.sign_transaction(
        {
            "to": to,
            "data": data,
            "nonce": chain.nonce(who.address),
            "gas": chain.estimate(to, data, sender=who.address, errors=contracts.every_error()) * 5 // 4,
            "gasPrice": 3 * (chain.head().base_fee or 0) + 10**9,
            "chainId": CHAIN_ID,
        }
    )
    chain.send_raw(bytes(signed.raw_transaction))
    deadline = time.monotonic() + 20
    while (receipt := chain.receipt(bytes(signed.hash))) is None:
        assert time.monotonic() < deadline, "not mined"
        time.sleep(0.02)
    assert receipt.succeeded
    return bytes(signed.hash)


def prepare(folder: Path, owners: int, motions: list[tuple[int, int, int]] | None = None) -> Prepared:
    """Deploy, register ``owners`` keys, convene, publish, seal, and move to the opening; save the chain."""
    now = int(time.time())
    node = LocalNode(folder / "prepared.json", free_port(), genesis_time=now - 20 * DAY)
    node.start()
    try:
        for who in (OPERATOR, COMMITTEE, SUPERVISOR, DEPLOYER):
            node.rpc("anvil_setBalance", who.address, hex(10**24))
        w3 = Web3(Web3.HTTPProvider(node.rpc_url))
        deployment = deploy_system(w3, DEPLOYER)
        first_block = w3.eth.block_number + 1
        made = create_community(
            w3,
            DEPLOYER,
            deployment.factory,
            community=keccak(text="garden"),
            operator=OPERATOR.address,
            committee=COMMITTEE.address,
            supervisor=SUPERVISOR.address,
        )
        keys = {voter: account(voter) for voter in range(1, owners + 1)}
        areas = {voter: 5_000 + 137 * voter % 9_000 for voter in keys}
        register(node, made.registry, keys)
        opens_at = now - 60
        convene(node, made.open_meeting, motions or MOTIONS, opens_at)
        words = pack_roll(areas)
        for first in range(0, len(words), 300):
            publish = contracts.open_meeting().encode("publishRoll", 1, first, words[first : first + 300])
            act(node, COMMITTEE, made.open_meeting, publish)
        meeting = contracts.open_meeting()
        chain = Chain(node.rpc_url)
        summary = chain.call(meeting, made.open_meeting, "summaryOf", 1)
        act(node, SUPERVISOR, made.open_meeting, meeting.encode("consent", 1, summary["conveneHash"]))
        seal = meeting.encode("sealRoll", 1, summary["rollDigest"], sum(areas.values()), len(areas))
        act(node, SUPERVISOR, made.open_meeting, seal)
        node.move_clock(opens_at)
        node.mine(8)
        node.stop()
        return Prepared(
            node.state_file,
            made.registry,
            made.open_meeting,
            made.notary,
            deployment.forwarder,
            summary["conveneHash"],
            keys,
            areas,
            first_block,
            summary["closesAt"],
        )
    finally:
        node.kill()


def registration(registry: str, voter: int, key: LocalAccount) -> tuple[int, str, bytes, bytes, bytes]:
    """One line of ``register``."""
    evidence = keccak(text=f"evidence {voter}")
    digest = possession_digest(CHAIN_ID, registry, voter, key.address, evidence)
    return voter, key.address, evidence, *to_compact(sign_digest(key.key, digest))


def register(node: LocalNode, registry: str, keys: dict[int, LocalAccount]) -> None:
    """Register keys past the relay."""
    lines = [registration(registry, voter, key) for voter, key in keys.items()]
    for at in range(0, len(lines), 200):
        act(node, OPERATOR, registry, contracts.registry().encode("register", lines[at : at + 200]))


def convene(node: LocalNode, open_meeting: str, motions: list[tuple[int, int, int]], opens_at: int) -> None:
    """Convene a meeting of ten days."""
    convening = (
        keccak(text="*"),
        [(*motion, keccak(text=f"motion {at}")) for at, motion in enumerate(motions)],
        [keccak(text="notice")],
        opens_at,
        opens_at + 10 * DAY,
        (keccak(text="rules"), 15 * DAY, 0, 0, DAY),
    )
    act(node, COMMITTEE, open_meeting, contracts.open_meeting().encode("convene", convening))
