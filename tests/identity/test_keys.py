"""Voting keys: proven by their own signature, one an owner, changed only after a fresh proof of identity."""

import pytest
from eth_abi import encode
from eth_utils import keccak
from sqlalchemy import select

from town import OTHER, SLUG, START, Browser, Town, assert_problem, phone
from wanjia.chain.eip712 import key_change_veto_digest, possession_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.db.community import Community
from wanjia.identity.evidence import evidence_hash, forget_owner
from wanjia.identity.proof_models import EvidenceRecord
from wanjia.index.models import IndexedBlock, IndexedEvent, IndexedKey
from wanjia.relay.models import RelayItem
from wanjia.roll.models import Owner

CHAIN = 20278
KEY, NEW_KEY = keccak(text="key on the phone"), keccak(text="key on the new phone")


def proof(town: Town, profile: dict[str, object], key: bytes, **changes: object) -> dict[str, str]:
    """What the phone sends: key, evidence and its Possession signature."""
    with town.wanjia.database.read() as session:
        slug = changes.get("community", profile["community"])
        registry = session.scalars(select(Community.registry_address).where(Community.slug == slug)).one()
    evidence = str(profile["evidence"])
    digest = possession_digest(
        int(str(changes.get("chain_id", CHAIN))),
        registry,
        int(str(changes.get("voter", profile["voter"]))),
        address_of(key),
        bytes.fromhex(evidence[2:]),
    )
    signer = changes.get("signer", key)
    assert isinstance(signer, bytes)
    return {
        "key": address_of(key).lower(),
        "evidence": evidence,
        "signature": "0x" + sign_digest(signer, digest).hex(),
    }


def register(town: Town, browser: Browser, key: bytes = KEY) -> None:
    """Register a key as the phone does."""
    profile = browser.get("/owner").get_json()
    answer = browser.post("/owner/key", proof(town, profile, key))
    assert (answer.status_code, answer.get_json()) == (202, {"key_state": "submitted"})


def put_on_chain(town: Town, voter: int, key: bytes = KEY) -> None:
    """Let the index have heard of a key."""
    with town.wanjia.database.write() as session:
        session.add(
            IndexedKey(community_id=town.communities[SLUG], voter=voter, key=address_of(key), from_block=1)
        )


def queued(town: Town) -> list[RelayItem]:
    """What waits for the relay."""
    with town.wanjia.database.read() as session:
        return list(session.scalars(select(RelayItem).order_by(RelayItem.id)))


def test_a_key_is_queued_with_its_proof(town: Town) -> None:
    """Voter, key and evidence go to the relay as the key signed them."""
    browser = town.owner()
    register(town, browser)
    profile = browser.get("/owner").get_json()
    assert (profile["key"], profile["key_state"]) == (address_of(KEY), "submitted")
    (item,) = queued(town)
    assert item.kind == "registration"
    assert item.body[:4] == (1).to_bytes(4, "big")
    assert item.body[24:56].hex() == profile["evidence"][2:]


def test_the_same_key_again_changes_nothing(town: Town) -> None:
    """A phone that lost the answer sends it again."""
    browser = town.owner()
    register(town, browser)
    register(town, browser)
    assert len(queued(town)) == 1


def test_a_second_key_is_refused(town: Town) -> None:
    """Before and after the first is on the chain."""
    browser = town.owner()
    register(town, browser)
    profile = browser.get("/owner").get_json()
    assert_problem(browser.post("/owner/key", proof(town, profile, NEW_KEY)), "KEY_EXISTS")
    put_on_chain(town, 1)
    assert_problem(browser.post("/owner/key", proof(town, profile, NEW_KEY)), "KEY_EXISTS")
    assert browser.get("/owner").get_json()["key_state"] == "registered"


def test_one_key_stands_for_one_owner(town: Town) -> None:
    """The contract would take it; the audit would not."""
    register(town, town.owner("101", 1))
    other = town.owner("102", 2)
    answer = other.post("/owner/key", proof(town, other.get("/owner").get_json(), KEY))
    assert_problem(answer, "KEY_TAKEN")
    assert len(queued(town)) == 1


