"""Plants the slips that clerks make into a roll, and says where: the check must find each."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from wanjia.sample.roll import Row

_FIRST_ROW = 2
"""Row of the file that holds the first unit: the header is row 1."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One mistake: row of the file, column key and the code that the check must give."""

    row: int
    column: str
    code: str


@dataclass(frozen=True, slots=True)
class _Slip:
    """A slip on one row: which rows it can be made on, and what it makes of the cell."""

    column: str
    code: str
    fits: Callable[[Row], bool]
    spoil: Callable[[Row], str]
    clears: tuple[str, ...] = ()
    alone: bool = True
    """Only where the owner has no other row."""


def plant_mistakes(rows: list[Row], seed: int) -> tuple[list[Row], list[Planted]]:
    """Give a copy of the rows with one mistake of each kind that fits, each on rows of its own owner."""
    rng = Random(f"mistakes|{seed}")  # noqa: S311  samples must come again
    spoiled = [dict(row) for row in rows]
    taken: set[str] = set()
    planted = list(_slips_on_pairs(spoiled, taken, rng))
    rows_of = Counter(number for row in rows for number in _people(row))
    alone = [at for at, row in enumerate(rows) if all(rows_of[number] == 1 for number in _people(row))]
    for slip in _SLIPS:
        places = [
            at
            for at in (alone if slip.alone else range(len(rows)))
            if slip.fits(spoiled[at]) and not taken & _people(rows[at])
        ]
        if places:
            at = rng.choice(places)
            taken |= _people(rows[at])
            spoiled[at][slip.column] = slip.spoil(spoiled[at])
            spoiled[at] |= dict.fromkeys(slip.clears, "")
            planted.append(Planted(at + _FIRST_ROW, slip.column, slip.code))
    return spoiled, sorted(planted, key=lambda each: (each.row, each.column))


def _slips_on_pairs(rows: list[Row], taken: set[str], rng: Random) -> Iterator[Planted]:
    """Mistakes that show only beside another row: a unit twice, a person with two names or phones."""
    single = [at for at, row in enumerate(rows) if row["kind"] == "个人" and not row["agent"]]
    pairs = [
        (first, second)
        for first in single
        for second in single
        if first < second and rows[first]["id_numbers"] == rows[second]["id_numbers"]
    ]
    reachable = [pair for pair in pairs if rows[pair[0]]["phones"] != "-"]
    for column, code, candidates in (
        ("holders", "ROLL_NAME_MISSPELT", pairs),
        ("phones", "ROLL_PHONE_CONFLICT", reachable),
    ):
        free = [pair for pair in candidates if not taken & _people(rows[pair[0]])]
        if free:
            first, second = rng.choice(free)
            taken |= _people(rows[first])
            value = rows[second][column]
            rows[second][column] = value[:-1] + ("错" if column == "holders" else _other_digit(value[-1]))
            yield Planted(second + _FIRST_ROW, column, code)
    free_rows = [at for at in single if not taken & _people(rows[at])]
    lone = [at for at in free_rows if sum(rows[at]["id_numbers"] == row["id_numbers"] for row in rows) == 1]
    if len(lone) > 1:
        first, second = sorted(rng.sample(lone, 2))
        taken |= _people(rows[first]) | _people(rows[second])
        for column in ("building", "entrance", "number"):
            rows[second][column] = rows[first][column]
        yield Planted(second + _FIRST_ROW, "number", "ROLL_UNIT_TWICE")


def _people(row: Row) -> set[str]:
    return {number for number in (*row["id_numbers"].split("、"), row["agent_id"]) if number}


def _other_digit(digit: str) -> str:
    return "1" if digit != "1" else "2"


def _wrong_check(number: str) -> str:
    return number[:-1] + _other_digit(number[-1])


def _person(row: Row) -> bool:
    return row["kind"] == "个人" and not row["id_types"] and not row["agent"]


def _couple(row: Row) -> bool:
    return row["kind"] == "共有"


def _flat(row: Row) -> bool:
    return _person(row) and row["number"].isdigit()


_AGENT = ("agent_id", "agent_phone", "agent_basis")
_SLIPS = (
    _Slip("agent", "ROLL_GUARDIAN_MISSING", lambda row: row["agent_basis"] == "未成年", lambda _: "", _AGENT),
    _Slip(
        "id_numbers",
        "ROLL_CREDIT_CHECK",
        lambda row: row["kind"] == "单位",
        lambda r: _wrong_check(r["id_numbers"]),
    ),
    _Slip(
        "sale_state",
        "ROLL_DEVELOPER_WITHOUT_STATE",
        lambda row: row["kind"] == "建设单位",
        lambda _: "",
        alone=False,
    ),
    _Slip("representative", "ROLL_REPRESENTATIVE_MISSING", _couple, lambda _: ""),
    _Slip("representative", "ROLL_REPRESENTATIVE_NOT_HOLDER", _couple, lambda _: "路人甲"),
    _Slip("id_numbers", "ROLL_LIST_LENGTH", _couple, lambda row: row["id_numbers"].split("、")[0]),
    _Slip(
        "id_numbers",
        "ROLL_PERSON_TWICE",
        _couple,
        lambda r: "、".join([r["id_numbers"].split("、")[0]] * _count(r)),
    ),
    _Slip("id_numbers", "ROLL_ID_CHECK", _person, lambda row: _wrong_check(row["id_numbers"])),
    _Slip("id_numbers", "ROLL_ID_FORM", _person, lambda row: row["id_numbers"][:-1]),
    _Slip(
        "id_numbers",
        "ROLL_ID_BIRTH",
        _person,
        lambda row: row["id_numbers"][:10] + "0231" + row["id_numbers"][14:],
    ),
    _Slip(
        "id_numbers", "ROLL_ID_OLD_FORM", _person, lambda row: row["id_numbers"][:6] + row["id_numbers"][8:17]
    ),
    _Slip("id_numbers", "ROLL_ID_SPOILED_BY_SHEET", _person, lambda _: "5.10113E+17"),
    _Slip(
        "phones",
        "ROLL_PHONE_INVALID",
        lambda row: _person(row) and row["phones"] != "-",
        lambda r: r["phones"][:-1],
    ),
    _Slip("area", "ROLL_AREA_NOT_NUMBER", _flat, lambda row: row["area"].replace(".", "点")),
    _Slip("area", "ROLL_AREA_TOO_PRECISE", _flat, lambda row: row["area"] + "5"),
    _Slip("area", "ROLL_AREA_OUT_OF_RANGE", _flat, lambda _: "0"),
    _Slip("use", "ROLL_USE_UNKNOWN", _flat, lambda row: row["use"] + "楼"),
    _Slip("area_source", "ROLL_AREA_SOURCE_UNKNOWN", _flat, lambda _: "登计"),
    _Slip("kind", "ROLL_KIND_HOLDERS", _person, lambda _: "共有"),
    _Slip("kind", "ROLL_KIND_UNKNOWN", _person, lambda _: "个体"),
    _Slip("number", "ROLL_CELL_EMPTY", _flat, lambda _: ""),
)


def _count(row: Row) -> int:
    return len(row["holders"].split("、"))
