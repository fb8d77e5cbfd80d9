"""A community with an open secret meeting as the index tells it, without a chain: keys that are the tests' own."""

from dataclasses import dataclass

from eth_utils import keccak

from wanjia.chain.eip712 import secret_ballot_digest
from wanjia.chain.signing import address_of, sign_digest
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.domain.ballots import Choice
from wanjia.index.models import IndexedKey, IndexedMeeting, IndexedRoll, IndexState
from wanjia.intake.codes import BallotCodes, ShownCode
from wanjia.intake.opened import OpenedBallots
from wanjia.intake.receipts import Receipt
from wanjia.intake.service import Intake
from wanjia.wsb.ballot import ballot_hash
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form
from wanjia.wsb.group import G, encode, multiply
from wanjia.wsb.proving import make_ballot

SLUG, MEETING, CHAIN_ID = "yard", 1, 20_278
NOW = 1_800_000_000
CLOSES_AT = NOW + 86_400
SECRET_MEETING = "0x" + "55" * 20
OPERATOR_KEY = keccak(text="operator of the yard")
OPERATOR = address_of(OPERATOR_KEY)
VOTERS = range(1, 4)
FORM = Form(keccak(text="context"), Keys(multiply(1234567, G), multiply(7654321, G)), ((0, 0), (0, 0)))


def key_of(voter: int) -> bytes:
    """A voter's private key."""
    return keccak(text=f"voter {voter}")


def body_of(voter: int, *choices: Choice) -> bytes:
    """A fresh body."""
    return make_ballot(FORM, voter, list(choices or (Choice.FOR, Choice.AGAINST))).bytes


@dataclass
class Yard:
    """The meeting with intake, codes and opened ballots over one database."""

    database: Database
    now: int = NOW

    def __post_init__(self) -> None:
        """Wire the stages anew, as another process would."""
        wiring = {"operator_key": OPERATOR_KEY.hex(), "margin": 120, "clock": lambda: self.now}
        self.intake = Intake(self.database, **wiring)  # type: ignore[arg-type]
        self.codes = BallotCodes(self.database, **wiring)  # type: ignore[arg-type]
        self.opened = OpenedBallots(self.database, self.codes)

    def code(self, voter: int, body: bytes) -> ShownCode:
        """Have a body's hash countersigned."""
        return self.codes.sign(SLUG, MEETING, voter, ballot_hash(FORM.context, body))

    def open(self, voter: int, body: bytes) -> bool:
        """Have a body countersigned and open it; tells whether it was opened before."""
        code = self.code(voter, body)
        return self.opened.open(SLUG, MEETING, voter, body, code.shown_at, code.signature).repeated

    def cast(self, voter: int, body: bytes) -> Receipt:
        """Sign a body as its voter and hand it in."""
        digest = secret_ballot_digest(
            CHAIN_ID, SECRET_MEETING, MEETING, voter, ballot_hash(FORM.context, body)
        )
        return self.intake.receive_secret(SLUG, MEETING, voter, body, sign_digest(key_of(voter), digest))


def settle(database: Database) -> Yard:
    """Put the community and its meeting into a database."""
    with database.write() as session:
        community = Community(
            slug=SLUG,
            name="小院",
            salt=bytes(32),
            registry_address="0x" + "11" * 20,
            open_meeting_address="0x" + "22" * 20,
            secret_meeting_address=SECRET_MEETING,
            trustee_board_address="0x" + "44" * 20,
            notary_address="0x" + "33" * 20,
            first_block=1,
        )
        session.add_all([community, IndexState(id=1, chain_id=CHAIN_ID, finality_depth=6)])
        session.flush()
        session.add(_meeting(community.id))
        for voter in VOTERS:
            place = {"community_id": community.id, "voter": voter}
            session.add(IndexedRoll(meeting=MEETING, area=8_935, **place))
            session.add(IndexedKey(key=address_of(key_of(voter)), from_block=1, **place))
    return Yard(database)


def _meeting(community: int) -> IndexedMeeting:
    in_favour, against = ("0x" + encode(point).hex() for point in (FORM.keys.in_favour, FORM.keys.against))
    return IndexedMeeting(
        community_id=community,
        number=MEETING,
        ballots="secret",
        context=FORM.context,
        keys={"in_favour": in_favour, "against": against},
        convene_hash=bytes(32),
        convening={"motions": [{"group": group, "cap": cap} for group, cap in FORM.motions]},
        convener="",
        convened_at=NOW - 20 * 86_400,
        consented_at=NOW - 19 * 86_400,
        sealed_at=NOW - 86_400,
        opens_at=NOW - 60,
        closes_at=CLOSES_AT,
        block=1,
    )
