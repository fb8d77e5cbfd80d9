"""Hot topics: planted groups are found, hotness follows the formula, and nobody is hot alone."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix
from typer.testing import CliRunner

from wanjia.cli import app
from wanjia.topics.finding import Topic, find_topics
from wanjia.topics.grouping import grouped
from wanjia.topics.heat import DAY, heat
from wanjia.topics.likeness import directions_of
from wanjia.topics.matter import Matter
from wanjia.topics.messages import MessagesError, read_messages
from wanjia.topics.places import common_place
from wanjia.topics.words import words_of

NOW = 1_800_000_000
ESTATES = ("金桂花园", "望江名邸", "春晓新城", "松涛小区", "紫云公馆", "白鹭湾", "长乐坊", "銀杏苑")
COMPLAINTS = (
    ("电梯经常停运", "电梯又停了，按钮没有反应，老人爬楼很辛苦，维保单位一直没有来修"),
    ("楼下烧烤油烟扰民", "烧烤店油烟直接排到居民窗前，半夜还有喧哗，开窗就是呛人的味道"),
    ("地下车库积水", "车库一下雨就积水，排水泵坏了没有人管，车子泡在水里，出入口打滑"),
    ("物业费上涨没有公示", "物业没有开会就通知涨价，收费标准和明细都没有公示，问前台说不清楚"),
)
FILLERS = ("希望尽快处理", "麻烦有关部门看一下", "多次反映没有结果", "邻居们都很着急", "谢谢", "请给一个答复")


def planted(seed: int = 7) -> list[Matter]:
    """Each estate with each complaint once or twice by others, and one cause with 25 voices: an estate's one complaint."""
    drawn = random.Random(seed)
    found = []

    def say(estate: str, complaint: tuple[str, str], author: str) -> None:
        title, text = complaint
        words = [part for part in text.split("，") if drawn.random() < 0.8] or [text]
        drawn.shuffle(words)
        found.append(
            Matter(
                id=str(len(found)),
                author=author,
                at=NOW - drawn.randrange(60 * DAY),
                title=f"{estate}{title}" if drawn.random() < 0.7 else f"{title}，{estate}",
                text=f"{drawn.choice(FILLERS)}，{estate}{'，'.join(words)}，{drawn.choice(FILLERS)}",
            )
        )

    for at in range(25):
        say("青枫小镇", COMPLAINTS[1], f"voice {at}")
    for estate in ESTATES:
        for complaint in COMPLAINTS:
            say(estate, complaint, f"{estate} {len(found)}")
    drawn.shuffle(found)
    return found


def test_one_cause_with_many_voices_is_the_hottest_group() -> None:
    """Precision and recall of at least 0.8, although eight other estates complain of the very same."""
    matters = planted()
    hottest = find_topics(matters, NOW)[0]
    wanted = {matter.id for matter in matters if "青枫" in matter.title}
    got = {matter.id for matter in hottest.matters}
    assert len(wanted & got) / len(wanted) >= 0.8
    assert len(wanted & got) / len(got) >= 0.8
    assert "青枫小镇" in hottest.title
    assert any("烧烤" in word or "油烟" in word for word in hottest.words)
    assert hottest.people == len({matter.author for matter in hottest.matters})


def test_heat_is_the_stated_formula() -> None:
    """Voices halve in 90 days, one an author; ten supports and ten places double each."""
    old, fresh = Matter("1", "a", NOW - 90 * DAY, "", ""), Matter("2", "b", NOW, "", "")
    assert heat([old], NOW) == pytest.approx(0.5)
    assert heat([fresh, fresh, fresh], NOW) == pytest.approx(1)
    assert heat([old, fresh], NOW) == pytest.approx(1.5)
    assert heat([Matter("3", "c", NOW, "", "", supports=9)], NOW) == pytest.approx(2)
    places = [Matter(str(at), "d", NOW, "", "", place=f"{at} 栋") for at in range(10)]
    assert heat(places, NOW) == pytest.approx(2)
    assert heat([Matter("4", "e", NOW, "", "", supports=-5)], NOW + 1) == pytest.approx(1, abs=1e-6)


