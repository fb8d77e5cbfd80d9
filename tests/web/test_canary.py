"""Names, phones and identity numbers are in no log, metric, error page or readable byte of the database (T27)."""

import io
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from town import SLUG, URL, Browser, Town, assert_problem, identity, phone

PNG = b"\x89PNG\r\n\x1a\n" + b"canary picture"
CONCERNS = f"/communities/{SLUG}/concerns"
CANARIES = {
    "name": "金丝雀",
    "id_number": identity(777),
    "phone": phone(88887777),
    "note": "金丝雀的备注",
    "answer": "金丝雀的答复",
}


def everything_in(town: Town) -> bytes:
    """Every value of every row, as bytes, and the database file itself where there is one."""
    engine = town.wanjia.database.engine
    found = []
    with engine.connect() as connection:
        for table in inspect(engine).get_table_names():
            for row in connection.execute(text(f'SELECT * FROM "{table}"')):  # noqa: S608  names of our tables
                for value in row:
                    is_bytes = isinstance(value, bytes | memoryview)
                    found.append(bytes(value) if is_bytes else str(value).encode())
    if engine.url.database and engine.dialect.name == "sqlite":
        path = Path(engine.url.database)
        found += [part.read_bytes() for part in path.parent.glob(path.name + "*")]
    return b"\n".join(found)


def test_personal_data_stay_sealed(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    """A claim, its review and every error on the way leave no trace that can be read."""
    browser = town.browser()
    claim = town.claim("101", 1, **{name: CANARIES[name] for name in ("name", "id_number", "phone")})
    token = browser.post("/identity/claims", claim).get_json()["claim"]
    answers = [
        browser.post("/identity/claims", claim | {"number": "\x00"}),
        browser.post("/identity/claims", claim | {"id_number": CANARIES["id_number"][:17] + "?"}),
        browser.post("/identity/claims", claim | {"community": "nowhere"}),
        browser.post(f"/identity/claims/{token}/code", {"code": "000000"}),
        browser.post(
            f"/identity/claims/{token}/review",
            data={"note": CANARIES["note"], "files": [(io.BytesIO(PNG), "金丝雀.png")]},
            content_type="multipart/form-data",
            headers={"Origin": URL},
        ),
    ]
    supervisor = town.staff("supervisor")
    review = supervisor.get("/staff/reviews/1").get_json()
    assert {review["claim"][name] for name in ("name", "id_number", "phone")} <= set(CANARIES.values())
    supervisor.post("/staff/reviews/1/refuse", {"note": CANARIES["answer"]})

    answers += [
        _raised(owner := town.owner("401", 7, building="2")),
        owner.post(f"{CONCERNS}/1/comments", {"text": CANARIES["note"]}),
        owner.post(f"{CONCERNS}/1/comments", {"text": CANARIES["note"] * 999}),
        supervisor.post(
            "/staff/concerns/1/entries/raised/decide", {"show": True, "reason": CANARIES["note"]}
        ),
        town.staff("committee").post("/staff/concerns/1/entries/raised/hide", {"reason": CANARIES["answer"]}),
    ]
    member = {"kind": "family", "name": CANARIES["name"]}
    assert owner.post(f"/communities/{SLUG}/household/invitations", member).status_code == 201
    assert [answer.status_code for answer in answers[-5:]] == [201, 201, 422, 409, 200]

    def broken() -> str:
        raise RuntimeError(str(CANARIES))

    town.app.view_functions["system.read_health"] = broken
    failed = browser.get("/health")
    assert_problem(failed, "INTERNAL")
    seen = {
        "log": capsys.readouterr().out.encode(),
        "database": everything_in(town),
        "metrics": browser.http.get("/metrics").get_data(),
        "staff log": supervisor.get("/staff/log").get_data(),
        "answers": b"".join(answer.get_data() for answer in [*answers[:5], *answers[7:9], failed]),
    }
    assert seen["log"]
    assert len(seen["database"]) > 1000
    for place, content in seen.items():
        for name, canary in CANARIES.items():
            assert canary.encode() not in content, (place, name)
            assert canary.encode("unicode_escape") not in content, (place, name)
            assert canary.encode().hex().encode() not in content, (place, name)


def _raised(owner: Browser) -> TestResponse:
    fields = {"request": "request-1", "kind": "other", "public": "true", "title": CANARIES["name"]}
    return owner.post(
        CONCERNS,
        data={**fields, "text": CANARIES["note"], "photos": [(io.BytesIO(PNG), "金丝雀.png")]},
        content_type="multipart/form-data",
    )


def test_an_owners_page_shows_no_numbers(town: Town) -> None:
    """The profile masks the name and holds neither number nor phone."""
    shown = town.owner("202", 3).get("/owner").get_data(as_text=True)
    assert "甲3" not in shown
    assert identity(3) not in shown
    assert phone(3) not in shown
