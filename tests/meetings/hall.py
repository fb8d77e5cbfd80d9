"""A town on a real chain: officials act with their own keys through the API, relay and index are turned by hand."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eth_account import Account
from eth_utils import keccak
from web3 import HTTPProvider, Web3

from town import SLUG, Browser, Town, add_community, build_town, settings_for, staff_key
from wanjia.chain.client import Chain
from wanjia.chain.deployment import deploy_system
from wanjia.chain.eip712 import open_ballot_digest, possession_digest
from wanjia.chain.local_node import CHAIN_ID, LocalNode
from wanjia.chain.signing import address_of, sign_digest
from wanjia.index.follower import Index
from wanjia.meetings.communities import make_community
from wanjia.relay.relay import Relay

DAY = 86_400
MOTIONS = [
    {"matter": 4, "title": "续聘物业服务企业", "text": "续聘两年。"},
    {"matter": 6, "title": "补足维修资金", "text": "每平方米 20 元。"},
    {"matter": 3, "group": 1, "cap": 1, "title": "候选人甲", "text": "一栋业主。"},
    {"matter": 3, "group": 1, "cap": 1, "title": "候选人乙", "text": "二栋业主。"},
]


@dataclass
class Hall:
    """The town, its chain, and the stages between."""

    town: Town
    node: LocalNode
    relay: Relay
    index: Index

    def turn(self, ready: Any, seconds: float = 30) -> None:
        """Turn relay and index until ``ready()``."""
        deadline = time.monotonic() + seconds
        while True:
            turn = self.relay.tick()
            self.index.catch_up()
            if ready():
                return
            assert time.monotonic() < deadline, turn
            self.node.mine()
            time.sleep(0.05)

    def act(self, browser: Browser, role: str, call: dict[str, str]) -> dict[str, Any]:
        """Prepare, sign with the official's key, hand in, and follow to the end."""
        act = self.hand_in(browser, role, call)

        def settled() -> bool:
            return browser.get(f"/staff/acts/{act}").get_json()["state"] in ("done", "refused")

        self.turn(settled)
        status: dict[str, Any] = browser.get(f"/staff/acts/{act}").get_json()
        return status

    def hand_in(self, browser: Browser, role: str, call: dict[str, str]) -> int:
        """Prepare, sign and hand in."""
        prepared = browser.post("/staff/acts/prepare", {"to": call["to"], "data": call["data"]})
        assert prepared.status_code == 200, prepared.get_data(as_text=True)
        body = prepared.get_json()
        signature = sign_digest(staff_key(role), bytes.fromhex(body["digest"][2:]))
        answer = browser.post(
            "/staff/acts", {"request": body["request"], "signature": "0x" + signature.hex()}
        )
        assert answer.status_code == 202, answer.get_data(as_text=True)
        return int(answer.get_json()["act"])

    def step(self, browser: Browser, role: str, name: str) -> list[dict[str, Any]]:
        """Take one step of meeting 1."""
        answer = browser.get(f"/staff/communities/{SLUG}/meetings/1/acts/{name}")
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return [self.act(browser, role, call) for call in answer.get_json()["calls"]]

    def meeting(self) -> dict[str, Any]:
        """Meeting 1 as anyone reads it."""
        body: dict[str, Any] = self.town.browser().get(f"/communities/{SLUG}/meetings/1").get_json()
        return body

    def move_to(self, moment: int) -> None:
        """Move chain time on."""
        self.node.move_clock(moment)
        self.index.catch_up()

    def register(self, browser: Browser, key: bytes) -> None:
        """Register an owner's key through the API and wait until the chain has it."""
        profile = browser.get("/owner").get_json()
        chain = self.town.browser().get(f"/communities/{SLUG}").get_json()["chain"]
        digest = possession_digest(
            CHAIN_ID,
            chain["registry"],
            profile["voter"],
            address_of(key),
            bytes.fromhex(profile["evidence"][2:]),
        )
        body = {"key": address_of(key), "signature": "0x" + sign_digest(key, digest).hex()}
        assert browser.post("/owner/key", body).status_code == 202
        self.turn(lambda: browser.get("/owner").get_json()["key_state"] == "registered")

    def ballot(self, voter: int, key: bytes, choices: int) -> dict[str, Any]:
        """A ballot as the phone sends it."""
        meeting = self.meeting()
        digest = open_ballot_digest(
            CHAIN_ID,
            meeting["chain"]["open_meeting"],
            1,
            bytes.fromhex(meeting["convene_hash"][2:]),
            voter,
            choices,
        )
        return {"voter": voter, "choices": str(choices), "signature": "0x" + sign_digest(key, digest).hex()}


def draft_body(now: int, **changes: Any) -> dict[str, Any]:
    """A meeting that keeps the law; ``now`` is chain time."""
    return {
        "community": SLUG,
        "title": "第一次业主大会会议",
        "notice": "请就三项议题表决。",
        "motions": MOTIONS,
        "opens_at": now + 15 * DAY + 600,
        "closes_at": now + 25 * DAY,
        **changes,
    }


def build_hall(folder: Path, database_url: str, node: LocalNode) -> Hall:
    """Deploy the contracts, make the community, and put relay and index on the chain."""
    settings = settings_for(folder, database_url, rpc_url=node.rpc_url)
    operator = address_of(bytes.fromhex(settings.operator_key[2:]))
    node.rpc("anvil_setBalance", operator, hex(10**24))
    w3 = Web3(HTTPProvider(node.rpc_url))
    deployment = deploy_system(w3, Account.from_key(settings.operator_key))
    settings.deployment_file.write_text(json.dumps(deployment.as_json()), encoding="utf-8")
    town = build_town(settings, communities=())
    town.clock.now = int(time.time())
    made = make_community(
        town.wanjia.database,
        settings,
        deployment,
        slug=SLUG,
        name="花园",
        district="",
        address="",
        committee=address_of(staff_key("committee")),
        supervisor=address_of(staff_key("supervisor")),
    )
    add_community(town, SLUG, made)
    chain = Chain(node.rpc_url)
    relay = Relay(
        town.wanjia.database,
        chain,
        operator_key=settings.operator_key,
        chain_id=CHAIN_ID,
        finality_depth=settings.finality_depth,
    )
    index = Index(town.wanjia.database, chain, chain_id=CHAIN_ID, finality_depth=settings.finality_depth)
    index.catch_up()
    return Hall(town, node, relay, index)


def owner_key(voter: int) -> bytes:
    """The key on an owner's phone."""
    return keccak(text=f"phone {voter}")
