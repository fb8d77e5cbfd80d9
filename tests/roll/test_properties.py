"""Whatever the roll: totals are the sum over owners, heads are the distinct sets of holders, imports keep both."""

from random import Random
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from rolls import TODAY, Row, add_community, company_flat, flat, identity, joint_flat, roll_of

from wanjia.db.base import Base, Database, open_engine
from wanjia.domain.counting import Weight
from wanjia.domain.identity_numbers import NumberFault, identity_fault
from wanjia.domain.premises import CountingRule
from wanjia.domain.rollwords import pack_roll, unpack_roll
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner
from wanjia.roll.service import areas, find_unit, import_roll, published_lines, totals

OWNERS = st.one_of(
    st.frozensets(st.integers(1, 5), min_size=1, max_size=3),
    st.integers(11, 13),
)
USES = st.sampled_from(["住宅", "商铺", "车位", "储藏室"])
RULES = st.builds(CountingRule, st.booleans(), st.booleans())


@st.composite
def rolls(draw: st.DrawFn) -> list[tuple[Row, object, int]]:
    """Rows with their owner and area (0.01 m²)."""
    made = []
    for number in range(draw(st.integers(1, 25))):
        owner, use, area = draw(OWNERS), draw(USES), draw(st.integers(1, 10**8))
        more = {
            "use": use,
            "area": f"{area // 100}.{area % 100:02}",
            "building": draw(st.sampled_from("123")),
        }
        if isinstance(owner, int):
            row = company_flat(str(number), owner, **more)
        elif len(owner) == 1:
            row = flat(str(number), *owner, **more)
        else:
            people = sorted(owner)
            row = joint_flat(str(number), *people, **more)
        made.append((row, owner, area))
    return made


@settings(deadline=None)
@given(rolls(), RULES, st.randoms())
def test_totals_are_the_sum_over_the_sets_of_holders(
    made: list[tuple[Row, object, int]], rule: CountingRule, shuffler: Random
) -> None:
    """In any order of rows."""
    shuffler.shuffle(made)
    counts = {"住宅": True, "商铺": True, "车位": rule.parking, "储藏室": rule.storerooms}
    counted = [(owner, area) for row, owner, area in made if counts[row["use"]]]
    expected: dict[object, int] = {}
    for owner, area in counted:
        expected[owner] = expected.get(owner, 0) + area
    roll = roll_of(*(row for row, _, _ in made))
    assert Weight(sum(expected.values()), len(expected)) == roll.totals(rule).weight
    assert sorted(expected.values()) == sorted(roll.areas(rule).values())
    assert sum(area for _, _, area in made) == roll.totals(rule).weight.area + roll.totals(rule).excluded_area
    assert len({owner for _, owner, _ in made}) == len(roll.owners)


@settings(max_examples=25, deadline=None)
@given(rolls(), rolls(), RULES)
def test_an_import_keeps_every_square_centimetre_and_index(
    first: list[tuple[Row, object, int]], second: list[tuple[Row, object, int]], rule: CountingRule
) -> None:
    """Areas from the database equal the file's, fit the chain's words, and no index changes hands."""
    vault = Vault(bytes(32))
    with TemporaryDirectory() as folder:
        database = Database(open_engine(f"sqlite:///{folder}/roll.db"))
        Base.metadata.create_all(database.engine)
        with database.write() as session:
            community = add_community(session)
            owner_of: dict[int, object] = {}
            for made in (first, second):
                roll = roll_of(*(row for row, _, _ in made))
                import_roll(session, community, roll, vault, rule=rule, now=0)
                expected = roll.totals(rule).weight
                found = areas(session, community.id, "*")
                assert expected == Weight(sum(found.values()), len(found)) == totals(session, community.id)
                assert sorted(found.values()) == sorted(roll.areas(rule).values())
                assert expected.area == sum(line.area for line in published_lines(session, community.id, "*"))
                if found:
                    assert found == unpack_roll(pack_roll(found))
                for row, owner, _ in made:
                    unit = find_unit(session, community.id, row["building"], row["entrance"], row["number"])
                    assert unit is not None
                    voter = session.get_one(Owner, unit.owner_id).voter
                    assert owner == owner_of.setdefault(voter, owner)
        database.engine.dispose()


@given(st.integers(0, 16), st.integers(1, 9), st.integers(1, 999))
def test_a_slip_of_one_digit_in_an_identity_number_is_always_found(
    place: int, shift: int, sequence: int
) -> None:
    """The check character catches every single wrong digit, and every swap of two neighbours."""
    number = identity(sequence)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert identity_fault(wrong, TODAY) in {NumberFault.CHECK, NumberFault.BIRTH}
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number and place < 16:
        assert identity_fault(swapped, TODAY) in {NumberFault.CHECK, NumberFault.BIRTH}
