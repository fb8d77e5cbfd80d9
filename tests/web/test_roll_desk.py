"""The roll at the desk: a file is checked without effect, confirmed, imported; only for one's own community."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from town import OTHER, ROLL, SLUG, URL, Browser, Town, assert_problem, flat, identity
from wanjia.identity.staff_models import StaffLogEntry
from wanjia.roll.models import RollImport, Unit
from wanjia.roll.upload_models import RollUpload
from wanjia.roll.writing import to_csv, to_xlsx

UPLOADS = f"/staff/communities/{SLUG}/roll/uploads"
LARGER = (*ROLL[1:], flat("101", 1, area="99.99"), flat("501", 11))
BROKEN = (
    flat("101", 1, area="x"),
    flat("101", 1),
    flat("102", 2, id_numbers=identity(2)[:17] + "?"),
    flat("103", 3, use="城堡"),
    flat("104", 4, kind="共有"),
    flat("105", 5, phones="123"),
    flat("", 6),
    flat("107", 7, holders="=cmd()"),
)


def send(browser: Browser, content: bytes, place: str = UPLOADS, **form: str) -> TestResponse:
    """Hand a file in."""
    data = {"file": (io.BytesIO(content), "roll.csv"), **form}
    return browser.post(place, data=data, content_type="multipart/form-data", headers={"Origin": URL})


def check(browser: Browser, rows: Any, **form: str) -> dict[str, Any]:
    """Check rows and wait for the outcome."""
    answer = send(browser, to_csv(list(rows), "zh-CN"), **form)
    assert answer.status_code == 201, answer.get_json()
    return settled(browser, answer.get_json())


def settled(browser: Browser, upload: dict[str, Any]) -> dict[str, Any]:
    """Ask until the work is done."""
    while upload["state"] in ("checking", "importing"):
        upload = browser.get(f"{UPLOADS}/{upload['upload']}").get_json()
    return upload


def confirm(browser: Browser, upload: dict[str, Any]) -> TestResponse:
    """Confirm what was checked."""
    return browser.post(f"{UPLOADS}/{upload['upload']}/import", {"digest": upload["digest"]})


def units(town: Town) -> dict[str, int]:
    """Areas of the community's units by number."""
    with town.wanjia.database.read() as session:
        rows = session.scalars(select(Unit).where(Unit.community_id == town.communities[SLUG]))
        return {f"{unit.building}-{unit.number}": unit.area for unit in rows}


def imports(town: Town) -> int:
    """How often a roll was put in force in either community."""
    with town.wanjia.database.read() as session:
        return session.scalar(select(func.count()).select_from(RollImport)) or 0


def test_a_good_file_is_checked_shown_and_imported_once(town: Town) -> None:
    """Sums and changes before; in force after the confirmation; confirmed again, nothing happens."""
    browser, before = town.staff("committee"), units(town)
    upload = check(browser, LARGER)
    assert (upload["state"], upload["errors"]) == ("checked", 0)
    assert units(town) == before
    whole, buildings = upload["totals"]["whole"], upload["totals"]["buildings"]
    assert (whole["units"], whole["heads"]) == (9, 8)
    assert whole["area"] == sum(each["area"] for each in buildings) == sum(before.values()) + 1064 + 8935
    assert [(line["number"], line["changes"]) for line in upload["changes"]["lines"]] == [
        ("101", ["area"]),
        ("501", ["new"]),
    ]
    done = settled(browser, confirm(browser, upload).get_json())
    assert done["state"] == "imported"
    assert (units(town)["1-101"], units(town)["1-501"]) == (9999, 8935)
    assert confirm(browser, upload).get_json()["state"] == "imported"
    assert imports(town) == 3
    again = check(browser, LARGER)
    assert again["changes"]["nothing"]
    assert settled(browser, confirm(browser, again).get_json())["state"] == "imported"
    assert imports(town) == 3
    with town.wanjia.database.read() as session:
        log = list(session.scalars(select(StaffLogEntry.action)))
    assert (log.count("roll.check"), log.count("roll.import")) == (2, 2)


def test_a_file_full_of_errors_changes_nothing(town: Town) -> None:
    """Every error has its row and column in the reader's language, none has what was in the cell."""
    browser, before = town.staff("committee"), units(town)
    upload = check(browser, BROKEN)
    assert upload["errors"] == 7
    found = {(each["row"], each["code"]) for each in upload["findings"]}
    assert {(2, "ROLL_AREA_NOT_NUMBER"), (3, "ROLL_UNIT_TWICE"), (5, "ROLL_USE_UNKNOWN")} <= found
    assert {(6, "ROLL_KIND_HOLDERS"), (7, "ROLL_PHONE_INVALID"), (8, "ROLL_CELL_EMPTY")} <= found
    assert all(each["text"] for each in upload["findings"])
    assert identity(2)[:17] not in str(upload)
    assert (upload["totals"], upload["changes"]) == (None, None)
    assert_problem(confirm(browser, upload), "ROLL_UPLOAD_NOT_READY")
    assert (units(town), imports(town)) == (before, 2)
    english = browser.get(f"{UPLOADS}/{upload['upload']}", headers={"Accept-Language": "en"}).get_json()
    assert "area" in [each["column"] for each in english["findings"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "ROLL_FILE_EMPTY"),
        (b"PK\x03\x04broken", "ROLL_FILE_NOT_XLSX"),
        (b"\xd0\xcf\x11\xe0", "ROLL_FILE_OLD_EXCEL"),
    ],
)
def test_what_is_no_roll_is_refused_in_words(town: Town, content: bytes, code: str) -> None:
    """The file is destroyed at once."""
    browser = town.staff("committee")
    upload = settled(browser, send(browser, content).get_json())
    assert (upload["state"], upload["refusal"]["code"]) == ("refused", code)
    assert upload["refusal"]["text"]
    with town.wanjia.database.read() as session:
        assert session.get_one(RollUpload, upload["upload"]).content is None


