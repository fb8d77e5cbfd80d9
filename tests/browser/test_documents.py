"""A meeting's documents: shown by their kind or saved, only when their bytes are those that were frozen."""

from typing import Any

import pytest
import requests
from phone import Phone
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]


def _documents(world: Any) -> tuple[str, list[dict[str, str]]]:
    path = f"/c/{world.slug}/m/{world.open_meeting}"
    answer = requests.get(
        f"{world.url}/api/communities/{world.slug}/meetings/{world.open_meeting}", timeout=10
    )
    documents: list[dict[str, str]] = answer.json()["convening"]["documents"]
    return path, documents


def test_documents_are_read_on_the_phone(phone: Phone) -> None:
    """Each opens under its name, with the very text that the meeting is bound to, and leads back."""
    path, documents = _documents(phone.world)
    assert len(documents) > 1
    for number, document in enumerate(documents):
        phone.go(path)
        phone.part("document").nth(number).click()
        expect(phone.page.locator("h1")).to_have_text(document["name"])
        expect(phone.part("checked")).to_be_visible()
        content = requests.get(phone.world.url + document["url"], timeout=10).content
        assert_shown(phone, document["name"], content)
        assert phone.page.evaluate("document.documentElement.scrollWidth") == 360
        phone.page.locator("a.back").click()
        expect(phone.part("document")).to_have_count(len(documents))


def assert_shown(phone: Phone, name: str, content: bytes) -> None:
    """Text as it was written, Markdown set in type, a PDF drawn, with its words for those who do not see it."""
    if name.endswith(".txt"):
        expect(phone.part("text")).to_be_visible()
        assert phone.part("text").evaluate("(part) => part.textContent") == content.decode()
    elif name.endswith(".md"):
        expect(phone.part("markdown").locator("h2")).to_have_text(content.decode().split("\n")[0][2:])
        expect(phone.part("markdown").locator("td").first).to_be_visible()
    else:
        expect(phone.page.locator("[data-pdf=shown] canvas")).to_be_visible()
        expect(phone.part("pdf")).to_contain_text("合计：312,000 元")
        phone.page.wait_for_function(_INKED)


_INKED = """() => {
  const canvas = document.querySelector('canvas')
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height / 3)
  let dark = 0
  for (let at = 0; at < data.length; at += 4) if (data[at] < 100 && data[at + 3] > 200) dark += 1
  return dark > 200
}"""


def test_a_changed_document_is_not_shown(phone: Phone) -> None:
    """Somebody between server and phone changes a figure: the page says so and shows nothing of it."""

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.body() + b"\n3.36")

    path, documents = _documents(phone.world)
    phone.page.route("**/api/documents/*", change)
    phone.go(f"{path}/documents/{documents[1]['hash']}")
    expect(phone.page.get_by_role("alert")).to_contain_text("与公示时固定下来的不一致")
    expect(phone.part("text")).to_have_count(0)
    expect(phone.part("save")).to_have_count(0)


def test_a_document_of_no_meeting_is_not_fetched(phone: Phone) -> None:
    """Only what the meeting is bound to opens under its address."""
    path, _ = _documents(phone.world)
    asked: list[str] = []
    phone.page.on("request", lambda request: asked.append(request.url))
    phone.go(f"{path}/documents/0x{'12' * 32}")
    expect(phone.page.get_by_text("请检查链接")).to_be_visible()
    assert [url for url in asked if "/api/documents/" in url] == []


def test_what_is_not_text_is_saved_as_it_is(phone: Phone) -> None:
    """The same bytes under another type: a file with its name, and no page of its own."""
    path, documents = _documents(phone.world)
    content = requests.get(phone.world.url + documents[1]["url"], timeout=10).content
    phone.page.route(
        "**/api/documents/*", lambda route: route.fulfill(body=content, content_type="application/pdf")
    )
    phone.go(f"{path}/documents/{documents[1]['hash']}")
    expect(phone.part("text")).to_have_count(0)
    with phone.page.expect_download() as saved:
        phone.part("save").click()
    assert saved.value.suggested_filename == documents[1]["name"]
    assert saved.value.path().read_bytes() == content
