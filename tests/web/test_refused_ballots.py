"""A ballot refused after its receipt: the answer says why in the reader's language."""

import pytest
from eth_utils import keccak

from town import SLUG, START, Town
from wanjia.index.models import IndexedMeeting, IndexState
from wanjia.intake.models import Ballot
from wanjia.relay.models import ItemKind, ItemState, RelayItem

HASH = keccak(text="a ballot")
PLACE = "0x" + "11" * 20


def keep(town: Town, code: str | None, reason: str | None) -> None:
    """Store a received ballot of meeting 1 and what the relay made of it."""
    community = town.communities[SLUG]
    with town.wanjia.database.write() as session:
        session.merge(IndexState(id=1, chain_id=20278, finality_depth=2))
        session.add(
            IndexedMeeting(
                community_id=community,
                number=1,
                convene_hash=bytes(32),
                convening={},
                convener=PLACE,
                convened_at=START,
                opens_at=START,
                closes_at=START + 86_400,
                block=1,
            )
        )
        item = RelayItem(
            kind=ItemKind.BALLOT,
            community_id=community,
            target=PLACE,
            group=1,
            body=bytes(77),
            reference=HASH.hex(),
            state=ItemState.REFUSED if code else ItemState.QUEUED,
            code=code,
            reason=reason,
            created_at=START,
        )
        session.add(item)
        session.flush()
        session.add(
            Ballot(
                community_id=community,
                meeting=1,
                voter=1,
                attempt=0,
                ballot_hash=HASH,
                record=bytes(77),
                sequence=1,
                received_at=START,
                item_id=item.id,
            )
        )


@pytest.mark.parametrize(
    ("code", "word", "chinese", "english"),
    [
        ("BALLOT_ALREADY_CAST", "AlreadyCast", "已经投过票了", "has already voted"),
        ("BALLOT_MEETING_NOT_OPEN", "CLOSED", "2027-01-15 16:00 至 2027-01-16 16:00", "2027-01-15 16:00 to"),
        ("RELAY_CONTRACT_REFUSED", "WrongState", "：WrongState。", ": WrongState."),
    ],
)
def test_a_refused_ballot_says_why(town: Town, code: str, word: str, chinese: str, english: str) -> None:
    """The code's text with its values filled in, beside the receipt that was given."""
    keep(town, code, word)
    for language, said in (("zh-CN", chinese), ("en", english)):
        answer = town.browser().get(f"/ballots/0x{HASH.hex()}", headers={"Accept-Language": language})
        ballot = answer.get_json()
        assert (ballot["state"], ballot["code"]) == ("refused", code)
        assert said in ballot["reason"]
        assert ballot["receipt"]["sequence"] == 1


def test_a_ballot_on_its_way_has_no_reason(town: Town) -> None:
    """Nothing was refused yet, so there is nothing to explain."""
    keep(town, None, None)
    ballot = town.browser().get(f"/ballots/0x{HASH.hex()}").get_json()
    assert (ballot["state"], ballot["code"], ballot["reason"]) == ("received", None, None)
