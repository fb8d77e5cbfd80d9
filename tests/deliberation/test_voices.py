"""Neighbours stand behind a concern, comment and follow; who raised it talks, rates, withdraws and appeals."""

from speaking import CONCERNS, one, raised

from town import SLUG, Town, assert_problem

PLACE = f"{CONCERNS}/1"
ME = f"/communities/{SLUG}/resident"


def test_supporters_are_counted_by_building(town: Town) -> None:
    """One a person however often it is pressed, never the one who raised it, never listed; taken back it is gone."""
    owner, neighbour, other = town.owner(), town.owner("102", 2), town.owner("401", 7, building="2")
    raised(owner)
    tenant = town.tenant(other)
    for browser in (neighbour, neighbour, other, tenant):
        assert browser.put(f"{PLACE}/support").status_code == 200
    assert_problem(owner.put(f"{PLACE}/support"), "CONCERN_OWN")
    shown = one(neighbour)
    assert shown["buildings"] == [{"building": "1", "supports": 1}, {"building": "2", "supports": 2}]
    assert (shown["supports"], shown["supported"], shown["following"]) == (3, True, True)
    assert set(shown["can"]) == {"unsupport", "unfollow", "comment"}
    assert_problem(owner.post(f"{PLACE}/withdraw", {}), "CONCERN_SUPPORTED", supports=3)
    for browser in (neighbour, other, tenant):
        assert browser.delete(f"{PLACE}/support").get_json()["supported"] is False
    assert owner.post(f"{PLACE}/withdraw", {"reason": "修好了"}).get_json()["state"] == "withdrawn"
    assert_problem(owner.post(f"{PLACE}/withdraw", {}), "CONCERN_NOT_NOW")
    assert_problem(neighbour.put(f"{PLACE}/support"), "CONCERN_NOT_NOW")
    assert_problem(neighbour.post(f"{PLACE}/comments", {"text": "?"}), "CONCERN_NOT_NOW")


def test_news_are_counted_for_those_who_follow(town: Town) -> None:
    """What others said since, until it was seen; one's own words are no news, and a talk is no neighbour's news."""
    owner, neighbour = town.owner(), town.owner("102", 2)
    raised(owner)
    neighbour.put(f"{PLACE}/follow")
    owner.post(f"{PLACE}/talk", {"text": "我的电话请打家里"})
    owner.post(f"{PLACE}/comments", {"text": "还没有人来"})
    unread = [browser.get(ME).get_json()["unread"] for browser in (owner, neighbour)]
    assert unread == [0, 1]
    assert one(neighbour)["unread"] == 1
    last = one(neighbour)["entries"][-1]["id"]
    assert neighbour.post(f"{PLACE}/seen", {"entry": last}).status_code == 204
    assert neighbour.get(ME).get_json()["unread"] == 0
    assert [entry["kind"] for entry in one(neighbour)["entries"]] == ["raised", "comment"]
    assert [entry["kind"] for entry in one(owner)["entries"]] == ["raised", "talk", "comment"]
    assert_problem(neighbour.post(f"{PLACE}/talk", {"text": "?"}), "NOT_FOUND")
    assert neighbour.delete(f"{PLACE}/follow").get_json()["following"] is False
    owner.post(f"{PLACE}/comments", {"text": "谢谢"})
    assert neighbour.get(ME).get_json()["unread"] == 0


def test_only_who_raised_it_rates_and_only_an_answer(town: Town) -> None:
    """Before an answer there is nothing to rate; a neighbour never rates, and no words hidden mean no appeal."""
    owner, neighbour = town.owner(), town.owner("102", 2)
    entry = raised(owner).get_json()["entries"][0]["id"]
    assert_problem(owner.post(f"{PLACE}/rate", {"settled": True}), "CONCERN_NOT_NOW")
    assert_problem(owner.post(f"{PLACE}/rate", {"settled": False}), "REQUEST_INVALID")
    assert_problem(neighbour.post(f"{PLACE}/rate", {"settled": True}), "NOT_FOUND")
    assert_problem(neighbour.post(f"{PLACE}/withdraw", {}), "NOT_FOUND")
    assert_problem(owner.post(f"{PLACE}/entries/raised/appeal", {"text": "?"}), "CONCERN_NOT_HIDDEN")
    assert_problem(neighbour.post(f"{PLACE}/entries/{entry}/appeal", {"text": "?"}), "NOT_FOUND")