def test_two_imports_at_once_leave_one_whole_roll(town: Town) -> None:
    """Both were checked against the same roll: the one that comes second is refused, in words."""
    one, other = town.staff("committee"), town.staff("committee")
    first, second = check(one, LARGER), check(other, (*ROLL, flat("601", 12)))
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda pair: confirm(*pair), ((one, first), (other, second))))
    outcomes = sorted(
        settled(one, answer.get_json())["state"] if answer.status_code == 202 else "conflict"
        for answer in answers
    )
    assert outcomes in (["conflict", "imported"], ["imported", "refused"])
    assert imports(town) == 3
    assert len({"1-501", "1-601"} & units(town).keys()) == 1


def test_another_file_cannot_be_confirmed(town: Town) -> None:
    """The digest is of the file that was looked at."""
    browser = town.staff("committee")
    upload = check(browser, LARGER)
    assert_problem(confirm(browser, upload | {"digest": "0x" + "00" * 32}), "ROLL_UPLOAD_DIFFERENT")
    town.clock.now += 3_601
    check(town.staff("committee"), LARGER)
    assert_problem(confirm(town.staff("committee"), upload), "ROLL_UPLOAD_GONE")


def test_parking_spaces_count_where_the_rules_say_so(town: Town) -> None:
    """The rule is chosen with the file and shown as a change."""
    browser = town.staff("committee")
    space = flat("A-1", 1, building="地下车库", entrance="", use="车位", area="12.50")
    assert check(browser, (*ROLL, space))["totals"]["whole"]["excluded"] == 1250
    upload = check(browser, (*ROLL, space), parking="true")
    assert (upload["totals"]["whole"]["excluded"], upload["parking"]) == (0, True)
    confirm(browser, upload)
    settled(browser, upload | {"state": "importing"})
    shown = browser.get(f"/staff/communities/{SLUG}/roll").get_json()
    assert (shown["parking"], shown["storerooms"], shown["excluded_area"]) == (True, False, 0)


def test_the_overview_adds_up_and_names_nobody(town: Town) -> None:
    """Heads by building overlap; owners are counted by kind."""
    shown = town.staff("supervisor").get(f"/staff/communities/{SLUG}/roll").get_json()
    assert (shown["whole"]["units"], shown["whole"]["heads"]) == (8, 7)
    assert shown["whole"]["area"] == sum(building["area"] for building in shown["buildings"])
    assert [(each["name"], each["heads"]) for each in shown["buildings"]] == [("1", 5), ("2", 2)]
    assert shown["owners"] == {
        "total": 7,
        "person": 5,
        "joint": 1,
        "company": 1,
        "developer": 0,
        "several": 1,
        "uncounted": 0,
    }
    assert "甲" not in str(shown)


def test_units_are_looked_up_masked_and_logged(town: Town) -> None:
    """Another spelling finds the same unit; the owner's other units are named, numbers and phones never."""
    browser = town.staff("committee")
    answer = browser.post(f"/staff/communities/{SLUG}/roll/units", {"building": "1栋", "number": "１０１"})
    (unit,) = answer.get_json()["units"]
    assert (unit["holders"], unit["acting"], unit["acting_role"]) == (["甲*"], "甲*", "holder")
    assert (unit["others"], unit["area"], unit["reachable"]) == (["1-1-201"], 8935, True)
    assert identity(1) not in str(unit)
    with town.wanjia.database.read() as session:
        entry = session.scalars(select(StaffLogEntry).order_by(StaffLogEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.reference) == ("roll.read", "1 units 1栋//１０１")


def test_the_template_passes_its_own_check(town: Town) -> None:
    """Both forms, in the reader's language; the examples of the spreadsheet are a good roll."""
    browser = town.staff("committee")
    text = browser.get("/staff/roll/template/csv", headers={"Accept-Language": "en"})
    assert text.data.decode("utf-8-sig").startswith("building,entrance,number")
    sheet = browser.get("/staff/roll/template/xlsx").data
    assert settled(browser, send(browser, sheet).get_json())["refusal"]["code"] == "ROLL_FILE_EMPTY"
    filled = to_xlsx({"业主名册": LARGER}, "zh-CN", {})
    assert settled(browser, send(browser, filled).get_json())["state"] == "checked"


def test_another_community_is_out_of_reach(town: Town) -> None:
    """Its committee finds nothing of this one, and cannot bring a file in."""
    upload, stranger = check(town.staff("committee"), LARGER), town.staff("committee", OTHER)
    for path in (f"/staff/communities/{SLUG}/roll", f"{UPLOADS}/{upload['upload']}"):
        assert_problem(stranger.get(path), "NOT_FOUND")
    assert_problem(stranger.post(f"/staff/communities/{SLUG}/roll/units"), "NOT_FOUND")
    assert_problem(send(stranger, to_csv(list(LARGER), "zh-CN")), "NOT_FOUND")
    assert_problem(confirm(stranger, upload), "NOT_FOUND")
    own = f"/staff/communities/{OTHER}/roll/uploads/{upload['upload']}"
    assert_problem(stranger.get(own), "NOT_FOUND")
