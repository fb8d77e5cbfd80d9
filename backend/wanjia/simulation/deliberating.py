"""Residents of the sample community raise concerns and the grid settles them, through the same services as the web.

Everything happens at the times of the stories, in the past, and in one transaction: the steward, whose rules look at terms,
sees all of it at once.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from random import Random

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.deliberation.desk import ConcernDesk
from wanjia.deliberation.grid import GridPosts
from wanjia.deliberation.lines import ENDED
from wanjia.deliberation.models import Concern, ConcernEntry
from wanjia.deliberation.moderation import Moderation
from wanjia.deliberation.raising import Draft, Raising
from wanjia.deliberation.resident_models import Resident
from wanjia.deliberation.residents import ResidentLogin, login_of
from wanjia.deliberation.rules import ConcernRules
from wanjia.deliberation.voices import Voices
from wanjia.domain.concerns import DAY, HOUR, LEVEL_ROLES, Level, ResidentKind, Step
from wanjia.identity.sessions import StaffLogin
from wanjia.identity.sessions import login_of as staff_login_of
from wanjia.identity.staff_models import Staff
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, Title, Unit
from wanjia.sample.stories import Act, Story, photo_of, read_stories
from wanjia.simulation.people import Official
from wanjia.simulation.world import hire

_BUILDINGS_OF_THE_SECOND = ("9", "12")
_TENANTS = 12
_Event = tuple[int, Callable[[], None]]


def hire_grid(session: Session, vault: Vault, community: Community) -> list[Official]:
    """Give the community two grid workers and one of each level above, with log-ins of their own."""
    names = [(role, f"{role}@{community.slug}") for role in LEVEL_ROLES.values()]
    names.append((LEVEL_ROLES[Level.WORKER], f"{LEVEL_ROLES[Level.WORKER]}2@{community.slug}"))
    return [hire(session, vault, role, username, community.id, "") for role, username in names]


def deliberate(settings: Settings, community: Community, now: int, visitor: int | None) -> list[Official]:
    """Let the stories happen up to ``now`` (UTC seconds); ``visitor`` is the voter index of the owner with stories of theirs.

    Gives the grid's log-ins.
    """
    database, vault = Database(open_engine(settings.database_url)), Vault(settings.data_key)
    with database.write() as session:
        grid = hire_grid(session, vault, community)
        people = _residents(session, community.id, now - 60 * DAY, visitor)
        _Past(session, vault, community, people, now).happen()
    database.engine.dispose()
    return grid


class _OneTransaction(Database):
    """Gives every service the same session, whose transaction its owner ends."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def write(self) -> Iterator[Session]:
        yield self._session
        self._session.flush()

    @contextmanager
    def read(self) -> Iterator[Session]:
        yield self._session


