"""Who may use which endpoint. What is not in this table is refused."""

from contextlib import suppress
from types import MappingProxyType
from typing import Final

from flask import Flask, g, request, session
from sqlalchemy import select

from wanjia.db.community import Community
from wanjia.deliberation.moderation import HIDERS
from wanjia.deliberation.residents import ResidentLogin, resident_login
from wanjia.domain.concerns import LEVEL_ROLES
from wanjia.domain.errors import Refusal
from wanjia.identity.sessions import OwnerLogin, StaffLogin, owner_login, staff_login
from wanjia.web.services import services

ANYONE, OWNER, RESIDENT = "anyone", "owner", "resident"
OPERATOR, COMMITTEE, SUPERVISOR, CLERK = "operator", "committee", "supervisor", "clerk"
GRID: Final = frozenset(LEVEL_ROLES.values())
STAFF: Final = frozenset({OPERATOR, COMMITTEE, SUPERVISOR, CLERK}) | GRID
PUBLIC: Final = frozenset({ANYONE})
OFFICIALS: Final = frozenset({COMMITTEE, SUPERVISOR})
READERS: Final = OFFICIALS | GRID
"""Who reads concerns at the desk."""
SPEAKERS: Final = frozenset({OWNER, RESIDENT})
"""Owners, and the tenants and family they let in."""

