"""Importing a roll: sealed people, voter indexes that stay, all or nothing; on SQLite and on PostgreSQL."""

import pytest
import sqlalchemy as sa
from rolls import add_community, company_flat, flat, identity, joint_flat, roll_of

from wanjia.db.base import Base, Database
from wanjia.db.community import Community
from wanjia.domain.counting import Weight
from wanjia.domain.errors import Refusal
from wanjia.domain.premises import CountingRule
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, RollImport, Title, Unit
from wanjia.roll.parsed import ParsedRoll
from wanjia.roll.service import (
    areas,
    find_unit,
    import_roll,
    last_import,
    published_lines,
    set_rule,
    titles_of,
    totals,
    totals_by_building,
    units_of,
)

ROWS = [
    flat("101", 1),
    flat("101", 1, building="2"),
    joint_flat("102", 2, 3),
    company_flat("103", 4),
    flat("A-1", 5, use="车位", building="地下车库", entrance="", area="12.5"),
]


def put(database: Database, vault: Vault, roll: ParsedRoll, rule: CountingRule | None = None) -> int:
    """Import a roll into the one community, which is made at the first time."""
    with database.write() as session:
        community = session.get(Community, 1) or add_community(session)
        import_roll(session, community, roll, vault, rule=rule or CountingRule(), now=1_800_000_000)
        return community.id


def voters(database: Database) -> dict[str, int]:
    """Voter index by the address of the units."""
    with database.read() as session:
        rows = session.execute(sa.select(Unit, Owner.voter).join(Owner, Unit.owner_id == Owner.id))
        return {f"{unit.building}-{unit.number}": voter for unit, voter in rows}


def test_areas_and_totals_are_the_files(database: Database, vault: Vault) -> None:
    """Voter indexes from 1 in order of first units; the parking space's owner has no area."""
    community = put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        assert {1: 17870, 2: 8935, 3: 8935} == areas(session, community, "*")
        assert Weight(35740, 3) == totals(session, community)
        assert {"1": Weight(26805, 3), "2": Weight(8935, 1)} == totals_by_building(session, community)
        made = last_import(session, community)
        assert made is not None
        assert (5, 3, 35740) == (made.units, made.heads, made.area)
        assert roll_of(*ROWS).file_hash == made.file_hash
    assert {"1-101": 1, "2-101": 1, "1-102": 2, "1-103": 3, "地下车库-A-1": 4} == voters(database)


@pytest.mark.parametrize(
    ("scope", "expected"),
    [("1", {1: 8935, 2: 8935, 3: 8935}), ("2", {1: 8935}), ("1/1,2/1", {1: 17870, 2: 8935, 3: 8935})],
)
def test_a_scope_makes_its_own_denominators(
    database: Database, vault: Vault, scope: str, expected: dict[int, int]
) -> None:
    """Only units of the named buildings and entrances count."""
    community = put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        assert expected == areas(session, community, scope)
        assert sum(expected.values()) == sum(line.area for line in published_lines(session, community, scope))


def test_a_scope_that_names_no_building_is_refused(database: Database, vault: Vault) -> None:
    """A slip in a scope would change who counts."""
    community = put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        with pytest.raises(Refusal) as refused:
            areas(session, community, "1,22")
        assert ("ROLL_SCOPE_UNKNOWN", {"part": "22"}) == (refused.value.code, refused.value.values)
        with pytest.raises(ValueError, match="scope"):
            areas(session, community, "2,1")


def test_people_are_sealed_and_found_by_keyed_hash(database: Database, vault: Vault) -> None:
    """No table holds a name, number or phone in the clear; who votes comes first."""
    put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        joint = session.scalars(sa.select(Owner).where(Owner.voter == 2)).one()
        first, second = titles_of(session, joint.id)
        assert ("representative", True, "holder", False) == (first.role, first.acts, second.role, second.acts)
        assert "甲2" == vault.open(first.name)
        assert identity(2) == vault.open(first.id_number)
        assert vault.lookup("15400000002") == first.phone_key
        company = session.scalars(sa.select(Owner).where(Owner.voter == 3)).one()
        clerk, firm = titles_of(session, company.id)
        assert ("authorised", "办4", "holder") == (clerk.role, vault.open(clerk.name), firm.role)
        content = repr([session.execute(sa.select(table)).all() for table in Base.metadata.sorted_tables])
    for secret in ("甲1", "甲2", identity(1), identity(2), "15400000001", "有限公司"):
        assert secret not in content


def test_the_published_roll_has_units_and_areas_only(database: Database, vault: Vault) -> None:
    """No names, and no voter index that would lead from a ballot on chain to a door."""
    community = put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        lines = published_lines(session, community, "*")
    assert [("1", "101"), ("1", "102"), ("1", "103"), ("2", "101")] == [
        (line.building, line.number) for line in lines
    ]
    assert {"building", "entrance", "number", "area"} == set(type(lines[0]).__slots__)


