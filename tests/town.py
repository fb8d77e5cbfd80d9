"""A small community with every kind of owner, behind the real web application over a real database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import pyotp
from eth_utils import keccak
from flask import Flask
from werkzeug.test import TestResponse

from wanjia.bootstrap import Wanjia, bootstrap
from wanjia.chain.signing import address_of
from wanjia.config import Settings
from wanjia.db.community import Community
from wanjia.domain.identity_numbers import credit_check, identity_check
from wanjia.identity.consent import CONSENT_VERSION
from wanjia.identity.limits import Limits
from wanjia.identity.staff import create_staff
from wanjia.roll.checking import check_roll
from wanjia.roll.placing import import_roll
from wanjia.roll.writing import to_csv
from wanjia.web.app import create_app

URL = "http://127.0.0.1:8000"
START = 1_800_000_000
PASSWORD = "correct horse battery"  # noqa: S105  of these tests
SLUG, OTHER = "garden", "harbour"
OFFICIALS = ("committee", "supervisor")


def identity(sequence: int, born: str = "19800101") -> str:
    """An identity number that is valid and nobody's."""
    first17 = f"000000{born}{sequence:03}"
    return first17 + identity_check(first17)


def credit(sequence: int) -> str:
    """A credit code that is valid and nobody's."""
    first17 = f"91000000MA{sequence:07}"
    return first17 + credit_check(first17)


def phone(sequence: int) -> str:
    """A phone number of a range nobody has."""
    return f"154{sequence:08}"


def flat(number: str, who: int, **changes: str) -> dict[str, str]:
    """A line of the roll: the flat of one adult."""
    return {
        "building": "1",
        "entrance": "1",
        "number": number,
        "use": "住宅",
        "area": "89.35",
        "area_source": "登记",
        "kind": "个人",
        "holders": f"甲{who}",
        "id_numbers": identity(who),
        "phones": phone(who),
        **changes,
    }


ROLL = (
    flat("101", 1),
    flat("102", 2),
    flat("201", 1),
    flat(
        "202",
        3,
        kind="共有",
        holders="甲3、甲4",
        id_numbers=f"{identity(3)}、{identity(4)}",
        phones=f"{phone(3)}、{phone(4)}",
        representative="甲3",
    ),
    flat(
        "301",
        5,
        kind="单位",
        holders="第五有限公司",
        id_numbers=credit(5),
        phones="-",
        agent="办5",
        agent_id=identity(905),
        agent_phone=phone(905),
    ),
    flat(
        "302",
        6,
        id_numbers=identity(6, "20200101"),
        agent="监6",
        agent_id=identity(906),
        agent_phone=phone(906),
    ),
    flat("401", 7, building="2"),
    flat("402", 8, building="2"),
)
"""甲1 has two flats; 甲3 and 甲4 own one together; a company; a minor; building 2 has two owners of its own."""


class Clock:
    """Machine time that tests move."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        """Tell the time."""
        return self.now


class Browser:
    """One client with its cookies, on this site."""

    def __init__(self, app: Flask) -> None:
        self.http = app.test_client()

    def get(self, path: str, **options: Any) -> TestResponse:
        """GET under /api."""
        return self.http.get(f"/api{path}", base_url=URL, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        """POST JSON under /api, with this site's origin."""
        options.setdefault("headers", {"Origin": URL})
        if "data" not in options:
            options["json"] = body if body is not None else {}
        return self.http.post(f"/api{path}", base_url=URL, **options)

    def put(self, path: str, body: Any = None) -> TestResponse:
        """PUT JSON under /api."""
        return self.http.put(f"/api{path}", base_url=URL, json=body or {}, headers={"Origin": URL})

    def delete(self, path: str) -> TestResponse:
        """DELETE under /api."""
        return self.http.delete(f"/api{path}", base_url=URL, headers={"Origin": URL})


