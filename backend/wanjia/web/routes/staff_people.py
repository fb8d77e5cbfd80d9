"""Staff about themselves: who holds which role, what waits, what was done, how the system is."""

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint, Tag

from wanjia.identity.staff_list import accounts, registry_offices
from wanjia.identity.staff_log import log_filters, read_log
from wanjia.index.views import chain_time
from wanjia.relay.account import Account, read_account, read_queue
from wanjia.web.health import health
from wanjia.web.policy import staff
from wanjia.web.schemas.people import (
    AccountAnswer,
    AccountOnChain,
    HolderAnswer,
    LogLine,
    LogPageAnswer,
    LogQuery,
    MeetingWaitsAnswer,
    OfficesAnswer,
    PeopleAnswer,
    ProposalAnswer,
    QueueAnswer,
    SystemAnswer,
    WaitingAnswer,
)
from wanjia.web.services import services

api = APIBlueprint(
    "staff_people", __name__, url_prefix="/api/staff", abp_tags=[Tag(name="staff", description="工作人员")]
)


@api.get("/people", summary="Staff and roles", responses={200: PeopleAnswer})
def read_people() -> dict[str, Any]:
    """Accounts of the reader's communities, and who holds which role on the chain."""
    with services().database.read() as session:
        known, roles = accounts(session, staff()), registry_offices(session, staff())
    return PeopleAnswer(
        accounts=[AccountAnswer(**asdict(one)) for one in known],
        offices=[
            OfficesAnswer(
                community=slug,
                holders=[HolderAnswer(**asdict(one)) for one in found.holders],
                proposals=[ProposalAnswer(**asdict(one)) for one in found.proposals],
            )
            for slug, found in roles
        ],
    ).model_dump()


@api.get("/waiting", summary="What waits for me", responses={200: WaitingAnswer})
def read_waiting() -> dict[str, Any]:
    """Numbers of what waits for the reader's role, and the meetings' steps it can take now."""
    waiting = services().waiting.read(staff())
    return WaitingAnswer(
        meetings=[MeetingWaitsAnswer(**asdict(one)) for one in waiting.meetings],
        reviews=waiting.reviews,
        key_changes=waiting.key_changes,
        roles=waiting.roles,
    ).model_dump()


@api.get("/log", summary="What staff did", responses={200: LogPageAnswer})
def read_log_entries(query: LogQuery) -> dict[str, Any]:
    """A page of the community's log; the operator sees all communities'."""
    with services().database.read() as session:
        page = read_log(session, staff(), **query.model_dump())
        people, actions = log_filters(session, staff())
        return LogPageAnswer(
            entries=[
                LogLine(
                    id=entry.id,
                    at=entry.at,
                    username=entry.username,
                    role=entry.role,
                    action=entry.action,
                    reference=entry.reference,
                )
                for entry in page.entries
            ],
            next=page.next,
            people=people,
            actions=actions,
        ).model_dump()


@api.get("/system", summary="How the system is, for its operator", responses={200: SystemAnswer})
def read_system() -> dict[str, Any]:
    """Processes, queue, the account that pays, and how long until something is final."""
    now = services().clock()
    account = read_account(services().chain, services().operator)
    with services().database.read() as session:
        return SystemAnswer(
            health=health(session, now),
            now=now,
            chain_time=chain_time(session, now),
            finality_depth=services().settings.finality_depth,
            account=_account(account) if account else None,
            queue=QueueAnswer(**asdict(read_queue(session, now))),
        ).model_dump()


def _account(account: Account) -> AccountOnChain:
    return AccountOnChain(
        address=account.address, balance=str(account.balance), batch_cost=str(account.batch_cost)
    )
