"""Residents raise concerns and read each other's: once a request, bounded, private ones by nobody else."""

from speaking import CONCERNS, JPEG, PNG, one, raised

from town import OTHER, Town, assert_problem
from wanjia.domain.concerns import DAY


def test_a_concern_is_raised_once_and_read_by_neighbours(town: Town) -> None:
    """With its photographs, by kind and building only; the same request again is the same concern."""
    owner, neighbour = town.owner("401", 7, building="2"), town.owner("102", 2)
    tenant = town.tenant(owner)
    answer = raised(tenant, photos=(PNG, JPEG), building="2栋", entrance="１单元", title=" 123 ", text="")
    assert answer.status_code == 201, answer.get_json()
    first = answer.get_json()
    assert (first["number"], first["title"], first["state"], first["level"]) == (1, "123", "raised", 0)
    assert (first["building"], first["entrance"], first["by"], first["mine"]) == ("2", "1", "tenant", True)
    assert first["due_at"] == town.clock.now + 3 * DAY
    assert raised(tenant, title="again").get_json()["title"] == "123"
    assert raised(neighbour).get_json()["number"] == 2
    shown = one(neighbour)
    (entry,) = shown["entries"]
    assert (entry["kind"], entry["by"], entry["building"], entry["mine"]) == ("raised", "tenant", "2", False)
    assert [photo["media_type"] for photo in entry["photos"]] == ["image/png", "image/jpeg"]
    picture = neighbour.get(f"{CONCERNS}/1/entries/{entry['id']}/photos/2")
    assert (picture.get_data(), picture.content_type) == (JPEG, "image/jpeg")
    assert_problem(neighbour.get(f"{CONCERNS}/1/entries/{entry['id']}/photos/3"), "NOT_FOUND")
    assert_problem(neighbour.get(f"{CONCERNS}/2/entries/{entry['id']}/photos/1"), "NOT_FOUND")
    assert "request" not in shown


def test_what_is_raised_is_checked(town: Town) -> None:
    """Photographs by their first bytes, places by the roll, words by their length; nothing is stored of a bad one."""
    owner = town.owner()
    assert_problem(raised(owner, photos=(PNG, b"%PDF-1.7")), "CONCERN_PHOTO_TYPE", file=2)
    assert_problem(raised(owner, photos=(PNG,) * 6), "REQUEST_INVALID")
    assert_problem(raised(owner, photos=(PNG + bytes(8 * 1024 * 1024),)), "TOO_LARGE")
    assert_problem(raised(owner, building="9"), "CONCERN_PLACE")
    assert_problem(raised(owner, entrance="9"), "CONCERN_PLACE")
    assert_problem(raised(owner, building=""), "CONCERN_PLACE")
    for wrong in (
        {"title": ""},
        {"title": "长" * 61},
        {"kind": "gossip"},
        {"text": "a\x00"},
        {"public": "?"},
    ):
        assert_problem(raised(owner, **wrong), "REQUEST_INVALID")
    assert_problem(raised(owner, "short"), "REQUEST_INVALID")
    assert owner.get(CONCERNS).get_json()["total"] == 0
    common = raised(owner, building="", entrance="", place="地下车库", urgent="true").get_json()
    assert (common["place"], common["due_at"]) == ("地下车库", town.clock.now + 7_200)


def test_the_eleventh_of_a_day_is_refused(town: Town) -> None:
    """Per resident; a doubled request is still answered, and a day later there is room."""
    owner = town.owner()
    assert {raised(owner, f"request-{n}").status_code for n in range(10)} == {201}
    assert_problem(raised(owner, "request-10"), "CONCERN_LIMIT", limit=10)
    assert raised(owner, "request-3").get_json()["number"] == 4
    assert raised(town.owner("102", 2), "request-10").status_code == 201
    town.clock.now += DAY
    assert raised(town.owner(), "request-10").status_code == 201


def test_a_private_concern_is_nobody_elses(town: Town) -> None:
    """Not in a list, not by number, not by photograph, not to be supported; another community finds nothing at all."""
    owner, neighbour, stranger = town.owner(), town.owner("102", 2), town.owner("101", 1, community=OTHER)
    entry = raised(owner, photos=(PNG,), public="false").get_json()["entries"][0]["id"]
    raised(owner, "request-2")
    assert [line["number"] for line in owner.get(CONCERNS).get_json()["concerns"]] == [2, 1]
    assert [line["number"] for line in neighbour.get(CONCERNS).get_json()["concerns"]] == [2]
    for browser, number in ((neighbour, 1), (stranger, 1), (stranger, 2)):
        place = f"{CONCERNS}/{number}"
        assert_problem(browser.get(place), "NOT_FOUND")
        assert_problem(browser.get(f"{place}/entries/{entry}/photos/1"), "NOT_FOUND")
        assert_problem(browser.put(f"{place}/support"), "NOT_FOUND")
        assert_problem(browser.post(f"{place}/comments", {"text": "?"}), "NOT_FOUND")
        assert_problem(browser.post(f"{place}/seen", {"entry": entry}), "NOT_FOUND")
    assert_problem(stranger.get(CONCERNS), "NOT_FOUND")
    assert_problem(raised(stranger), "NOT_FOUND")
    assert_problem(town.browser().get(CONCERNS), "LOGIN_REQUIRED")
    assert_problem(owner.post(f"{CONCERNS}/1/comments", {"text": "?"}), "CONCERN_PRIVATE")


def test_lists(town: Town) -> None:
    """By state, kind and building, the newest or the most supported first."""
    owner, neighbour = town.owner(), town.owner("102", 2)
    raised(owner, "request-1")
    raised(owner, "request-2", kind="noise")
    raised(owner, "request-3", building="2")
    neighbour.put(f"{CONCERNS}/1/support")
    for query, numbers in {
        "": [3, 2, 1],
        "?state=open&sort=supported": [1, 3, 2],
        "?kind=noise": [2],
        "?building=2": [3],
        "?state=mine": [],
        "?state=followed": [1],
        "?state=answered": [],
        "?page=2": [],
    }.items():
        found = neighbour.get(f"{CONCERNS}{query}").get_json()
        assert [line["number"] for line in found["concerns"]] == numbers, query
