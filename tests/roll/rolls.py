"""Rows of small rolls, spelt out where a test needs them, and a community to put them in."""

from datetime import date

from sqlalchemy.orm import Session

from wanjia.db.community import Community
from wanjia.domain.identity_numbers import credit_check, identity_check
from wanjia.roll.checking import check_roll
from wanjia.roll.parsed import ParsedRoll, RollCheck
from wanjia.roll.writing import to_csv

TODAY = date(2026, 11, 1)
Row = dict[str, str]


def identity(sequence: int, born: str = "19800101") -> str:
    """An identity number that is valid and nobody's."""
    first17 = f"000000{born}{sequence:03}"
    return first17 + identity_check(first17)


def credit(sequence: int) -> str:
    """A credit code that is valid and nobody's."""
    first17 = f"91000000MA{sequence:07}"
    return first17 + credit_check(first17)


def flat(number: str = "101", who: int = 1, **changes: str) -> Row:
    """A flat of one adult."""
    return {
        "building": "1",
        "entrance": "1",
        "number": number,
        "use": "住宅",
        "area": "89.35",
        "area_source": "登记",
        "kind": "个人",
        "holders": f"甲{who}",
        "id_numbers": identity(who),
        "phones": f"154{who:08}",
        **changes,
    }


def joint_flat(number: str, *people: int, **changes: str) -> Row:
    """A flat of several adults; the first represents."""
    return (
        flat(
            number,
            people[0],
            kind="共有",
            holders="、".join(f"甲{who}" for who in people),
            id_numbers="、".join(identity(who) for who in people),
            phones="、".join(f"154{who:08}" for who in people),
            representative=f"甲{people[0]}",
        )
        | changes
    )


def company_flat(number: str, who: int, kind: str = "单位", **changes: str) -> Row:
    """A flat of a company with an authorised person."""
    return (
        flat(
            number,
            who,
            kind=kind,
            holders=f"第{who}有限公司",
            id_numbers=credit(who),
            phones="-",
            agent=f"办{who}",
            agent_id=identity(900 + who),
            agent_phone=f"1549{who:07}",
        )
        | changes
    )


def check_rows(*rows: Row) -> RollCheck:
    """Check rows as a file."""
    return check_roll(to_csv(rows, "zh-CN"), TODAY)


def roll_of(*rows: Row) -> ParsedRoll:
    """Give the roll of rows that hold no error."""
    check = check_rows(*rows)
    assert check.errors == ()
    assert check.roll is not None
    return check.roll


def add_community(session: Session, slug: str = "one") -> Community:
    """Add a community; its contracts play no part here."""
    community = Community(
        slug=slug,
        name=slug,
        district="",
        address="",
        salt=bytes(32),
        registry_address=f"registry-{slug}",
        open_meeting_address=f"meeting-{slug}",
        notary_address=f"notary-{slug}",
        first_block=0,
    )
    session.add(community)
    session.flush()
    return community
