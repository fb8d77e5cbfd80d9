"""While somebody writes, like concerns of the community come up with their answers; private and hidden ones never."""

from pathlib import Path

import pytest
from speaking import CONCERNS, DESK, answered, fresh_town, raised

from town import Browser, Town, assert_problem
from wanjia.deliberation.alike import AlikeTexts


@pytest.fixture
def town(tmp_path: Path) -> Town:
    """A town on SQLite."""
    return fresh_town(tmp_path)


def similar(browser: Browser, text: str) -> list[dict[str, object]]:
    """Ask what is like a text."""
    answer = browser.post(f"{CONCERNS}/similar", {"text": text})
    assert answer.status_code == 200, answer.get_json()
    found: list[dict[str, object]] = answer.get_json()["similar"]
    return found


def test_like_concerns_come_up_with_their_answers(town: Town) -> None:
    """The most alike first, with the beginning of the answer; what was withdrawn, hidden or is private is left out."""
    owner, neighbour, worker = town.owner(), town.owner("102", 2), town.staff("grid_worker")
    raised(owner, "request-1", title="北门旁搅拌站噪音大", text="夜里搅拌站施工，噪音大，睡不着")
    raised(owner, "request-2", title="搅拌站粉尘", text="搅拌站的粉尘落在阳台上")
    raised(owner, "request-3", title="电梯停运", text="2号电梯又停了")
    raised(owner, "request-4", title="搅拌站噪音", text="不公开的搅拌站噪音", public="false")
    found = similar(neighbour, "搅拌站夜里噪音")
    assert [line["number"] for line in found] == [1, 2]
    assert 1 >= found[0]["score"] > found[1]["score"] > 0  # type: ignore[operator]
    assert found[0]["answer"] is None
    answered(worker, 1, "已约谈" + "，" * 300)
    assert len(str(similar(neighbour, "搅拌站夜里噪音")[0]["answer"])) == 200
    owner.post(f"{CONCERNS}/2/withdraw", {})
    worker.post(f"{DESK}/1/entries/raised/hide", {"reason": "点名"})
    assert similar(neighbour, "搅拌站夜里噪音") == []
    assert similar(neighbour, "。") == []
    assert_problem(neighbour.post(f"{CONCERNS}/similar", {"text": ""}), "REQUEST_INVALID")


def test_texts_are_replaced_and_taken_out() -> None:
    """A text of the same number takes the place of the earlier one; one taken out is found no more."""
    texts = AlikeTexts()
    texts.add(1, "电梯坏了")
    texts.add(1, "门禁坏了，刷卡没有反应")
    texts.add(2, "楼道灯不亮")
    assert [number for number, _ in texts.nearest("门禁刷卡没有反应", 5)] == [1]
    assert texts.nearest("电梯停运", 5) == []
    ((_, score),) = texts.nearest("楼道灯不亮", 5)
    assert score == pytest.approx(1)
    texts.remove(1)
    texts.remove(1)
    assert texts.nearest("门禁刷卡没有反应", 5) == []