@dataclass
class Town:
    """The wired system with two communities, their staff, and a clock."""

    wanjia: Wanjia
    app: Flask
    clock: Clock
    communities: dict[str, int] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def browser(self) -> Browser:
        """A client without cookies."""
        return Browser(self.app)

    def claim(self, number: str, who: int, /, **changes: str) -> dict[str, str]:
        """What 甲``who`` says to claim a flat of building 1, with changes."""
        return {
            "community": SLUG,
            "building": "1",
            "entrance": "1",
            "number": number,
            "name": f"甲{who}",
            "id_number": identity(who),
            "phone": phone(who),
            "consent": CONSENT_VERSION,
            **changes,
        }

    def codes(self) -> list[str]:
        """Codes in the outbox, the latest first."""
        messages = self.browser().get("/dev/outbox").get_json()
        return [m["text"].split("验证码 ")[1][:6] for m in messages if "验证码 " in m["text"]]

    def owner(self, number: str = "101", who: int = 1, /, **changes: str) -> Browser:
        """A client logged in as an owner by claim and code."""
        browser = self.browser()
        answer = browser.post("/identity/claims", self.claim(number, who, **changes))
        assert answer.status_code == 202, answer.get_json()
        entered = browser.post(
            f"/identity/claims/{answer.get_json()['claim']}/code", {"code": self.codes()[0]}
        )
        assert entered.status_code == 200, entered.get_json()
        return browser

    def tenant(self, owner: Browser | None = None, kind: str = "tenant", slug: str = SLUG) -> Browser:
        """A client let into an owner's household by a link."""
        place = f"/communities/{slug}/household/invitations"
        link = (owner or self.owner()).post(place, {"kind": kind, "name": "小李"})
        assert link.status_code == 201, link.get_json()
        browser = self.browser()
        answer = browser.post("/household", {"token": link.get_json()["token"]})
        assert answer.status_code == 201, answer.get_json()
        return browser

    def totp(self, username: str) -> str:
        """The code the authenticator of a member of staff shows now."""
        return pyotp.TOTP(self.secrets[username]).at(self.clock.now)

    def hire(self, role: str, community: str = SLUG) -> str:
        """Add a member of staff unless there is one (hashing passwords is slow); give the user name."""
        username = role if role == "operator" else f"{role}@{community}"
        if username not in self.secrets:
            with self.wanjia.database.write() as session:
                uri = create_staff(
                    session,
                    self.wanjia.vault,
                    username=username,
                    password=PASSWORD,
                    role=role,
                    community_id=None if role == "operator" else self.communities[community],
                    address=address_of(staff_key(role, community)) if role in OFFICIALS else None,
                    now=START,
                )
            (self.secrets[username],) = parse_qs(urlparse(uri).query)["secret"]
        return username

    def staff(self, role: str, community: str = SLUG) -> Browser:
        """A client logged in as staff; the clock moves on, for each code is good once."""
        self.clock.now += 60
        browser = self.browser()
        username = self.hire(role, community)
        answer = browser.post(
            "/staff/login", {"username": username, "password": PASSWORD, "totp": self.totp(username)}
        )
        assert answer.status_code == 200, answer.get_json()
        return browser


def staff_key(role: str, community: str = SLUG) -> bytes:
    """The private key of an official of these tests."""
    return keccak(text=f"test official {role} {community}")


def settings_for(folder: Path, database_url: str, **changes: Any) -> Settings:
    """Settings of a development system in a folder."""
    values: dict[str, Any] = {
        "home": folder,
        "database_url": database_url,
        "rpc_url": "http://127.0.0.1:9",
        "deployment_file": folder / "deployment.json",
        "operator_key": "0x" + keccak(text="test operator").hex(),
        "data_key": keccak(text="data"),
        "session_key": keccak(text="session"),
        "bind": "127.0.0.1:8000",
        "public_url": URL,
        "finality_depth": 2,
        "intake_margin": 120,
        "outbox_page": True,
    }
    return Settings(**values | changes)


def build_town(
    settings: Settings,
    *,
    limits: Limits | None = None,
    address_limits: bool = False,
    communities: Sequence[str] = (SLUG, OTHER),
) -> Town:
    """Wire a system and add communities with the same roll. No chain is needed yet."""
    clock = Clock()
    wanjia = bootstrap(settings, limits=limits, clock=clock)
    app = create_app(wanjia, dist=settings.home / "no-front-end", address_limits=address_limits)
    town = Town(wanjia, app, clock)
    if not settings.deployment_file.exists():
        places = ("forwarder", "registry_implementation", "open_meeting_implementation")
        more = ("secret_meeting_implementation", "trustee_board_implementation", "notary_implementation")
        addresses = {name: address_of(keccak(text=name)) for name in (*places, *more, "factory")}
        settings.deployment_file.write_text(json.dumps({"chain_id": 20278, **addresses}), encoding="utf-8")
    for slug in communities:
        add_community(town, slug)
    return town


def add_community(town: Town, slug: str, made: Community | None = None) -> None:
    """Give a community the roll of these tests; without one that is on a chain, make its row."""
    with town.wanjia.database.write() as session:
        community = session.merge(made) if made else _row(slug)
        session.add(community)
        session.flush()
        town.communities[slug] = community.id
        checked = check_roll(to_csv(list(ROLL), "zh-CN"), date(2026, 11, 1))
        assert checked.roll is not None, checked.errors
        import_roll(session, community, checked.roll, town.wanjia.vault, now=START)


def _row(slug: str) -> Community:
    places = ("registry_address", "open_meeting_address", "notary_address")
    addresses = {name: address_of(keccak(text=f"{slug} {name}")) for name in places}
    return Community(slug=slug, name=slug, salt=bytes(32), first_block=0, **addresses)


def assert_problem(answer: TestResponse, code: str, **values: str | int) -> None:
    """The one shape of every error (RFC 9457)."""
    body = json.loads(answer.get_data(as_text=True))
    assert answer.content_type == "application/problem+json", answer.content_type
    assert set(body) == {"type", "title", "status", "code", "values", "detail"}
    assert (body["code"], body["status"]) == (code, answer.status_code), body
    assert body["type"] == f"urn:wanjia:problem:{code}"
    assert body["values"] == values or not values, body
    assert body["detail"]
    assert "{" not in body["detail"]
