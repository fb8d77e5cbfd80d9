"""The auditor's explorer: what it shows is what the chain holds, decoded here by other code than the page's."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
import requests
from eth_abi import decode
from eth_utils import keccak
from phone import Phone
from playwright.sync_api import expect

from wanjia.chain.eip712 import open_ballot_digest, secret_ballot_digest
from wanjia.domain.ballots import RECORD_BYTES, Choice, unpack_choices
from wanjia.wsb.ballot import ballot_hash

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

WORDS = {Choice.FOR: "同意", Choice.AGAINST: "反对", Choice.ABSTAIN: "弃权"}
CAST = "0x" + keccak(text="BallotsCast(uint256,bytes)").hex()
PLACE = 12
"""Of the ballot that is looked for in its batch: not on the first page."""


@dataclass(frozen=True)
class Ballot:
    """One ballot of the finished meeting as the chain has it."""

    voter: int
    choices: list[Choice]
    hash: str
    transaction: str
    records: int


class Explorer:
    """What an auditor at a desk does."""

    def __init__(self, phone: Phone) -> None:
        self.phone, self.world = phone, phone.world
        self.place = self._get(f"/communities/{self.world.slug}")["chain"]
        phone.page.set_viewport_size({"width": 1280, "height": 800})

    def search(self, text: str) -> None:
        """Enter a text into the one box."""
        self.phone.page.fill("#search", text)
        self.phone.page.locator("[data-test=search] button").click()

    def meetings(self) -> int:
        """How many meetings the community has by now: other tests convene some in the same world."""
        return len(self._get(f"/communities/{self.world.slug}/meetings"))

    def ballot(self) -> Ballot:
        """A ballot from the middle of the finished meeting's largest batch."""
        meeting = self.world.finished_meeting
        logs = self._logs(self.place["open_meeting"], CAST, meeting)
        largest = max(logs, key=lambda log: len(log["data"]))
        (records,) = decode(["bytes"], bytes.fromhex(largest["data"][2:]))
        record = records[PLACE * RECORD_BYTES : (PLACE + 1) * RECORD_BYTES]
        frozen = self._get(f"/communities/{self.world.slug}/meetings/{meeting}")
        voter, choices = int.from_bytes(record[:4], "big"), int.from_bytes(record[4:12], "big")
        digest = open_ballot_digest(
            self.place["chain_id"],
            self.place["open_meeting"],
            meeting,
            bytes.fromhex(frozen["convene_hash"][2:]),
            voter,
            choices,
        )
        motions = len(frozen["convening"]["motions"])
        return Ballot(
            voter,
            unpack_choices(choices, motions),
            "0x" + digest.hex(),
            largest["transactionHash"],
            len(records) // RECORD_BYTES,
        )

    def secret_ballot(self) -> Ballot:
        """The last ballot of the finished secret meeting's last batch; nobody knows its choices."""
        meeting = self.world.secret_finished_meeting
        contract = self.place["secret_meeting"]
        cast = self._logs(contract, CAST, meeting)[-1]
        (records,) = decode(["bytes"], bytes.fromhex(cast["data"][2:]))
        (size,) = decode(["uint256"], self._view(contract, "recordLengthOf(uint256)", meeting))
        context = self._view(contract, "contextOf(uint256)", meeting)
        record = records[-size:]
        voter, body = int.from_bytes(record[:4], "big"), record[69:]
        digest = secret_ballot_digest(
            self.place["chain_id"], contract, meeting, voter, ballot_hash(context, body)
        )
        return Ballot(voter, [], "0x" + digest.hex(), cast["transactionHash"], len(records) // size)

    def acts(self) -> int:
        """How much was done on the trustees' board for the finished secret meeting."""
        return len(self._logs(self.place["trustee_board"], None, self.world.secret_finished_meeting))

    def _logs(self, address: str, topic: str | None, meeting: int) -> list[Any]:
        found = {"address": address, "topics": [topic, f"0x{meeting:064x}"]}
        logs: list[Any] = self._ask("eth_getLogs", found | {"fromBlock": "0x0", "toBlock": "0x270f"})
        return logs

    def _view(self, address: str, function: str, meeting: int) -> bytes:
        data = "0x" + keccak(text=function)[:4].hex() + f"{meeting:064x}"
        return bytes.fromhex(self._ask("eth_call", {"to": address, "data": data}, "latest")[2:])

    def _ask(self, method: str, *params: Any) -> Any:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return requests.post(f"{self.world.url}/api/rpc", json=call, timeout=20).json()["result"]

    def _get(self, path: str) -> Any:
        return requests.get(f"{self.world.url}/api{path}", timeout=20).json()


def test_a_ballots_hash_leads_to_the_decoded_ballot(phone: Phone) -> None:
    """By itself or in a whole receipt; its voter, choices, batch, and that the voter's own key signed it."""
    explorer, page = Explorer(phone), phone.page
    ballot = explorer.ballot()
    receipt = {"chain": {"open_meeting": explorer.place["open_meeting"]}, "ballot_hash": ballot.hash}
    for text in (ballot.hash, json.dumps(receipt, indent=2)):
        phone.go("/audit")
        explorer.search(text)
        found = phone.part("wanted-ballot")
        expect(found).to_be_visible(timeout=20_000)
        assert f"/audit/tx/{ballot.transaction}" in page.url
        expect(found.locator("h3")).to_contain_text(str(PLACE))
        expect(found).to_contain_text(f"业主序号 {ballot.voter}")
        expect(found).to_contain_text(ballot.hash)
        expect(found.locator("[data-ok=true]")).to_have_count(2)
        said = [text.split()[-1] for text in found.locator(".picks li").all_inner_texts()]
        assert said == [WORDS[choice] for choice in ballot.choices]
    expect(phone.part("batch")).to_contain_text(f"共 {ballot.records} 张")
    expect(phone.part("act")).to_contain_text("cast")
    phone.part("wanted-ballot").get_by_text(f"业主序号 {ballot.voter}").click()
    expect(page.locator("h1")).to_have_text(f"业主序号 {ballot.voter}")
    expect(phone.part("ballot").first).to_be_visible()


def test_a_community_is_shown_with_its_code_compared(phone: Phone) -> None:
    """Seven contracts whose code is this release's; meetings, and from one of them content and roll that fit."""
    held = Explorer(phone).meetings()
    phone.go("/audit")
    phone.part("community").click()
    expect(phone.part("meeting")).to_have_count(held, timeout=20_000)
    expect(phone.part("code")).to_have_count(7)
    expect(phone.part("code").locator("[data-ok=true]")).to_have_count(7)
    phone.part("meeting").last.locator("a").click()
    expect(phone.part("convene-hash").locator("[data-ok=true]")).to_be_visible(timeout=20_000)
    motions = phone.part("frozen-motion")
    expect(motions.locator("[data-ok=true]")).to_have_count(motions.count())
    expect(phone.part("batch-sum")).to_be_visible()
    phone.page.get_by_text("查看名册").click()
    expect(phone.page.locator("dl [data-ok=true]")).to_have_count(3)
    expect(phone.part("roll-line").first).to_be_visible()


def test_one_box_finds_whatever_it_is(phone: Phone) -> None:
    """Addresses and transactions at once, a number either way; for anything else it says what can be entered."""
    explorer, page = Explorer(phone), phone.page
    phone.go("/audit")
    explorer.search(explorer.place["registry"])
    expect(page.locator("dl")).to_contain_text("OwnerRegistry", timeout=20_000)
    explorer.search(explorer.ballot().transaction)
    expect(phone.part("batch")).to_be_visible(timeout=20_000)
    explorer.search("7")
    expect(phone.part("found")).to_have_count(2, timeout=20_000)
    for nothing in ("0x" + "ab" * 32, "甲七", "0x12"):
        explorer.search(nothing)
        expect(phone.part("entries")).to_be_visible(timeout=20_000)


def test_a_secret_meeting_is_shown_up_to_what_nobody_can_read(phone: Phone) -> None:
    """Its ballot is found by its hash, signed and counted, with ciphertexts for choices; its trustees' every step."""
    explorer = Explorer(phone)
    ballot, meeting = explorer.secret_ballot(), phone.world.secret_finished_meeting
    phone.go("/audit")
    explorer.search(ballot.hash)
    found = phone.part("wanted-ballot")
    expect(found).to_be_visible(timeout=20_000)
    assert f"/audit/tx/{ballot.transaction}" in phone.page.url
    expect(found).to_contain_text(f"业主序号 {ballot.voter}")
    expect(found.locator("[data-ok=true]")).to_have_count(2)
    expect(found.locator("[data-test=unreadable]")).to_be_visible()
    expect(found.locator(".picks")).to_have_count(0)
    expect(found.locator("[data-test=ciphertexts] li").first).to_be_hidden()
    expect(phone.part("batch")).to_contain_text(f"共 {ballot.records} 张")
    phone.go(f"/audit/{phone.world.slug}/m/{meeting}")
    expect(phone.part("convene-hash").locator("[data-ok=true]")).to_be_visible(timeout=20_000)
    expect(phone.part("opened").first).to_contain_text("平方米")
    expect(phone.part("trustees")).to_be_visible(timeout=20_000)
    expect(phone.part("act-on-board").first).to_contain_text("业主委员会提名受托人")
    counted = phone.page.locator("section", has=phone.part("trustees")).locator("[role=status]").last
    expect(counted).to_contain_text(f"共 {explorer.acts()} 条")
