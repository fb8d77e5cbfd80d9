"""Claims that do not match go to the supervisor of that community, with evidence nobody else can read."""

import io
from pathlib import Path

import pytest
from sqlalchemy import select

from town import OTHER, URL, Browser, Town, assert_problem, build_town, identity, phone, settings_for
from wanjia.identity.limits import DAY, Limits
from wanjia.identity.review_models import ReviewFile

PNG = b"\x89PNG\r\n\x1a\n" + b"deed of the flat" * 8
PDF = b"%PDF-1.7 contract of sale"
NOTE = "我刚买了这套房，还没有登记。"


def claimed(town: Town, **changes: str) -> tuple[Browser, str]:
    """Open a claim of flat 102 that does not match."""
    browser = town.browser()
    answer = browser.post("/identity/claims", town.claim("102", 8, **changes))
    return browser, answer.get_json()["claim"]


def upload(browser: Browser, token: str, *contents: bytes, note: str = NOTE) -> object:
    """Send evidence as the phone does."""
    data = {
        "note": note,
        "files": [(io.BytesIO(content), f"{at}.exe") for at, content in enumerate(contents)],
    }
    return browser.post(
        f"/identity/claims/{token}/review",
        data=data,
        content_type="multipart/form-data",
        headers={"Origin": URL},
    )


def asked(town: Town, *contents: bytes) -> tuple[Browser, str]:
    """A claim under review."""
    browser, token = claimed(town)
    answer = upload(browser, token, *(contents or (PNG,)))
    assert answer.status_code == 202, answer.get_json()  # type: ignore[attr-defined]
    return browser, token


def test_an_approved_claim_gets_a_code_and_a_session(town: Town) -> None:
    """The supervisor sees the claim and what agrees, approves, and the claimant goes on with a code."""
    browser, token = asked(town, PNG, PDF)
    assert browser.get(f"/identity/claims/{token}").get_json() == {"review": "pending", "answer": ""}
    supervisor = town.staff("supervisor")
    (line,) = supervisor.get("/staff/reviews").get_json()
    review = supervisor.get(f"/staff/reviews/{line['id']}").get_json()
    assert review["claim"]["name"] == "甲8"
    assert review["agrees"] == {"unit": True, "name": False, "id_number": False, "phone": False}
    assert review["note"] == NOTE
    assert [file["media_type"] for file in review["files"]] == ["image/png", "application/pdf"]
    file = supervisor.get(f"/staff/reviews/{line['id']}/files/2")
    assert (file.data, file.content_type) == (PDF, "application/pdf")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    approved = supervisor.post(f"/staff/reviews/{line['id']}/approve", {"note": "合同已核对"})
    assert approved.get_json() == {"review": "approved"}
    assert browser.post(f"/identity/claims/{token}/codes").status_code == 202
    entered = browser.post(f"/identity/claims/{token}/code", {"code": town.codes()[0]})
    assert entered.get_json()["voter"] == 2
    actions = [entry["action"] for entry in supervisor.get("/staff/log").get_json()["entries"]]
    assert actions[:3] == ["review.approved", "review.file", "review.read"]


def test_a_refused_claim_reads_why_and_gets_no_session(town: Town) -> None:
    """The supervisor's words are shown; codes sent now are decoys."""
    browser, token = asked(town)
    supervisor = town.staff("supervisor")
    supervisor.post("/staff/reviews/1/refuse", {"note": "合同上是别人的名字"})
    state = browser.get(f"/identity/claims/{token}").get_json()
    assert state == {"review": "refused", "answer": "合同上是别人的名字"}
    sent = len(town.codes())
    assert browser.post(f"/identity/claims/{token}/codes").status_code == 202
    assert len(town.codes()) == sent


def test_one_person_cannot_fill_the_queue(town: Town) -> None:
    """Three reviews a day for one number and for one phone; a day later there may be another."""
    for _ in range(3):
        asked(town)
    _, token = claimed(town)
    assert_problem(upload(town.browser(), token, PNG), "TOO_MANY_REQUESTS")  # type: ignore[arg-type]
    _, same_phone = claimed(town, id_number=identity(41), phone=phone(8))
    assert_problem(upload(town.browser(), same_phone, PNG), "TOO_MANY_REQUESTS")  # type: ignore[arg-type]
    _, other = claimed(town, id_number=identity(42), phone=phone(42))
    assert upload(town.browser(), other, PNG).status_code == 202  # type: ignore[attr-defined]
    town.clock.now += DAY
    asked(town)


