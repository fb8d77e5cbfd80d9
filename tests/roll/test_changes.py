"""What a checked roll would change in the one in force, told without a name."""

from rolls import add_community, flat, joint_flat, roll_of

from wanjia.db.base import Database
from wanjia.domain.premises import CountingRule
from wanjia.identity.vault import Vault
from wanjia.roll.changes import Changes, compare
from wanjia.roll.parsed import ParsedRoll
from wanjia.roll.service import import_roll

BEFORE = (flat("101", 1), flat("102", 2), flat("103", 3), joint_flat("104", 4, 5))


def against(database: Database, vault: Vault, before: ParsedRoll | None, after: ParsedRoll) -> Changes:
    """Put one roll in force and hold another against it."""
    with database.write() as session:
        community = add_community(session)
        if before is not None:
            import_roll(session, community, before, vault, now=1_800_000_000)
    with database.read() as session:
        return compare(session, 1, after, CountingRule(), vault)


def test_the_same_roll_changes_nothing(database: Database, vault: Vault) -> None:
    """Also in another order of rows."""
    found = against(database, vault, roll_of(*BEFORE), roll_of(*reversed(BEFORE)))
    assert found.nothing


def test_every_kind_of_change_is_counted_and_named(database: Database, vault: Vault) -> None:
    """A new unit, one gone, another owner, another area, another phone."""
    after = roll_of(
        flat("101", 1, area="90.00"),
        flat("102", 9),
        joint_flat("104", 4, 5, phones="15400000077、15400000005"),
        flat("201", 10),
    )
    found = against(database, vault, roll_of(*BEFORE), after)
    assert {"new": 1, "gone": 1, "owner": 1, "area": 1, "use": 0} == found.counts
    assert [("101", ("area",)), ("102", ("owner",)), ("103", ("gone",)), ("201", ("new",))] == [
        (line.number, line.changes) for line in found.lines
    ]
    assert (found.owners_new, found.owners_gone, found.people, found.counting) == (2, 2, 1, 0)
    assert not found.nothing


def test_a_first_roll_is_all_new(database: Database, vault: Vault) -> None:
    """Every unit and owner of it."""
    found = against(database, vault, None, roll_of(*BEFORE))
    assert (found.counts["new"], found.owners_new, found.owners_gone) == (4, 4, 0)
