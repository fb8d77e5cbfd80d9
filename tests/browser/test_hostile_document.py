"""A meeting's document that was written to do harm: it is read as text, runs nothing and asks for nothing."""

import base64
import time
from typing import Any

import pytest
from phone import Phone
from playwright.sync_api import Route, expect

from wanjia.simulation.api import Api, ApiRefusal, OfficialDesk
from wanjia.simulation.clock import DAY, WorldClock
from wanjia.simulation.people import Official, read_officials
from wanjia.simulation.sample_world import officials_file

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("running_world")]

CODE_SECONDS, LOG_IN_TRIES = 30, 3
HOSTILE = """# 无害的标题

<script>harm = 1; alert('script')</script>
<img src=x onerror="harm = 2; alert('image')"><img src="/harm-image">
<svg onload="harm = 3"><script>harm = 4</script><a xlink:href="javascript:harm = 5"><text>画</text></a></svg>
<iframe src="/harm-frame" srcdoc="<script>parent.harm = 6</script>"></iframe>
<style>@import '/harm-style'; body { background: url(/harm-background) }</style>
<p style="position: fixed; inset: 0; background: url(/harm-paragraph)">遮住整页</p>
<form action="/harm-form"><input autofocus onfocus="harm = 7"><button>登录</button></form>
<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=harm=8&gt;">
<details open ontoggle="harm = 9"><template><script>harm = 10</script></template></details>
<link rel=stylesheet href=/harm-link><meta http-equiv=refresh content="0;url=/harm-meta"><base href=/harm-base/>
<object data="data:text/html,<script>parent.harm = 11</script>"></object>

[点这里](javascript:harm=12) [再点这里](data:text/html;base64,PHNjcmlwdD5oYXJtPTEzPC9zY3JpcHQ+) <javascript:harm=14>
![图](/harm-picture) ![图](data:image/svg+xml,<svg/onload=harm=15>) [引用][1] `</code><script>harm = 16</script>`

[1]: javascript:harm=17 '"><script>harm = 18</script>'

| 列 <img src=x onerror=harm=19> |
|---|
| "><svg/onload=harm=20> |

```html" onmouseover="harm = 21
</pre><script>harm = 22</script>
```
"""
_PARTS = "(part) => [...new Set([...part.querySelectorAll('*')].map((each) => each.localName))].sort()"
_ATTRIBUTES = "(part) => [...part.querySelectorAll('*')].flatMap((each) => each.getAttributeNames())"


def _desk(url: str, official: Official) -> OfficialDesk:
    """Log in; a code that was just used is waited out."""
    for _ in range(LOG_IN_TRIES):
        try:
            return OfficialDesk(url, official)
        except ApiRefusal:
            time.sleep(CODE_SECONDS - time.time() % CODE_SECONDS + 0.5)
    raise AssertionError(f"{official.role} cannot log in")


@pytest.fixture
def hostile(running_world: Any) -> str:
    """Convene a meeting with the document; give the path of its page."""
    world, settings = running_world, running_world.system.settings
    committee = _desk(world.url, read_officials(officials_file(settings.home))["committee"])
    clock, meetings = WorldClock(world.system.node, Api(world.url)), f"/communities/{world.slug}/meetings"
    opens_at = clock.now() + 20 * DAY
    motion = {"matter": 9, "group": 0, "cap": 0, "title": "更换门禁系统", "text": "从公共收益列支 3 万元。"}
    content = base64.b64encode(HOSTILE.encode()).decode()
    document = {"name": "说明.md", "media_type": "text/markdown", "content_base64": content}
    draft = committee.api.post(
        "/staff/meetings",
        {
            "community": world.slug,
            "title": "临时会议：门禁",
            "notice": "请看说明。",
            "scope": "*",
            "motions": [motion],
            "documents": [document],
            "opens_at": opens_at,
            "closes_at": opens_at + 10 * DAY,
        },
    )
    before = {each["meeting"] for each in committee.api.get(meetings)}
    committee.act(draft["act"])
    clock.settle()
    (number,) = {each["meeting"] for each in committee.api.get(meetings)} - before
    lines = committee.api.get(f"{meetings}/{number}")["convening"]["documents"]
    (hash_,) = [line["hash"] for line in lines if line["name"] == document["name"]]
    return f"/c/{world.slug}/m/{number}/documents/{hash_}"


def test_a_hostile_document_is_only_text(phone: Phone, hostile: str) -> None:
    """Nothing of it runs, loads, moves the page or can be pressed; also where no policy of the page forbids it."""
    page, harm = phone.page, []
    page.on("dialog", lambda dialog: (harm.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: harm.append(request.url) if "harm" in request.url else None)

    def without_policy(route: Route) -> None:
        answer = route.fetch()
        headers = {name: text for name, text in answer.headers.items() if name != "content-security-policy"}
        route.fulfill(response=answer, headers=headers)

    for policy in ("taken away", "kept"):  # in this order: what is visited again comes from the phone itself
        if policy == "taken away":
            page.route(phone.world.url + hostile, without_policy)
        else:
            page.unroute(phone.world.url + hostile)
        answer = page.goto(phone.world.url + hostile)
        assert answer
        assert ("content-security-policy" in answer.headers) == (policy == "kept")
        shown = phone.part("markdown")
        expect(shown.locator("h2")).to_have_text("无害的标题")
        assert set(shown.evaluate(_PARTS)) <= {
            "h2",
            "p",
            "code",
            "pre",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        }
        assert shown.evaluate(_ATTRIBUTES) == []
        expect(shown).to_contain_text("<script>harm = 1; alert('script')</script>")
        shown.hover()
        page.wait_for_timeout(300)
        assert page.evaluate("typeof harm") == "undefined"
        assert page.url == phone.world.url + hostile
    assert harm == []
