"""Secret ballots made in a real browser, in a worker beside the page, under the site's content security policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from proving_page import FORMS, ProvingPage, order_of, proving_page
from wanjia.wsb.checking import faults_of
from wanjia.wsb.context import Keys
from wanjia.wsb.form import Form

pytestmark = [pytest.mark.browser]

SLOWER = 6
BOUND_MS = 6_000
"""For five motions on a slow phone; a quiet machine takes half a second, a test machine may be busy."""


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProvingPage]:
    """Open the page that proves."""
    with proving_page(chromium, tmp_path_factory.mktemp("proving")) as page:
        yield page


def _form(name: str) -> Form:
    written = FORMS[name]
    (fx, fy), (nx, ny) = ([int(word, 16) for word in written[side]] for side in ("y_for", "y_against"))
    motions = tuple((motion["group"], motion["cap"]) for motion in written["motions"])
    return Form(bytes.fromhex(written["context"][2:]), Keys((fx, fy), (nx, ny)), motions)


def test_a_ballot_made_beside_the_page_is_good_to_both_languages(page: ProvingPage) -> None:
    """The worker tells of every motion, and what it made is a good ballot to TypeScript and to Python."""
    order = order_of("board", ["for", "for", "abstain", "for", "against"], voter=18)
    made = page.ask("beside", order)
    assert made["told"] == [1, 2, 3, 4, 5]
    assert page.ask("reason", order, made["body"]) is None
    assert faults_of(_form("board"), 18, bytes.fromhex(made["body"][2:])) == []
    assert page.ask("reason", order | {"voter": 19}, made["body"]) == "invalid-choice"


def test_what_cannot_be_made_is_refused_with_its_reason(page: ProvingPage) -> None:
    """Choices over a cap come back as a refusal, and work that was stopped as stopped."""
    assert page.ask("refused", order_of("board", ["for"] * 5)) == "more than 2 for in group 1"
    assert page.ask("stopped", order_of("one", ["for"])) == "stopped"


def test_a_slow_phone_makes_a_ballot_of_five_motions_in_time(page: ProvingPage) -> None:
    """With the processor slowed down six times, in the page itself: the slowing does not reach workers."""
    page.slow_down(SLOWER)
    try:
        made = page.ask("inPage", order_of("five", ["for", "against", "abstain", "for", "against"]))
    finally:
        page.slow_down(1)
    assert made["milliseconds"] < BOUND_MS
