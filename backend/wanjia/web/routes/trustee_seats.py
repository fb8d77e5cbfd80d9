"""Seats of trustees: set at the desk, taken through an invitation."""

from typing import Any

from eth_utils import to_checksum_address
from flask_openapi3 import APIBlueprint, Tag

from wanjia.trustees.seats import Seating
from wanjia.web.policy import staff
from wanjia.web.schemas.common import MeetingPath, to_bytes
from wanjia.web.schemas.trustees import (
    InvitationAnswer,
    InvitationPath,
    SeatAnswer,
    SeatPath,
    SeatsBody,
    StaffSeatAnswer,
    StaffSeatsAnswer,
    TakeSeatBody,
)
from wanjia.web.services import services

_SEATS = "/communities/<slug>/meetings/<int:meeting>/trustees/seats"

api = APIBlueprint(
    "trustee_seats", __name__, url_prefix="/api", abp_tags=[Tag(name="trustees", description="受托人")]
)


@api.get(f"/staff{_SEATS}", summary="Seats and their invitations", responses={200: StaffSeatsAnswer})
def read_seats(path: MeetingPath) -> dict[str, Any]:
    """The offices that are to hold a secret meeting's key, who joined, and the invitations still open."""
    return _seats(services().trustee_seats.read(staff(), path.slug, path.meeting))


@api.put(f"/staff{_SEATS}", summary="Set the seats", responses={200: StaffSeatsAnswer})
def set_seats(path: MeetingPath, body: SeatsBody) -> dict[str, Any]:
    """Set the seats anew, with fresh invitations; until a run has made keys."""
    seats = services().trustee_seats
    return _seats(seats.place(staff(), path.slug, path.meeting, body.threshold, body.labels))


@api.post(f"/staff{_SEATS}/<int:seat>/free", summary="Free a seat", responses={200: StaffSeatsAnswer})
def free_seat(path: SeatPath) -> dict[str, Any]:
    """Let a seat be taken again through a fresh invitation; before its account is proposed."""
    return _seats(services().trustee_seats.free(staff(), path.slug, path.meeting, path.seat))


@api.get(f"{_SEATS}/<token>", summary="An invitation", responses={200: InvitationAnswer})
def read_invitation(path: InvitationPath) -> dict[str, Any]:
    """The seat an invitation is for, and whether it is taken."""
    row = services().trustee_seats.invitation(path.slug, path.meeting, path.token)
    return InvitationAnswer(seat=row.seat, label=row.label, taken=row.account is not None).model_dump()


@api.post(_SEATS, summary="Take a seat", responses={200: SeatAnswer})
def take_seat(path: MeetingPath, body: TakeSeatBody) -> dict[str, Any]:
    """Join as a trustee with a fresh account, which signs for the seat; the same again is answered the same."""
    row = services().trustee_seats.take(
        path.slug, path.meeting, body.token, to_checksum_address(body.account), to_bytes(body.signature)
    )
    return SeatAnswer(seat=row.seat, label=row.label).model_dump()


def _seats(seating: Seating) -> dict[str, Any]:
    return StaffSeatsAnswer(
        threshold=seating.threshold,
        seats=[
            StaffSeatAnswer(seat=row.seat, label=row.label, token=row.token, account=row.account)
            for row in seating.seats
        ],
    ).model_dump()