POLICY: Final = MappingProxyType(
    {
        # reading a community and its meetings
        "communities.list_communities": PUBLIC,
        "communities.read_community": PUBLIC,
        "communities.list_meetings": PUBLIC,
        "communities.read_meeting": PUBLIC,
        "communities.read_turnout": PUBLIC,
        "communities.read_voter": PUBLIC,
        "communities.read_result": PUBLIC,
        "communities.read_document": PUBLIC,
        # the chain itself, for auditors without a node of their own
        "rpc.read_chain": PUBLIC,
        "rpc.read_place": PUBLIC,
        "objections.read_meeting_statements": PUBLIC,
        # an objection's own signature says whose it is
        "objections.raise_objection": PUBLIC,
        # a meeting's roll without names, and what owners say of it
        "public_roll.read_public_roll": PUBLIC,
        "public_roll.list_my_objections": frozenset({OWNER}),
        "public_roll.object_to_roll": frozenset({OWNER}),
        # a ballot's own signature says whose it is
        "ballots.receive_ballot": PUBLIC,
        "ballots.receive_secret_ballot": PUBLIC,
        "ballots.read_ballot": PUBLIC,
        # codes are countersigned for anyone on the roll; an opened ballot proves itself by its countersignature
        "codes.sign_code": PUBLIC,
        "codes.open_ballot": PUBLIC,
        "codes.read_opened": PUBLIC,
        # trustees: the board is the chain's, and a trustee's call is signed
        "trustees.read_board": PUBLIC,
        "trustees.prepare_trustee_act": PUBLIC,
        "trustees.hand_in_trustee_act": PUBLIC,
        "trustees.read_trustee_act": PUBLIC,
        "trustees.propose_trustees": frozenset({COMMITTEE}),
        "trustees.confirm_trustees": frozenset({SUPERVISOR}),
        "trustees.restart_keys": frozenset({SUPERVISOR}),
        # seats: the invitation and the new account's signature say who joins
        "trustee_seats.read_seats": OFFICIALS,
        "trustee_seats.set_seats": frozenset({COMMITTEE}),
        "trustee_seats.free_seat": frozenset({COMMITTEE}),
        "trustee_seats.read_invitation": PUBLIC,
        "trustee_seats.take_seat": PUBLIC,
        # proving an identity
        "identity.read_consent": PUBLIC,
        "identity.open_claim": PUBLIC,
        "identity.read_claim": PUBLIC,
        "identity.enter_code": PUBLIC,
        "identity.send_code": PUBLIC,
        "identity.ask_review": PUBLIC,
        # an owner
        "owner.read_owner": frozenset({OWNER}),
        "owner.register_key": frozenset({OWNER}),
        "owner.change_key": frozenset({OWNER}),
        "owner.logout": frozenset({OWNER}),
        # a veto is signed by the old key; whoever holds it may have no session
        "owner.read_key_change": PUBLIC,
        "owner.veto_key_change": PUBLIC,
        # an owner's household
        "household.read_household": frozenset({OWNER}),
        "household.invite_member": frozenset({OWNER}),
        "household.take_back_invitation": frozenset({OWNER}),
        "household.end_member": frozenset({OWNER}),
        "household.read_invitation": PUBLIC,
        "household.join_household": PUBLIC,
        # who speaks: owners and households
        "household.read_resident": SPEAKERS,
        "household.logout": SPEAKERS,
        "concerns.raise_concern": SPEAKERS,
        "concerns.list_concerns": SPEAKERS,
        "concerns.find_similar": SPEAKERS,
        "concerns.read_concern": SPEAKERS,
        "concerns.read_photo": SPEAKERS,
        "concerns.read_proof": SPEAKERS,
        "voices.support_concern": SPEAKERS,
        "voices.unsupport_concern": SPEAKERS,
        "voices.follow_concern": SPEAKERS,
        "voices.unfollow_concern": SPEAKERS,
        "voices.comment_on_concern": SPEAKERS,
        "voices.talk_on_concern": SPEAKERS,
        "voices.withdraw_concern": SPEAKERS,
        "voices.rate_concern": SPEAKERS,
        "voices.appeal_hiding": SPEAKERS,
        "voices.note_seen": SPEAKERS,
        # staff
        "staff.login": PUBLIC,
        "staff.logout": STAFF,
        "staff.read_me": STAFF,
        "staff_people.read_people": frozenset({OPERATOR, COMMITTEE, SUPERVISOR}),
        "staff_people.read_waiting": STAFF,
        "staff_people.read_log_entries": frozenset({OPERATOR, COMMITTEE, SUPERVISOR}),
        "staff_people.read_system": frozenset({OPERATOR}),
        "key_changes.list_key_changes": frozenset({OPERATOR, SUPERVISOR}),
        "key_changes.cancel_key_change": frozenset({OPERATOR}),
        "staff_meetings.write_draft": frozenset({COMMITTEE}),
        "staff_meetings.read_step": OFFICIALS,
        "staff_meetings.read_course": OFFICIALS,
        "staff_meetings.publish_reason": OFFICIALS,
        "staff_plans.list_plans": frozenset({COMMITTEE}),
        "staff_plans.create_plan": frozenset({COMMITTEE}),
        "staff_plans.read_plan": frozenset({COMMITTEE}),
        "staff_plans.save_plan": frozenset({COMMITTEE}),
        "staff_plans.discard_plan": frozenset({COMMITTEE}),
        "staff_plans.add_plan_document": frozenset({COMMITTEE}),
        "staff_plans.remove_plan_document": frozenset({COMMITTEE}),
        "staff_plans.draft_plan": frozenset({COMMITTEE}),
        "staff_plans.read_places": frozenset({COMMITTEE}),
        "staff_privacy.check_plan_privacy": frozenset({COMMITTEE}),
        "staff_privacy.read_meeting_privacy": OFFICIALS,
        "staff_roll.read_template": frozenset({COMMITTEE}),
        "staff_roll.read_roll": OFFICIALS,
        "staff_roll.find_units": frozenset({COMMITTEE}),
        "staff_roll.take_upload": frozenset({COMMITTEE}),
        "staff_roll.read_upload": frozenset({COMMITTEE}),
        "staff_roll.confirm_upload": frozenset({COMMITTEE}),
        "staff_roll.read_publication": OFFICIALS,
        "staff_roll.list_roll_objections": OFFICIALS,
        "staff_roll.answer_roll_objection": frozenset({COMMITTEE}),
        "staff_follow.read_follow": OFFICIALS,
        "staff_follow.list_absent": OFFICIALS,
        "staff_acts.prepare_act": OFFICIALS,
        "staff_acts.hand_in_act": OFFICIALS,
        "staff_acts.read_act": OFFICIALS,
        # concerns at the desk: committee and supervisor read the public ones, the grid settles
        "staff_concerns.list_concerns": READERS,
        "staff_concerns.read_concern": READERS,
        "staff_concerns.read_photo": READERS,
        "staff_concerns.take_concern": GRID,
        "staff_concerns.note_progress": GRID,
        "staff_concerns.talk_with_resident": GRID,
        "staff_concerns.answer_concern": GRID,
        "staff_concerns.climb_concern": GRID,
        "staff_concerns.hide_entry": HIDERS,
        "staff_concerns.decide_appeal": frozenset({SUPERVISOR}),
        "grid.read_grid": READERS,
        "grid.assign_building": frozenset({SUPERVISOR}),
        "grid.read_digest": READERS,
        "overview.read_overview": READERS,
        "reviews.list_reviews": frozenset({SUPERVISOR}),
        "reviews.read_review": frozenset({SUPERVISOR}),
        "reviews.read_file": frozenset({SUPERVISOR}),
        "reviews.approve_review": frozenset({SUPERVISOR}),
        "reviews.refuse_review": frozenset({SUPERVISOR}),
        # the system itself
        "system.read_health": PUBLIC,
        "system.read_outbox": PUBLIC,
        "system.read_authority": PUBLIC,
        "docs.page": PUBLIC,
        "docs.asset": PUBLIC,
        "docs.script": PUBLIC,
        "docs.specification": PUBLIC,
        "metrics": PUBLIC,
        "frontend": PUBLIC,
    }
)
"""Endpoint -> who. The outbox exists only where the settings ask for it (development)."""


