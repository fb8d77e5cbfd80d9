"""A community grown large enough for secret ballots: sixty more owners of a flat each, in building 3."""

from datetime import date

from town import ROLL, SLUG, START, Town, flat
from wanjia.db.community import Community
from wanjia.roll.checking import check_roll
from wanjia.roll.placing import import_roll
from wanjia.roll.writing import to_csv

CROWD = 60


def crowd(town: Town, slug: str = SLUG) -> None:
    """Import the roll of the tests and the crowd."""
    more = [flat(f"{100 + at}", 100 + at, building="3") for at in range(1, CROWD + 1)]
    checked = check_roll(to_csv([*ROLL, *more], "zh-CN"), date(2026, 11, 1))
    assert checked.roll is not None, checked.errors
    with town.wanjia.database.write() as session:
        community = session.get_one(Community, town.communities[slug])
        import_roll(session, community, checked.roll, town.wanjia.vault, now=START)