def test_one_person_alone_is_never_a_topic() -> None:
    """Fifty messages of one author, alike and word for word, are no group that is shown."""
    alone = [Matter(f"x{at}", "one", NOW, *COMPLAINTS[0]) for at in range(50)]
    found = find_topics([*planted(), *alone], NOW)
    assert all(topic.people >= 2 for topic in found)
    assert not any({matter.author for matter in topic.matters} == {"one"} for topic in found)
    assert "青枫小镇" in found[0].title


def test_groups_join_by_their_mean_likeness_alone() -> None:
    """Hand-made directions: two at right angles stay apart, two at 60 degrees join, a chain does not join its ends."""

    def directions(*degrees: float) -> object:
        angles = np.radians(degrees)
        return csr_matrix(np.stack([np.cos(angles), np.sin(angles)], axis=1))

    def groups(*degrees: float, likeness: float) -> list[list[int]]:
        return grouped(directions(*degrees), lambda _done, _total: None, likeness)

    assert groups(0, 90, likeness=0.11) == [[0], [1]]
    assert groups(0, 60, likeness=0.49) == [[0, 1]]
    assert groups(0, 60, likeness=0.51) == [[0], [1]]
    assert groups(0, 44, 90, likeness=0.7) == [[0, 1], [2]]


@pytest.mark.parametrize(
    "texts",
    [
        [],
        [("", "")],
        [("", ""), ("🙂🙂", "!!!"), ("abc", "123")],
        [("电梯" * 30, "电梯坏了。" * 2_000), ("电梯", "电梯坏了")],
        [("同一句话没有变化", "同一句话没有变化")] * 3,
    ],
    ids=["nothing", "empty", "no words", "long", "word for word"],
)
def test_strange_texts_break_nothing(texts: list[tuple[str, str]]) -> None:
    """Empty, wordless, endless and repeated texts are grouped or left, never an error."""
    matters = [Matter(str(at), f"author {at}", NOW, *text) for at, text in enumerate(texts)]
    found = find_topics(matters, NOW)
    assert sum(len(topic.matters) for topic in found) <= len(matters)
    assert all(isinstance(topic, Topic) for topic in found)


def test_words_that_everybody_uses_say_nothing() -> None:
    """A word in one matter, or in more than half of them, has no direction."""
    spoken = [words_of(matter) for matter in planted()]
    directions = directions_of([[*words, "大家"] for words in spoken] + [["独一"]])
    assert directions is not None
    assert not {"大家", "独一"} & set(directions.words)


def test_a_place_is_the_given_one_or_the_name_the_words_share() -> None:
    """Given places win; a name counts for a third of the matters and more; else there is none."""
    given = [Matter(str(at), "a", NOW, "", "", place=place) for at, place in enumerate("112")]
    assert common_place(given) == "1"
    named = [
        Matter(str(at), "a", NOW, f"{word}紫藤小区漏水", "")
        for at, word in enumerate(("请问", "我家", "投诉"))
    ]
    assert common_place(named) == "紫藤小区"
    assert common_place([Matter("1", "a", NOW, "漏水", "屋顶漏水")]) == ""


def test_the_command_tells_groups_and_faults(tmp_path: Path) -> None:
    """A file is read, its hottest group told as JSON; a fault is named by its line, and nothing is told."""
    file = tmp_path / "messages.csv"
    lines = ["id,author,title,time,text,agree"] + [
        f"{m.id},{m.author},{m.title},2026/11/{1 + int(m.id) % 20} 8:05,{m.text},1" for m in planted()
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    told = CliRunner().invoke(app, ["topics", str(file), "--json", "--top", "1"])
    assert told.exit_code == 0, told.output
    (hottest,) = json.loads(told.stdout)
    assert hottest["supports"] == len(hottest["matters"]) >= 20
    file.write_text("\n".join([*lines, "1,a,b,yesterday,c,1"]), encoding="utf-8")
    with pytest.raises(MessagesError, match=f"line {len(lines) + 1}"):
        read_messages(file)
    assert CliRunner().invoke(app, ["topics", str(file)]).exit_code == 2
    file.write_text("id,author\n", encoding="utf-8")
    with pytest.raises(MessagesError, match="title, time, text"):
        read_messages(file)
    file.write_bytes("id,author,title,time,text\n1,a,投诉,2026-11-01,b".encode("gbk"))
    with pytest.raises(MessagesError, match="UTF-8"):
        read_messages(file)