class _Past:
    """The stories as events in the order of time; before each of them the rules take what was due by then."""

    def __init__(
        self,
        session: Session,
        vault: Vault,
        community: Community,
        people: Sequence[ResidentLogin],
        now: int,
    ) -> None:
        self._session, self._people, self._now = session, people, now
        self._moment = now
        self._random = Random(681)  # noqa: S311  who supports what in a sample
        database, clock = _OneTransaction(session), lambda: self._moment
        self._raising = Raising(database, vault, clock)
        self._voices = Voices(database, vault, clock)
        self._desk = ConcernDesk(database, vault, clock)
        self._moderation = Moderation(database, vault, clock)
        self._posts = GridPosts(database, clock)
        self._rules = ConcernRules(database, vault)
        staff = session.scalars(select(Staff).where(Staff.community_id == community.id))
        self._staff = {row.username: staff_login_of(row) for row in staff}
        self._slug, self._community = community.slug, community.id

    def happen(self) -> None:
        """Let everything happen."""
        supervisor = self._staff[f"supervisor@{self._slug}"]
        for building in _BUILDINGS_OF_THE_SECOND:
            self._posts.assign(supervisor, building, f"grid_worker2@{self._slug}")
        for building in {post.building for post in self._posts.read(supervisor).posts}:
            if building not in _BUILDINGS_OF_THE_SECOND:
                self._posts.assign(supervisor, building, f"grid_worker@{self._slug}")
        events = sorted(
            (event for number, story in enumerate(read_stories()) for event in self._events(story, number)),
            key=lambda event: event[0],
        )
        for moment, event in events:
            self._rules.turn(moment)
            self._moment = moment
            event()
        self._rules.turn(self._now)

    def _events(self, story: Story, request: int) -> Iterator[_Event]:
        raised = self._now - int(story.days * DAY)
        who = self._raiser(story)
        numbers: list[int] = []

        def raise_it() -> None:
            place = (story.building, who.entrance if story.building == who.building else "", story.place)
            draft = Draft(
                f"story-{request:04}", story.kind, story.title, story.text, *place, story.public, story.urgent
            )
            numbers.append(self._raising.raise_concern(who, draft, [photo_of(name) for name in story.photos]))

        yield raised, raise_it
        others = [each for each in self._people if each.resident_id != who.resident_id]
        near = sorted(others, key=lambda each: (each.building != story.building, self._random.random()))
        crowd = near if story.building else self._random.sample(others, len(others))
        span = min(story.days, 6) * DAY
        for each in crowd[: story.supports]:
            moment = raised + int(span * self._random.uniform(0.02, 0.5))
            yield moment, partial(self._support, each, numbers)
        for turn, (each, words) in enumerate(zip(crowd, story.comments, strict=False), start=1):
            yield raised + int(span * 0.1 * turn), partial(self._comment, each, numbers, words)
        if story.rude:
            yield raised + DAY, partial(self._moderate, crowd[0], numbers, story)
        if story.withdrawn:
            yield raised + DAY // 2, lambda: self._voices.withdraw(who, numbers[0], story.withdrawn)
        moment = raised
        for act in story.acts:
            moment += int(act.days * DAY)
            yield moment, partial(self._act, who, numbers, act)

    def _support(self, who: ResidentLogin, numbers: Sequence[int]) -> None:
        if self._concern(numbers[0]).state not in ENDED:
            self._voices.support(who, numbers[0])

    def _comment(self, who: ResidentLogin, numbers: Sequence[int], words: str) -> None:
        if self._concern(numbers[0]).state not in ENDED:
            self._voices.comment(who, numbers[0], words)

    def _moderate(self, who: ResidentLogin, numbers: Sequence[int], story: Story) -> None:
        (number,) = numbers
        self._voices.comment(who, number, story.rude)
        last = select(func.max(ConcernEntry.id))
        entry = self._session.scalars(last).one()
        reason = "广告，与本条诉求无关。" if not story.appeal else "指向具体住户，请只说事情。"
        self._moderation.hide(self._staff[f"committee@{self._slug}"], number, entry, reason)
        if story.appeal:
            self._voices.appeal(who, number, entry, story.appeal)

    def _act(self, who: ResidentLogin, numbers: Sequence[int], act: Act) -> None:
        (number,) = numbers
        if act.step in (Step.RATE_SETTLED, Step.RATE_UNSETTLED):
            self._voices.rate(who, number, act.words, settled=act.step is Step.RATE_SETTLED)
            return
        staff = self._in_charge(number)
        if act.step is Step.TAKE:
            self._desk.take(staff, number)
        elif act.step is Step.NOTE:
            self._desk.note(staff, number, act.words)
        elif act.step is Step.CLIMB:
            self._desk.climb(staff, number, act.words)
        else:
            self._desk.answer(staff, number, act.words, [photo_of(name) for name in act.photos])

    def _in_charge(self, number: int) -> StaffLogin:
        concern = self._concern(number)
        second = concern.level == Level.WORKER and concern.building in _BUILDINGS_OF_THE_SECOND
        role = LEVEL_ROLES[Level(concern.level)]
        return self._staff[f"{role}{'2' if second else ''}@{self._slug}"]

    def _concern(self, number: int) -> Concern:
        here = Concern.community_id == self._community
        return self._session.scalars(select(Concern).where(here, Concern.number == number)).one()

    def _raiser(self, story: Story) -> ResidentLogin:
        if story.by_visitor:
            return self._people[0]
        kind = ResidentKind.TENANT if story.by_tenant else ResidentKind.OWNER
        fitting = [each for each in self._people[1:] if each.kind == kind]
        near = [each for each in fitting if each.building == story.building]
        return self._random.choice(near or fitting)


def _residents(session: Session, community_id: int, since: int, visitor: int | None) -> list[ResidentLogin]:
    """Make residents of people on the roll: the visitor first, then some of every building and a few tenants."""
    rows = session.execute(
        select(Owner.voter, Title.id_number_key, Unit.building, Unit.entrance)
        .join(Title, Title.owner_id == Owner.id)
        .join(Unit, Unit.owner_id == Owner.id)
        .where(Owner.community_id == community_id, Title.acts, Unit.counted)
        .order_by(Owner.voter, Unit.id)
    ).all()
    first_of: dict[bytes, tuple[int, bytes, str, str]] = {}
    for voter, person, building, entrance in rows:
        first_of.setdefault(person, (voter, person, building, entrance))
    chosen = sorted(first_of.values(), key=lambda row: (row[0] != visitor, row[0] * 7919 % 681))[:90]
    made = [
        Resident(
            community_id=community_id,
            kind=ResidentKind.OWNER,
            person_hash=person,
            building=building,
            entrance=entrance,
            created_at=since,
        )
        for _, person, building, entrance in chosen
    ]
    session.add_all(made)
    session.flush()
    tenants = [
        Resident(
            community_id=community_id,
            kind=ResidentKind.TENANT,
            invited_by=host.id,
            building=host.building,
            entrance=host.entrance,
            created_at=since + HOUR,
        )
        for host in made[1 : _TENANTS + 1]
    ]
    session.add_all(tenants)
    session.flush()
    return [login_of(row) for row in [*made, *tenants]]
