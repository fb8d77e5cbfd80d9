"""Wires the parts of one system together. Nothing is connected until something is asked."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from wanjia.chain.client import Chain, ChainUnavailable
from wanjia.chain.deployment import Deployment
from wanjia.chain.reading import ChainReading
from wanjia.chain.signing import address_of
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.deliberation.desk import ConcernDesk
from wanjia.deliberation.desk_views import DeskViews
from wanjia.deliberation.grid import GridPosts
from wanjia.deliberation.household import Households
from wanjia.deliberation.moderation import Moderation
from wanjia.deliberation.overview import Overviews
from wanjia.deliberation.proofs import Proofs
from wanjia.deliberation.raising import Raising
from wanjia.deliberation.residents import Residents
from wanjia.deliberation.similar import SimilarConcerns
from wanjia.deliberation.views import ConcernViews
from wanjia.deliberation.voices import Voices
from wanjia.identity.claims import Claims
from wanjia.identity.entry import Entry
from wanjia.identity.key_change_list import KeyChangeList
from wanjia.identity.keys import Keys
from wanjia.identity.limits import Limits
from wanjia.identity.review_views import ReviewViews
from wanjia.identity.reviews import Reviews
from wanjia.identity.sender import CodeSender, NoSender, OutboxSender
from wanjia.identity.staff import StaffEntry
from wanjia.identity.vault import Vault
from wanjia.intake.codes import BallotCodes
from wanjia.intake.opened import OpenedBallots
from wanjia.intake.receipts import ReceiptSigner
from wanjia.intake.service import Intake
from wanjia.meetings.acts import Acts
from wanjia.meetings.courses import Courses
from wanjia.meetings.drafts import Drafts
from wanjia.meetings.following import Followings
from wanjia.meetings.meeting_roll import MeetingRolls
from wanjia.meetings.objections import Objections
from wanjia.meetings.plans import Plans
from wanjia.meetings.privacy_views import PrivacyViews
from wanjia.meetings.results import Results
from wanjia.meetings.roll_objections import RollObjections
from wanjia.meetings.steps import Steps
from wanjia.meetings.views import MeetingViews
from wanjia.meetings.waiting import WaitingList
from wanjia.relay.requests import Requests
from wanjia.roll.search import RollSearch
from wanjia.roll.uploads import Uploads
from wanjia.trustees.acts import TrusteeActs
from wanjia.trustees.officials import TrusteeCalls
from wanjia.trustees.seats import Seats
from wanjia.trustees.views import BoardViews


@dataclass(frozen=True, slots=True)
class Wanjia:
    """One wired system: what the web and the command line call."""

    settings: Settings
    database: Database
    chain: Chain
    reading: ChainReading
    deployment: "DeploymentFile"
    vault: Vault
    claims: Claims
    entry: Entry
    reviews: Reviews
    review_views: ReviewViews
    staff_entry: StaffEntry
    keys: Keys
    key_changes: KeyChangeList
    drafts: Drafts
    plans: Plans
    privacy: PrivacyViews
    courses: Courses
    waiting: WaitingList
    objections: Objections
    steps: Steps
    acts: Acts
    meetings: MeetingViews
    results: Results
    uploads: Uploads
    roll_search: RollSearch
    meeting_rolls: MeetingRolls
    roll_objections: RollObjections
    followings: Followings
    intake: Intake
    receipts: ReceiptSigner
    codes: BallotCodes
    opened: OpenedBallots
    boards: BoardViews
    trustee_acts: TrusteeActs
    trustee_calls: TrusteeCalls
    trustee_seats: Seats
    residents: Residents
    households: Households
    raising: Raising
    concerns: ConcernViews
    voices: Voices
    desk: ConcernDesk
    desk_views: DeskViews
    overviews: Overviews
    moderation: Moderation
    grid: GridPosts
    proofs: Proofs
    similar: SimilarConcerns
    operator: str
    """Address of the operator's account."""
    clock: Callable[[], int]
    """Machine time, UTC seconds."""


