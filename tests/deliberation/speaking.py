"""What residents of the town do in these tests."""

import io
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from town import SLUG, Browser, Town, build_town, settings_for
from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables

DESK = "/staff/concerns"
CONCERNS = f"/communities/{SLUG}/concerns"
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture of a puddle"
JPEG = b"\xff\xd8\xff" + b"a picture of a lamp"


def raised(
    browser: Browser, request: str = "request-1", /, photos: tuple[bytes, ...] = (), **changes: Any
) -> TestResponse:
    """Send a concern as the phone does."""
    fields = {
        "request": request,
        "kind": "repair",
        "title": "1栋1单元门禁坏了",
        "text": "门禁刷卡没有反应，已经三天。",
        "building": "1",
        "entrance": "1",
        "place": "",
        "public": "true",
        "urgent": "false",
        **changes,
    }
    data = {**fields, "photos": [(io.BytesIO(photo), "a.bin") for photo in photos]}
    return browser.post(CONCERNS, data=data, content_type="multipart/form-data")


def answered(
    browser: Browser, number: int = 1, text: str = "门禁已经修好。", photo: bytes = PNG
) -> TestResponse:
    """Answer with a photograph."""
    return browser.post(
        f"{DESK}/{number}/answer",
        data={"text": text, "photos": [(io.BytesIO(photo), "a.bin")]},
        content_type="multipart/form-data",
    )


def one(browser: Browser, number: int = 1) -> dict[str, Any]:
    """Read a concern that can be read."""
    answer = browser.get(f"{CONCERNS}/{number}")
    assert answer.status_code == 200, answer.get_json()
    shown: dict[str, Any] = answer.get_json()
    return shown


def fresh_town(folder: Path) -> Town:
    """Build a town on SQLite."""
    settings = settings_for(folder, f"sqlite:///{folder / 'test.db'}")
    engine = open_engine(settings.database_url)
    all_tables().metadata.create_all(engine)
    engine.dispose()
    return build_town(settings)
