"""Meetings as anyone may read them: the chain's facts from the index, the texts the hashes stand for."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.chain.deployment import Deployment
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.matters import Matter
from wanjia.domain.premises import address_order
from wanjia.index.models import IndexedMeeting
from wanjia.index.views import chain_time, meeting_state, participation
from wanjia.meetings.convening import Convening
from wanjia.meetings.lookup import (
    contract_of,
    documents_of,
    draft_of,
    find_community,
    find_meeting,
    texts_of,
)
from wanjia.meetings.voters import area_of, ballot_of
from wanjia.roll.models import Unit


class MeetingViews:
    """Reads communities and meetings."""

    def __init__(
        self,
        database: Database,
        deployment: Callable[[], Deployment],
        operator: str,
        intake_margin: int,
        clock: Callable[[], float],
    ) -> None:
        self._database = database
        self._deployment = deployment
        self._operator = operator
        self._intake_margin = intake_margin
        self._clock = clock

    def communities(self) -> list[dict[str, str]]:
        """Give every community's name and place."""
        with self._database.read() as session:
            return [_brief(row) for row in session.scalars(select(Community).order_by(Community.id))]

    def community(self, slug: str) -> dict[str, Any]:
        """Give one community with its contracts and its buildings."""
        with self._database.read() as session:
            row = find_community(session, slug)
            buildings = session.scalars(
                select(Unit.building).where(Unit.community_id == row.id).distinct()
            ).all()
            return {
                **_brief(row),
                "chain": {
                    "chain_id": self._deployment().chain_id,
                    "forwarder": self._deployment().forwarder,
                    "operator": self._operator,
                    "registry": row.registry_address,
                    "open_meeting": row.open_meeting_address,
                    "secret_meeting": row.secret_meeting_address,
                    "trustee_board": row.trustee_board_address,
                    "notary": row.notary_address,
                },
                "units_hint": {"buildings": sorted(buildings, key=address_order)},
            }

    def meetings(self, slug: str) -> list[dict[str, Any]]:
        """Give a community's meetings, the latest first."""
        with self._database.read() as session:
            community = find_community(session, slug)
            now = chain_time(session, self._clock())
            rows = session.scalars(
                select(IndexedMeeting)
                .where(IndexedMeeting.community_id == community.id)
                .order_by(IndexedMeeting.number.desc())
            )
            return [
                {
                    "meeting": row.number,
                    "title": _title(session, row),
                    "state": meeting_state(row, now).name.lower(),
                    "opens_at": row.opens_at,
                    "closes_at": row.closes_at,
                    "motions": len(row.convening["motions"]),
                    "ballots": row.ballots,
                }
                for row in rows
            ]

    def meeting(self, slug: str, number: int) -> dict[str, Any]:
        """Give one meeting: what was frozen, its texts, its roll and who took part so far."""
        with self._database.read() as session:
            community, row = find_meeting(session, slug, number)
            now = chain_time(session, self._clock())
            draft = draft_of(session, row)
            part = participation(session, community.id, number)
            return {
                "meeting": row.number,
                "ballots": row.ballots,
                "keys": _keys(row),
                "title": draft.title if draft else "",
                "notice": draft.notice if draft else "",
                "scope": draft.scope if draft else "",
                "state": meeting_state(row, now).name.lower(),
                "opens_at": row.opens_at,
                "closes_at": row.closes_at,
                "intake_closes_at": row.closes_at - self._intake_margin,
                "objections_end_at": row.objections_end_at,
                "chain_time": now,
                "course": _course(row),
                "chain": {
                    "chain_id": self._deployment().chain_id,
                    "open_meeting": community.open_meeting_address,
                    "contract": contract_of(community, row.ballots).address,
                },
                "convene_hash": _hex(row.convene_hash),
                "convening": self._convening(session, row),
                "roll": {"area": row.roll_area, "heads": row.roll_heads},
                "part": {"area": part.area, "heads": part.heads},
            }

    def voter_line(self, slug: str, number: int, voter: int) -> dict[str, Any]:
        """Give a voter's line of a meeting: area on its published roll, and whether a ballot is there.

        ``ballot`` is "none", "received" or "recorded"; never what it says.
        """
        with self._database.read() as session:
            community, row = find_meeting(session, slug, number)
            return {
                "area": area_of(session, row, voter),
                "ballot": ballot_of(session, community.id, number, voter),
            }

    def turnout(self, slug: str, number: int) -> dict[str, Any]:
        """Give who took part so far against the roll; two thirds of both are the quorum."""
        with self._database.read() as session:
            community, row = find_meeting(session, slug, number)
            part = participation(session, community.id, number)
            return {
                "total": {"area": row.roll_area, "heads": row.roll_heads},
                "part": {"area": part.area, "heads": part.heads},
            }

    def _convening(self, session: Session, row: IndexedMeeting) -> dict[str, Any]:
        """Give the frozen content with the texts behind its hashes; motions in the order of the ballot."""
        convening = Convening.from_event(row.convening)
        frozen = convening.as_json()
        texts = texts_of(session, row.community_id, convening)
        names = {each.hash: each.name for each in documents_of(session, draft_of(session, row))}
        for position, ((_, _, _, text_hash), motion) in enumerate(
            zip(convening.motions, frozen["motions"], strict=True)
        ):
            text = texts.get(text_hash)
            motion["position"] = position
            motion["majority"] = Matter(motion["matter"]).majority.value
            motion["title"] = text.title if text else ""
            motion["text"] = text.text if text else ""
        frozen["documents"] = [
            {
                "hash": _hex(document),
                "name": names.get(document, ""),
                "url": f"/api/documents/{_hex(document)}",
            }
            for document in convening.documents
        ]
        return frozen


def _keys(row: IndexedMeeting) -> dict[str, Any] | None:
    """What ballots of a secret meeting are encrypted and bound to, once it is fixed."""
    if row.context is None or row.keys is None:
        return None
    roll_digest, seal_hash = (_hex(each) if each else None for each in (row.roll_digest, row.seal_hash))
    return {"context": _hex(row.context), **row.keys, "roll_digest": roll_digest, "seal_hash": seal_hash}


def _course(row: IndexedMeeting) -> dict[str, int | None]:
    """When each step happened; ``None`` for those still to come."""
    return {
        "convened_at": row.convened_at,
        "consented_at": row.consented_at,
        "roll_published_at": row.roll_published_at,
        "roll_sealed_at": row.sealed_at,
        "declared_at": row.declared_at,
        "final_at": row.final_at,
        "void_at": row.void_at,
    }


def _brief(row: Community) -> dict[str, str]:
    return {"slug": row.slug, "name": row.name, "district": row.district, "address": row.address}


def _title(session: Session, row: IndexedMeeting) -> str:
    draft = draft_of(session, row)
    return draft.title if draft else ""


def _hex(value: bytes) -> str:
    return "0x" + value.hex()