@pytest.mark.parametrize(
    "changes",
    [{"signer": NEW_KEY}, {"voter": 2}, {"chain_id": 1}, {"community": OTHER}],
    ids=lambda changes: next(iter(changes)),
)
def test_a_proof_of_something_else_is_refused(town: Town, changes: dict[str, object]) -> None:
    """Another key, voter, chain or community."""
    browser = town.owner()
    profile = browser.get("/owner").get_json()
    assert_problem(browser.post("/owner/key", proof(town, profile, KEY, **changes)), "KEY_PROOF_INVALID")
    assert queued(town) == []


def test_other_evidence_is_refused(town: Town) -> None:
    """The evidence is the server's, of this very log-in."""
    browser = town.owner()
    profile = browser.get("/owner").get_json() | {"evidence": "0x" + "11" * 32}
    assert_problem(browser.post("/owner/key", proof(town, profile, KEY)), "KEY_PROOF_INVALID")


def test_a_change_needs_a_key_a_fresh_proof_and_no_other_change(town: Town) -> None:
    """Then the operator's request is queued, once."""
    browser = town.owner()
    profile = browser.get("/owner").get_json()
    body = proof(town, profile, NEW_KEY)
    assert_problem(browser.post("/owner/key/change", body), "KEY_NONE")
    put_on_chain(town, 1)
    same = proof(town, profile, KEY)
    assert_problem(browser.post("/owner/key/change", same), "KEY_EXISTS")
    assert browser.post("/owner/key/change", body).status_code == 202
    (item,) = queued(town)
    assert (item.kind, item.reference) == ("call", "key-change:1")
    assert_problem(browser.post("/owner/key/change", body), "KEY_CHANGE_PENDING")


def test_everyone_behind_the_owner_hears_of_a_change(town: Town) -> None:
    """The phone of the roll is told in the same commit; a refused request tells nobody."""
    browser = town.owner()
    profile = browser.get("/owner").get_json()
    assert_problem(browser.post("/owner/key/change", proof(town, profile, NEW_KEY)), "KEY_NONE")
    put_on_chain(town, 1)
    before = browser.get("/dev/outbox").get_json()
    assert browser.post("/owner/key/change", proof(town, profile, NEW_KEY)).status_code == 202
    new = browser.get("/dev/outbox").get_json()[: -len(before)]
    assert ["更换您的投票钥匙" in message["text"] for message in new] == [True]
    assert new[0]["to_masked"][-4:] == phone(1)[-4:]


def test_a_stolen_session_cannot_change_the_key_later(town: Town) -> None:
    """Fifteen minutes after the proof of identity it must be proven again."""
    browser = town.owner()
    put_on_chain(town, 1)
    profile = browser.get("/owner").get_json()
    town.clock.now += 15 * 60 + 1
    answer = browser.post("/owner/key/change", proof(town, profile, NEW_KEY))
    assert_problem(answer, "PROOF_STALE")


def test_the_old_key_vetoes_from_anywhere(town: Town) -> None:
    """No session is needed, the old key's signature is; any other signature is refused."""
    put_on_chain(town, 1)
    with town.wanjia.database.read() as session:
        registry = session.scalars(select(Community.registry_address).where(Community.slug == SLUG)).one()
    digest = key_change_veto_digest(CHAIN, registry, 1, address_of(NEW_KEY), 0)
    path, body = (
        f"/communities/{SLUG}/key-changes/1/veto",
        {"new_key": address_of(NEW_KEY), "effective_at": 0},
    )
    forged = body | {"signature": "0x" + sign_digest(NEW_KEY, digest).hex()}
    assert_problem(town.browser().post(path, forged), "KEY_VETO_INVALID")
    signed = body | {"signature": "0x" + sign_digest(KEY, digest).hex()}
    assert town.browser().post(path, signed).status_code == 202
    assert [item.reference for item in queued(town)] == ["key-veto:1"]