def test_a_queue_nobody_could_work_off_takes_no_more(database_url: str, tmp_path: Path) -> None:
    """Made-up claims may not fill the disk: so many may wait, and decisions make room."""
    town = build_town(settings_for(tmp_path, database_url), limits=Limits(reviews_waiting=2))
    for who in (51, 52):
        _, token = claimed(town, id_number=identity(who), phone=phone(who))
        assert upload(town.browser(), token, PNG).status_code == 202  # type: ignore[attr-defined]
    _, third = claimed(town, id_number=identity(53), phone=phone(53))
    assert_problem(upload(town.browser(), third, PNG), "TOO_MANY_REQUESTS")  # type: ignore[arg-type]
    town.staff("supervisor").post("/staff/reviews/1/refuse", {"note": "不是业主"})
    assert upload(town.browser(), third, PNG).status_code == 202  # type: ignore[attr-defined]
    town.wanjia.database.engine.dispose()


def test_a_review_is_decided_once(town: Town) -> None:
    """The second decision, by whoever, is refused."""
    asked(town)
    supervisor = town.staff("supervisor")
    supervisor.post("/staff/reviews/1/refuse", {"note": ""})
    assert_problem(supervisor.post("/staff/reviews/1/approve", {"note": ""}), "REVIEW_DECIDED")


def test_a_claim_of_no_unit_cannot_be_approved(town: Town) -> None:
    """There is no owner to stand for; the review stays open."""
    browser, token = claimed(town, building="77")
    upload(browser, token, PNG)
    supervisor = town.staff("supervisor")
    assert_problem(supervisor.post("/staff/reviews/1/approve", {"note": ""}), "REVIEW_UNIT_UNKNOWN")
    assert supervisor.get("/staff/reviews").get_json()[0]["state"] == "pending"


def test_another_communitys_supervisor_finds_nothing(town: Town) -> None:
    """Not in the list, and by number the same answer as for one that does not exist (T24)."""
    asked(town)
    stranger = town.staff("supervisor", OTHER)
    assert stranger.get("/staff/reviews").get_json() == []
    for method, path in (
        ("get", "/staff/reviews/1"),
        ("get", "/staff/reviews/1/files/1"),
        ("post", "/staff/reviews/1/approve"),
        ("post", "/staff/reviews/1/refuse"),
        ("get", "/staff/reviews/999"),
    ):
        assert_problem(getattr(stranger, method)(path), "NOT_FOUND")


@pytest.mark.parametrize(
    ("contents", "code"),
    [
        ((b"MZ\x90\x00 a program",), "EVIDENCE_TYPE"),
        ((PNG, b"<svg onload=alert(1)>"), "EVIDENCE_TYPE"),
        ((b"",), "EVIDENCE_TYPE"),
        ((PNG,) * 6, "REQUEST_INVALID"),
        ((), "REQUEST_INVALID"),
        ((PNG + bytes(8 * 1024 * 1024),), "TOO_LARGE"),
        ((PNG + bytes(7 * 1024 * 1024),) * 4 + (PNG + bytes(14 * 1024 * 1024),), "TOO_LARGE"),
    ],
    ids=["program", "svg", "empty", "six", "none", "9 MB", "42 MB"],
)
def test_evidence_that_is_not_taken(town: Town, contents: tuple[bytes, ...], code: str) -> None:
    """Judged by the first bytes, the number and the size."""
    browser, token = claimed(town)
    assert_problem(upload(browser, token, *contents), code)  # type: ignore[arg-type]
    assert browser.get(f"/identity/claims/{token}").get_json()["review"] == "none"


@pytest.mark.parametrize("note", ["13800000000", '"quoted"', "[" * 300, "", "null"])
def test_a_note_stays_as_it_was_typed(town: Town, note: str) -> None:
    """A note of digits or brackets is text like any other."""
    browser, token = claimed(town)
    assert upload(browser, token, PNG, note=note).status_code == 202  # type: ignore[attr-defined]
    assert town.staff("supervisor").get("/staff/reviews/1").get_json()["note"] == note


def test_a_claim_goes_to_review_once(town: Town) -> None:
    """A second request is refused."""
    browser, token = asked(town)
    assert_problem(upload(browser, token, PNG), "REVIEW_EXISTS")  # type: ignore[arg-type]


def test_evidence_is_sealed(town: Town) -> None:
    """The database holds no readable byte of it."""
    asked(town)
    with town.wanjia.database.read() as session:
        content = session.scalars(select(ReviewFile.content)).one()
    assert content is not None
    assert b"deed of the flat" not in content
    assert town.wanjia.vault.open_bytes(content) == PNG


def test_a_matching_claim_may_go_to_review_too(town: Town) -> None:
    """Refusing it would tell that it matched."""
    browser = town.browser()
    token = browser.post("/identity/claims", town.claim("101", 1)).get_json()["claim"]
    assert upload(browser, token, PNG).status_code == 202  # type: ignore[attr-defined]