class DeploymentFile:
    """The addresses of the release's contracts, read when first asked for: they may be deployed later."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.deployment_file
        self._read: Deployment | None = None

    def __call__(self) -> Deployment:
        """Give the deployment. Raises ``ChainUnavailable`` while there is none."""
        if self._read is None:
            if not self._path.exists():
                raise ChainUnavailable("the contracts are not deployed yet")
            self._read = Deployment.from_json(json.loads(self._path.read_text(encoding="utf-8")))
        return self._read


def bootstrap(
    settings: Settings,
    *,
    limits: Limits | None = None,
    sender: CodeSender | None = None,
    clock: Callable[[], int] = lambda: int(time.time()),
) -> Wanjia:
    """Wire a system by its settings.

    Codes go through ``sender``; without one they go to the development outbox where the settings ask for
    it, and are refused otherwise.
    """
    limits = limits or Limits()
    database = Database(open_engine(settings.database_url))
    chain = Chain(settings.rpc_url)
    vault = Vault(settings.data_key)
    sender = sender or (OutboxSender(vault) if settings.outbox_page else NoSender())
    deployment = DeploymentFile(settings)
    drafts = Drafts(database, chain, clock)
    courses = Courses(database, clock)
    key_changes = KeyChangeList(database, clock)
    requests = Requests(chain, deployment)
    acts = Acts(database, requests, clock)
    codes = BallotCodes(
        database, operator_key=settings.operator_key, margin=settings.intake_margin, clock=clock
    )
    operator = address_of(bytes.fromhex(settings.operator_key.removeprefix("0x")))

    return Wanjia(
        settings=settings,
        database=database,
        chain=chain,
        reading=ChainReading(settings.rpc_url),
        deployment=deployment,
        vault=vault,
        claims=Claims(database, vault, sender, limits, clock),
        entry=Entry(database, vault, limits, clock),
        reviews=Reviews(database, vault, sender, limits, clock),
        review_views=ReviewViews(database, vault, clock),
        staff_entry=StaffEntry(database, vault, clock),
        keys=Keys(database, vault, sender, deployment, limits, clock),
        key_changes=key_changes,
        drafts=drafts,
        plans=Plans(database, drafts, clock),
        privacy=PrivacyViews(database),
        courses=courses,
        waiting=WaitingList(database, courses, key_changes, clock),
        objections=Objections(database, deployment, clock),
        steps=Steps(database, chain, clock),
        acts=acts,
        meetings=MeetingViews(database, deployment, operator, settings.intake_margin, clock),
        results=Results(database, chain, clock),
        uploads=Uploads(database, vault, clock),
        roll_search=RollSearch(database, vault, clock),
        meeting_rolls=MeetingRolls(database, clock),
        roll_objections=RollObjections(database, vault, clock),
        followings=Followings(database, clock),
        intake=Intake(
            database, operator_key=settings.operator_key, margin=settings.intake_margin, clock=clock
        ),
        receipts=ReceiptSigner(settings.operator_key),
        codes=codes,
        opened=OpenedBallots(database, codes),
        boards=BoardViews(database, chain),
        trustee_acts=TrusteeActs(database, requests, clock),
        trustee_calls=TrusteeCalls(database),
        trustee_seats=Seats(database, clock),
        residents=Residents(database, clock),
        households=Households(database, vault, clock),
        raising=Raising(database, vault, clock),
        concerns=ConcernViews(database, vault, clock),
        voices=Voices(database, vault, clock),
        desk=ConcernDesk(database, vault, clock),
        desk_views=DeskViews(database, vault, clock),
        overviews=Overviews(database, clock),
        moderation=Moderation(database, vault, clock),
        grid=GridPosts(database, clock),
        proofs=Proofs(database, vault),
        similar=SimilarConcerns(database, vault, clock),
        operator=operator,
        clock=clock,
    )