def test_deletion_destroys_what_links_the_evidence_to_a_person(town: Town) -> None:
    """Before it the salted record hashes to the evidence; after it neither is left, and the log-in is over."""
    browser = town.owner()
    evidence = browser.get("/owner").get_json()["evidence"]
    with town.wanjia.database.read() as session:
        kept = session.scalars(select(EvidenceRecord)).one()
        assert kept.salt is not None
        assert kept.record is not None
        vault = town.wanjia.vault
        salt, record = vault.open_bytes(kept.salt), vault.open(kept.record)
    assert evidence_hash(salt, record).hex() == evidence[2:]
    with town.wanjia.database.write() as session:
        owner = session.scalars(
            select(Owner).where(Owner.community_id == town.communities[SLUG], Owner.voter == 1)
        ).one()
        assert forget_owner(session, owner.id, town.clock.now) == 1
    with town.wanjia.database.read() as session:
        kept = session.scalars(select(EvidenceRecord)).one()
        assert (kept.salt, kept.record, kept.destroyed_at) == (None, None, town.clock.now)
    assert_problem(browser.get("/owner"), "LOGIN_REQUIRED")


def heard(town: Town, block: int, name: str, *values: object) -> None:
    """Let the index have heard an event of voter 1's change of key, a minute a block."""
    types = {"KeyChangeApproved": ["address", "uint64"], "KeyChanged": ["address", "address"]}
    with town.wanjia.database.write() as session:
        session.add(
            IndexedBlock(
                number=block, hash=keccak(block), parent_hash=keccak(0), time=START + 60 * block, events=1
            )
        )
        session.add(
            IndexedEvent(
                community_id=town.communities[SLUG],
                contract="registry",
                address="0x" + "11" * 20,
                name=name,
                voter=1,
                block=block,
                block_hash=keccak(block),
                transaction=keccak(block),
                log_index=0,
                topics=b"",
                data=encode(types.get(name, ["address"]), values),
            )
        )


def test_a_change_is_told_from_the_asking_to_the_end(town: Town) -> None:
    """The owner sees each step; everybody sees the one a veto can stop, and no longer."""
    browser, public = town.owner(), f"/communities/{SLUG}/key-changes/1"
    assert browser.get("/owner").get_json()["key_change"] is None
    put_on_chain(town, 1)
    new = address_of(NEW_KEY)
    assert (
        browser.post("/owner/key/change", proof(town, browser.get("/owner").get_json(), NEW_KEY)).status_code
        == 202
    )

    def told() -> tuple[str, int, dict[str, object] | None]:
        change = browser.get("/owner").get_json()["key_change"]
        assert change["key"] == new
        return change["state"], change["effective_at"], town.browser().get(public).get_json()["change"]

    assert told() == ("submitted", 0, None)
    heard(town, 1, "KeyChangeRequested", new)
    requested = {"state": "requested", "key": new, "requested_at": START + 60, "effective_at": 0}
    assert told() == ("requested", 0, requested)
    heard(town, 2, "KeyChangeApproved", new, START + 172_920)
    approved = requested | {"state": "approved", "effective_at": START + 172_920}
    assert told() == ("approved", START + 172_920, approved)
    with town.wanjia.database.write() as session:
        session.scalars(select(RelayItem)).one().state = "done"
    heard(town, 3, "KeyChanged", address_of(KEY), new)
    assert told() == ("done", START + 172_920, None)


@pytest.mark.parametrize(
    ("event", "state"), [("KeyChangeVetoed", "vetoed"), ("KeyChangeCancelled", "cancelled")]
)
def test_a_change_that_was_stopped_says_how(town: Town, event: str, state: str) -> None:
    """By the old key, or by operator or supervisor."""
    browser = town.owner()
    put_on_chain(town, 1)
    for block, name in enumerate(("KeyChangeRequested", event), start=1):
        heard(town, block, name, address_of(NEW_KEY))
    assert browser.get("/owner").get_json()["key_change"]["state"] == state
    assert town.browser().get(f"/communities/{SLUG}/key-changes/1").get_json() == {
        "key": address_of(KEY),
        "change": None,
    }
