"""What pages are about besides communities and meetings: a plan, a review, a transaction, an owner of the roll."""

import base64
import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import APIRequestContext, Browser, StorageState

from wanjia.simulation.api import Api
from wanjia.simulation.people import Official
from wanjia.simulation.sample_world import read_sample_world, visitors_file
from wanjia.simulation.visitors import Visitor, read_visitors

_PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
_TOTP_SECONDS, _LOG_IN_TRIES = 30, 3


@dataclass
class Place:
    """A running sample world: what ``wanjia up --sample`` serves."""

    url: str
    slug: str
    open_meeting: int
    finished_meeting: int
    notice_meeting: int
    secret_meeting: int | None
    secret_finished_meeting: int | None
    officials: dict[str, Official]
    owners: list[Visitor]
    sessions: dict[str, StorageState] = field(default_factory=dict)

    @classmethod
    def of(cls, home: Path, url: str) -> "Place":
        """Read the world of a home folder. Raises ``FileNotFoundError`` where there is none."""
        found = read_sample_world(home)
        if found is None:
            raise FileNotFoundError(f"no sample world in {home}")
        world, officials = found
        meetings = world.open_meeting, world.finished_meeting, world.notice_meeting
        secret = world.secret_meeting, world.secret_finished_meeting
        return cls(url, world.slug, *meetings, *secret, officials, read_visitors(visitors_file(home)))

    def outbox(self) -> list[dict[str, Any]]:
        """Messages the development sender kept."""
        messages: list[dict[str, Any]] = Api(self.url).get("/dev/outbox")
        return messages

    def session(self, chromium: Browser, role: str) -> StorageState:
        """The cookie of an official who is logged in; a code is good once, so each logs in once."""
        if role not in self.sessions:
            with chromium.new_context() as context:
                self._log_in(context.request, self.officials[role])
                self.sessions[role] = context.storage_state()
        return self.sessions[role]

    def _log_in(self, request: APIRequestContext, official: Official) -> None:
        for _ in range(_LOG_IN_TRIES):
            code = pyotp.TOTP(official.totp_secret).now()
            answer = request.post(
                f"{self.url}/api/staff/login",
                data={"username": official.username, "password": official.password, "totp": code},
                headers={"Origin": self.url},
            )
            if answer.ok:
                return
            time.sleep(_TOTP_SECONDS - time.time() % _TOTP_SECONDS + 1)
        raise AssertionError(f"{official.role} cannot log in")


class Traces:
    """Finds, or leaves, what a page needs to have something to show."""

    def __init__(self, chromium: Browser, place: Place) -> None:
        self._chromium, self._place, self._api = chromium, place, Api(place.url)

    @cached_property
    def document(self) -> tuple[str, str]:
        """A meeting with a document, and the document's hash."""
        place = self._place
        for number in (place.open_meeting, place.finished_meeting, place.notice_meeting):
            meeting = self._api.get(f"/communities/{place.slug}/meetings/{number}")
            for document in meeting["convening"]["documents"]:
                return str(number), document["hash"]
        raise LookupError("no meeting of the sample has a document")

    @cached_property
    def registry(self) -> str:
        """Address of the community's registry."""
        return str(self._api.get(f"/communities/{self._place.slug}")["chain"]["registry"])

    @cached_property
    def transaction(self) -> tuple[str, str]:
        """The latest transaction and its block."""
        number = int(self._chain("eth_blockNumber"), 16)
        while number:
            block = self._chain("eth_getBlockByNumber", hex(number), False)
            for transaction in block["transactions"]:
                return transaction, str(number)
            number -= 1
        raise LookupError("the chain has no transactions")

    @cached_property
    def plan(self) -> str:
        """A meeting in preparation."""
        body = {"community": self._place.slug, "content": {"title": "选聘物业服务企业"}}
        return str(self._as("committee", "post", "/staff/plans", body)["plan"])

    @cached_property
    def review(self) -> str:
        """An owner's photographs that wait for the supervisor."""
        owner = self._place.owners[-1]
        claim = self._api.post(
            "/identity/claims",
            {
                "community": self._place.slug,
                **{name: getattr(owner, name) for name in ("building", "entrance", "number", "id_number")},
                "name": "顾" + owner.name,
                "phone": owner.phone,
                "consent": self._api.get("/identity/consent")["version"],
            },
        )["claim"]
        with self._chromium.new_context() as context:
            answer = context.request.post(
                f"{self._place.url}/api/identity/claims/{claim}/review",
                headers={"Origin": self._place.url},
                multipart={
                    "note": "房本上的名字改过",
                    "files": {"name": "title.png", "mimeType": "image/png", "buffer": _PICTURE},
                },
            )
        assert answer.ok, answer.text()
        return str(self._as("supervisor", "get", "/staff/reviews")[0]["id"])

    def _as(self, role: str, method: str, path: str, body: Any = None) -> Any:
        state = self._place.session(self._chromium, role)
        with self._chromium.new_context(storage_state=state) as context:
            answer = context.request.fetch(
                f"{self._place.url}/api{path}",
                method=method,
                data=body,
                headers={"Origin": self._place.url},
            )
            assert answer.ok, answer.text()
            return answer.json()

    def _chain(self, method: str, *params: Any) -> Any:
        call = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
        return self._api.post("/rpc", call)["result"]