def test_a_unit_is_found_in_any_spelling(database: Database, vault: Vault) -> None:
    """As people type it."""
    community = put(database, vault, roll_of(*ROWS))
    with database.read() as session:
        unit = find_unit(session, community, "２栋", "1单元", "101室")
        assert unit is not None
        assert ["1", "2"] == [each.building for each in units_of(session, unit.owner_id)]
        assert None is find_unit(session, community, "3", "1", "101")


def test_voter_indexes_stay_with_the_exact_set_of_holders(database: Database, vault: Vault) -> None:
    """A sale, a marriage and a new flat: whoever stays keeps the index, none is given again."""
    put(database, vault, roll_of(*ROWS))
    put(
        database,
        vault,
        roll_of(joint_flat("101", 1, 6), joint_flat("102", 3, 2), flat("103", 7), flat("104", 5)),
    )
    assert {"1-101": 5, "1-102": 2, "1-103": 6, "1-104": 4} == voters(database)
    with database.read() as session:
        gone = session.scalars(sa.select(Owner).where(Owner.voter.in_([1, 3]))).all()
        assert 2 == len(gone)
        assert [] == [title for owner in gone for title in titles_of(session, owner.id)]
    put(database, vault, roll_of(*ROWS))
    assert {"1-101": 1, "2-101": 1, "1-102": 2, "1-103": 3, "地下车库-A-1": 4} == voters(database)


def test_a_re_import_without_changes_writes_nothing_but_its_record(database: Database, vault: Vault) -> None:
    """Sealed bytes and row keys stay as they are."""

    def everything() -> list[object]:
        with database.read() as session:
            tables = (Owner.__table__, Title.__table__, Unit.__table__)
            return [session.execute(sa.select(table).order_by(table.c.id)).all() for table in tables]

    put(database, vault, roll_of(*ROWS))
    before = everything()
    put(database, vault, roll_of(*reversed(ROWS)))
    assert before == everything()


def test_a_changed_phone_and_representative_are_taken_over(database: Database, vault: Vault) -> None:
    """The same owner with other particulars keeps its index."""
    put(database, vault, roll_of(joint_flat("101", 1, 2)))
    changed = joint_flat("101", 1, 2, representative="甲2", phones="-、15400000099")
    put(database, vault, roll_of(changed))
    with database.read() as session:
        acting, other = titles_of(session, session.scalars(sa.select(Owner)).one().id)
        assert ("甲2", "representative") == (vault.open(acting.name), acting.role)
        assert vault.lookup("15400000099") == acting.phone_key
        assert (None, None, "holder") == (other.phone, other.phone_key, other.role)


def test_an_import_that_fails_half_way_leaves_nothing(database: Database, vault: Vault) -> None:
    """All or nothing: the vault breaks after some owners were placed."""
    put(database, vault, roll_of(*ROWS))
    before = voters(database)

    class Breaking(Vault):
        """A vault that breaks at the fifth name."""

        sealed = 0

        def seal(self, text: str) -> bytes:
            """Seal, a few times."""
            self.sealed += 1
            if self.sealed > 4:
                raise OSError("no entropy")
            return super().seal(text)

    with pytest.raises(OSError, match="no entropy"):
        put(database, Breaking(bytes(range(32))), roll_of(*(flat(f"9{at:02}", 20 + at) for at in range(9))))
    assert before == voters(database)
    with database.read() as session:
        assert 1 == session.scalar(sa.select(sa.func.count()).select_from(RollImport))
        assert 4 == session.scalar(sa.select(sa.func.count()).select_from(Owner))


def test_the_rule_can_change_without_a_new_import(database: Database, vault: Vault) -> None:
    """Parking counts from then on, and the record says so."""
    community = put(database, vault, roll_of(*ROWS))
    with database.write() as session:
        set_rule(session, community, CountingRule(parking=True))
    with database.read() as session:
        assert {1: 17870, 2: 8935, 3: 8935, 4: 1250} == areas(session, community, "*")
        made = last_import(session, community)
        assert made is not None
        assert (True, 4, 36990) == (made.parking_counts, made.heads, made.area)


def test_communities_do_not_mix(database: Database, vault: Vault) -> None:
    """The same people in two communities are owners of each, with indexes from 1."""
    with database.write() as session:
        for slug in ("one", "two"):
            import_roll(session, add_community(session, slug), roll_of(*ROWS), vault, now=0)
    with database.read() as session:
        assert areas(session, 1, "*") == areas(session, 2, "*")
        assert 8 == session.scalar(sa.select(sa.func.count()).select_from(Owner))