def enforce(app: Flask) -> None:
    """Check every request against the table before its body is read."""
    app.before_request(_check)


def _check() -> None:
    if request.endpoint is None:
        return
    allowed = POLICY.get(request.endpoint, frozenset())
    if ANYONE in allowed:
        return
    now = services().clock()
    if RESIDENT in allowed:
        g.resident = _resident(now)
        return
    with services().database.read() as rows:
        if OWNER in allowed:
            g.owner = owner_login(rows, session.get("owner", ""), now)
            return
        if not allowed:
            raise Refusal("FORBIDDEN")
        g.staff = staff_login(rows, session.get("staff", ""), now)
    if g.staff.role not in allowed:
        raise Refusal("FORBIDDEN")


def _resident(now: int) -> ResidentLogin:
    """Find who speaks in the community of the path: its owner, or a member of a household.

    One browser may hold both, of two communities. Raises ``Refusal``: ``LOGIN_REQUIRED``, and ``NOT_FOUND`` for who
    speaks elsewhere only.
    """
    found = []
    with services().database.read() as rows:
        for token, login in ((session.get("owner"), owner_login), (session.get("resident"), resident_login)):
            if token is not None:
                with suppress(Refusal):
                    found.append(login(rows, token, now))
        if not found:
            raise Refusal("LOGIN_REQUIRED")
        slug = (request.view_args or {}).get("slug")
        here = rows.scalar(select(Community.id).where(Community.slug == slug))
    for each in found:
        if each.community_id == here:
            return services().residents.of_owner(each) if isinstance(each, OwnerLogin) else each
    raise Refusal("NOT_FOUND")


def resident() -> ResidentLogin:
    """Who speaks in this request."""
    login: ResidentLogin = g.resident
    return login


def owner() -> OwnerLogin:
    """The logged-in owner of this request."""
    login: OwnerLogin = g.owner
    return login


def staff() -> StaffLogin:
    """The logged-in member of staff of this request."""
    login: StaffLogin = g.staff
    return login
