"""When the roll changes, so does who is logged in; when time passes, personal data go."""

from datetime import date

from sqlalchemy import func, select

from town import ROLL, SLUG, START, Town, assert_problem, identity, phone
from wanjia.db.community import Community
from wanjia.identity.claim_models import AddressedMessage, Claim, CodeTry, OneTimeCode
from wanjia.identity.limits import DAY
from wanjia.identity.retention import sweep
from wanjia.roll.checking import check_roll
from wanjia.roll.placing import import_roll
from wanjia.roll.writing import to_csv


def import_again(town: Town, number: str, **changes: str) -> None:
    """Import the roll with one line changed."""
    rows = [{**row, **changes} if row["number"] == number else row for row in ROLL]
    checked = check_roll(to_csv(rows, "zh-CN"), date(2026, 11, 1))
    assert checked.roll is not None, checked.errors
    with town.wanjia.database.write() as session:
        community = session.scalars(select(Community).where(Community.slug == SLUG)).one()
        import_roll(session, community, checked.roll, town.wanjia.vault, now=START)


def test_who_no_longer_acts_is_logged_out(town: Town) -> None:
    """A company replaced its authorised person: the old one's session ends, the new one can log in."""
    old = town.owner("301", 905, name="办5")
    import_again(town, "301", agent="新5", agent_id=identity(906, "19900101"), agent_phone=phone(995))
    assert_problem(old.get("/owner"), "LOGIN_REQUIRED")
    assert_problem(old.post("/owner/key", {}), "LOGIN_REQUIRED")
    new = town.owner("301", 0, name="新5", id_number=identity(906, "19900101"), phone=phone(995))
    assert new.get("/owner").get_json()["role"] == "authorised"


def test_an_import_without_changes_logs_nobody_out(town: Town) -> None:
    """The same people keep their sessions."""
    owner = town.owner("301", 905, name="办5")
    import_again(town, "401", area="90.00")
    assert owner.get("/owner").status_code == 200


def test_a_seller_does_not_act_for_the_buyer(town: Town) -> None:
    """The flat goes to another owner; the seller without units has no session in the buyer's name."""
    seller = town.owner("102", 2)
    import_again(town, "102", holders="买2", id_numbers=identity(22), phones=phone(22))
    assert_problem(seller.get("/owner"), "LOGIN_REQUIRED")


def test_claims_that_came_to_nothing_are_emptied(town: Town) -> None:
    """Two days after it is over nothing that was claimed is left, nor the codes and messages."""
    town.browser().post("/identity/claims", town.claim("101", 1, name="乙"))
    token = town.browser().post("/identity/claims", town.claim("102", 2)).get_json()["claim"]
    town.browser().post(f"/identity/claims/{token}/code", {"code": "000000"})
    with town.wanjia.database.write() as session:
        sweep(session, town.clock.now + DAY)
    with town.wanjia.database.read() as session:
        assert None not in session.scalars(select(Claim.details)).all()
        assert session.scalar(select(func.count()).select_from(OneTimeCode)) == 2
    with town.wanjia.database.write() as session:
        sweep(session, town.clock.now + 3 * DAY)
    with town.wanjia.database.read() as session:
        assert set(session.scalars(select(Claim.details)).all()) == {None}
        for table in (OneTimeCode, CodeTry, AddressedMessage):
            assert session.scalar(select(func.count()).select_from(table)) == 0
