"""Trustees that cheat, each in another way in each run of the ceremony, and remember how they were refused."""

from collections.abc import Mapping
from typing import Any

from wanjia.simulation.api import ApiRefusal
from wanjia.simulation.trustee import Trustee
from wanjia.wsb.ceremony import Run, commitment
from wanjia.wsb.group import Point, add, negate, read_point

SEAT = 2
"""Where the crooked trustee sits."""
BAD_DEALING, ROGUE_KEY = 1, 2
"""The runs a crooked trustee spoils: by shares that do not fit, by a key it does not hold the secret of."""


class WatchedTrustee(Trustee):
    """An honest trustee whose signed requests others have copies of."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.signed: list[dict[str, Any]] = []

    def sign(self, prepared: Any) -> dict[str, Any]:
        """As any trustee, and keep a copy."""
        signed = super().sign(prepared)
        self.signed.append(signed)
        return signed


class CrookedTrustee(Trustee):
    """Deals wrong shares in the first run, takes a rogue key in the second, and posts wrong shares of sums."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.refusals: dict[str, str] = {}
        """Function -> the contract's reason why it was refused first."""
        self._rogue: list[Point] = []
        self._victim: list[Point] = []

    def act(self, function: str, *arguments: Any) -> None:
        """As any trustee, except where it cheats."""
        try:
            super().act(function, *self._bent(function, list(arguments)))
        except ApiRefusal as refusal:
            self.refusals.setdefault(function, str(refusal.values.get("reason")))
            raise

    def _bent(self, function: str, arguments: list[Any]) -> list[Any]:
        run = arguments[0]
        if function == "dealShares" and run == BAD_DEALING:
            arguments[1] = arguments[1][:-1] + bytes([arguments[1][-1] ^ 1])
        elif function == "commitKeys" and run == ROGUE_KEY:
            if self._run is None:
                raise RuntimeError("no run was begun")
            arguments[1] = self._rogue_commitment(self._run, SEAT)
        elif function == "revealKeys" and run == ROGUE_KEY:
            arguments[1] = [coordinate for point in self._rogue for coordinate in point]
        elif function == "postShares":
            arguments[2] = [*arguments[2][:-1], arguments[2][-1] ^ 1]
        return arguments

    def _ceremony(self, place: Run, run: Mapping[str, Any], me: Mapping[str, Any]) -> bool:
        revealed = run["trustees"][0]["coefficients"]
        if revealed and place.run < ROGUE_KEY:
            self._victim = [read_point(bytes.fromhex(point[2:])) for point in revealed]
        return super()._ceremony(place, run, me)

    def _rogue_commitment(self, place: Run, number: int) -> bytes:
        """Commit to constants that cancel what the first trustee revealed in the run before."""
        self._rogue = list(self._polynomials.coefficients)
        for constant in (0, len(self._rogue) // 2):
            self._rogue[constant] = add(self._rogue[constant], negate(self._victim[constant]))
        return commitment(place, number, self._rogue)
