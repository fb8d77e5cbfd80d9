"""The HTTP API as its callers see it: what simulated owners and officials ask of a running system."""

import time
from typing import Any

import pyotp
import requests

from wanjia.chain.signing import sign_digest
from wanjia.simulation.people import Official

_TIMEOUT = 60
_POLL = 0.1
_ACT_SECONDS = 60
_OK = 400


class ApiRefusal(RuntimeError):
    """The API answered with a problem; ``code`` is the error code."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')}")
        self.status = status
        self.code = problem.get("code")
        self.values: dict[str, Any] = problem.get("values", {})


class Api:
    """One client with its own cookies."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = requests.Session()
        self._http.headers["Origin"] = self.url

    def get(self, path: str) -> Any:
        """GET; raises ``ApiRefusal`` for a problem."""
        return self._answer(self._http.get(f"{self.url}/api{path}", timeout=_TIMEOUT))

    def post(self, path: str, body: Any = None) -> Any:
        """POST JSON; raises ``ApiRefusal`` for a problem."""
        return self._answer(self._http.post(f"{self.url}/api{path}", json=body or {}, timeout=_TIMEOUT))

    def put(self, path: str, body: Any) -> Any:
        """PUT JSON; raises ``ApiRefusal`` for a problem."""
        return self._answer(self._http.put(f"{self.url}/api{path}", json=body, timeout=_TIMEOUT))

    def cookies(self) -> dict[str, str]:
        """Give this client's session, for a browser to go on with."""
        return dict(self._http.cookies.items())

    @staticmethod
    def _answer(response: requests.Response) -> Any:
        if response.status_code < _OK:
            return response.json() if response.content else None
        try:
            problem = response.json()
        except requests.JSONDecodeError:
            problem = {"detail": response.text[:200]}
        raise ApiRefusal(response.status_code, problem)


class OfficialDesk:
    """An official at work: logged in, signing each act with their own key."""

    def __init__(self, url: str, official: Official) -> None:
        self.api = Api(url)
        self._key = bytes.fromhex(official.key)
        self.api.post(
            "/staff/login",
            {
                "username": official.username,
                "password": official.password,
                "totp": pyotp.TOTP(official.totp_secret).now(),
            },
        )

    def act(self, call: dict[str, Any]) -> dict[str, Any]:
        """Sign one call, hand it in and wait until it is on the chain.

        ``call`` has ``to`` and ``data``. Raises ``ApiRefusal`` when the API or the contract refuses it.
        """
        prepared = self.api.post("/staff/acts/prepare", {"to": call["to"], "data": call["data"]})
        signature = sign_digest(self._key, bytes.fromhex(prepared["digest"].removeprefix("0x")))
        act = self.api.post(
            "/staff/acts", {"request": prepared["request"], "signature": "0x" + signature.hex()}
        )["act"]
        deadline = time.monotonic() + _ACT_SECONDS
        while time.monotonic() < deadline:
            status: dict[str, Any] = self.api.get(f"/staff/acts/{act}")
            if status["state"] == "done":
                return status
            if status["state"] == "refused":
                raise ApiRefusal(409, {"code": status.get("code"), "detail": "the contract refused the act"})
            time.sleep(_POLL)
        raise TimeoutError(f"act {act} is not on the chain after {_ACT_SECONDS} s")
