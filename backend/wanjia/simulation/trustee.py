"""A simulated trustee: takes part in the key ceremony and posts its shares.

``python -m wanjia.simulation.trustee URL SLUG MEETING``, the account's key in hex on standard input, is one in a process of
its own. Secrets live in the process only and go with it.
"""

import sys
import time
from collections.abc import Mapping
from threading import Event
from typing import Any

import requests

from wanjia.chain.contracts import trustee_board
from wanjia.chain.signing import address_of, sign_digest
from wanjia.simulation.api import Api, ApiRefusal
from wanjia.wsb.ceremony import (
    Polynomials,
    Run,
    commitment,
    enrolment,
    is_share,
    possession,
    secret_shares,
    side_of,
)
from wanjia.wsb.dealing import deal, receive
from wanjia.wsb.decryption import Aggregate, Sealed
from wanjia.wsb.form import SIDES
from wanjia.wsb.group import G, Point, multiply, read_point
from wanjia.wsb.hashing import keccak
from wanjia.wsb.proof import draw_scalar, prove

_POLL = 0.25
_ACT_SECONDS = 120
_SHARES_A_CALL = 40


class Trustee:
    """One trustee of one meeting: ``turn`` again and again."""

    def __init__(self, url: str, slug: str, meeting: int, key: bytes) -> None:
        self._api = Api(url)
        self._path = f"/communities/{slug}/meetings/{meeting}/trustees"
        self._meeting = meeting
        self._key = key
        self.account = address_of(key)
        self._run: Run | None = None
        self._secret = 0
        self._polynomials = Polynomials(())
        self._shares: tuple[int, int] | None = None
        self._said: set[tuple[Any, ...]] = set()
        """Calls that are on the chain: the board as the index shows it may be a block behind."""

    def turn(self) -> bool:
        """Do what this trustee has to do now; tells whether there was something."""
        board = self._api.get(self._path)
        run = board["run"]
        if run is None or self.account not in run["accounts"]:
            return False
        place = Run(board["chain_id"], board["board"], self._meeting, run["run"])
        if place != self._run:
            self._begin(place, run["threshold"])
        me = next(one for one in run["trustees"] if one["account"] == self.account)
        if board["stage"] is not None:
            return self._decrypt(board, me["trustee"])
        return self._ceremony(place, run, me)

    def _begin(self, place: Run, threshold: int) -> None:
        """Fresh secrets for every run."""
        self._run, self._shares = place, None
        self._secret, self._polynomials = draw_scalar(), Polynomials.fresh(threshold)

    def _ceremony(self, place: Run, run: Mapping[str, Any], me: Mapping[str, Any]) -> bool:
        number, step = me["trustee"], run["step"]
        if step == "commit" and me["commitment"] is None:
            public = multiply(self._secret, G)
            proof = prove(enrolment(place, number, public), 0, self._secret)
            committed = commitment(place, number, self._polynomials.coefficients)
            self.act("commitKeys", place.run, committed, list(public), *proof.challenges, *proof.responses)
        elif step == "reveal" and me["coefficients"] is None:
            coefficients = self._polynomials.coefficients
            proofs = []
            for side in range(SIDES):
                constant = side_of(coefficients, side)[0]
                secret = self._polynomials.sides[side][0]
                proof = prove(possession(place, number, side, constant), 0, secret)
                proofs += [*proof.challenges, *proof.responses]
            self.act("revealKeys", place.run, [c for point in coefficients for c in point], proofs)
        elif step == "deal" and me["shares"] is None:
            keys = {one["trustee"]: _point(one["encryption_key"]) for one in run["trustees"]}
            self.act("dealShares", place.run, deal(place, number, self._polynomials, keys))
        elif step == "approve" and not me["approved"]:
            self._approve(place, run, number)
        else:
            return False
        return True

    def _approve(self, place: Run, run: Mapping[str, Any], number: int) -> None:
        """Check what every dealer sent; complain about the first that does not keep its promise."""
        received = {number: (self._polynomials.share(0, number), self._polynomials.share(1, number))}
        for dealer in run["trustees"]:
            if dealer["trustee"] == number:
                continue
            coefficients = [_point(point) for point in dealer["coefficients"]]
            try:
                shares = receive(place, dealer["trustee"], number, self._secret, _bytes(dealer["shares"]))
                good = all(is_share(coefficients, side, number, shares[side]) for side in range(SIDES))
            except ValueError:
                good = False
            if not good:
                self.act("complain", place.run, dealer["trustee"], keccak(b"a share that does not fit"))
                return
            received[dealer["trustee"]] = shares
        self._shares = secret_shares(received)
        self.act("approveKeys", place.run, _bytes(run["transcript"]))

    def _decrypt(self, board: Mapping[str, Any], number: int) -> bool:
        """Post the next shares of the stage."""
        stage = board["stage"]
        first = next((one["shares"] for one in stage["posted"] if one["trustee"] == number), 0)
        waiting = stage["aggregates"][first : first + _SHARES_A_CALL]
        if self._shares is None or not waiting:
            return False
        sealed = Sealed(_bytes(board["context"]), _bytes(board["seal_hash"]))
        words: list[int] = []
        for one in waiting:
            aggregate = Aggregate(one["motion"], one["level"], one["side"])
            words += sealed.make_share(number, aggregate, self._shares[one["side"]], _point(one["a"])).words
        self.act("postShares", stage["stage"], first, words)
        return True

    def act(self, function: str, *arguments: Any) -> None:
        """Sign one call, hand it in, and wait until it is on the chain; a call that is there is not made again."""
        said = (function, *arguments[:2]) if function == "postShares" else (function, arguments[0])
        if said in self._said:
            time.sleep(_POLL)
            return
        data = trustee_board().encode(function, self._meeting, *arguments)
        body = {"account": self.account, "data": "0x" + data.hex()}
        prepared = self._api.post(f"{self._path}/acts/prepare", body)
        signed = self.sign(prepared)
        act = self._api.post(f"{self._path}/acts", signed)["act"]
        deadline = time.monotonic() + _ACT_SECONDS
        while time.monotonic() < deadline:
            state = self._api.get(f"{self._path}/acts/{act}")["state"]
            if state == "done":
                self._said.add(said)
            if state in ("done", "refused"):
                return
            time.sleep(_POLL)

    def sign(self, prepared: Mapping[str, Any]) -> dict[str, Any]:
        """Sign a request as the API prepared it: the body to hand in."""
        signature = sign_digest(self._key, _bytes(prepared["digest"]))
        return {"request": prepared["request"], "signature": "0x" + signature.hex()}


def attend(trustee: Trustee, stop: Event) -> None:
    """Take turns until ``stop`` is set. What the board refuses is looked at again: others act meanwhile."""
    while not stop.is_set():
        try:
            busy = trustee.turn()
        except (requests.RequestException, ApiRefusal) as trouble:
            sys.stderr.write(f"{trustee.account} {trouble}\n")
            sys.stderr.flush()
            busy = False
        if not busy:
            stop.wait(_POLL)


def _bytes(text: str) -> bytes:
    return bytes.fromhex(text.removeprefix("0x"))


def _point(text: str) -> Point:
    return read_point(_bytes(text))


if __name__ == "__main__":
    url, slug, meeting = sys.argv[1:]
    attend(Trustee(url, slug, int(meeting), bytes.fromhex(sys.stdin.readline().strip())), Event())
