"""A secret meeting whose sealed sums wait for one trustee: what its browser reads, written down for the front end's tests.

The first trustee's secrets come of a seed as docs/secret-ballots.md derives them. The second motion lies on the edge, so
that there is a second stage; two others have opened the first one by then, and this trustee has shared nothing.
"""

import sys
from copy import copy
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hardhat-free-scripts"))

from ceremony import Ceremony, Trustee
from chain_process import anvil
from chain_world import World, build_world, motion
from secret_world import SecretHall
from wanjia.audit.reader import Recorder
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.chain.signing import address_of
from wanjia.domain.ballots import Choice
from wanjia.wsb.ceremony import Polynomials
from wanjia.wsb.dealing import deal
from wanjia.wsb.hashing import challenge

SEED = bytes(range(32))
THRESHOLD = 2
SUPPORTERS, VOTERS, OWNERS = 18, 34, 50
ROLL = {
    voter: 9_449 if voter <= SUPPORTERS else 10_449 if voter <= VOTERS else 10_000
    for voter in range(1, OWNERS + 1)
}
"""Supporters are 170,082 of the 337,266 that take part: more than half by exact areas, and rounded ones leave it open."""


class SeededCeremony(Ceremony):
    """A ceremony whose first trustee holds a seed and nothing else."""

    def hold(self) -> None:
        """Put the holder of the seed on the first seat, then go on as any ceremony."""
        self._seat()
        super().hold()

    def _seat(self) -> None:
        place = self.place
        key = challenge("account", place.chain_id, place.board, place.meeting, SEED).to_bytes(32, "big")
        account = address_of(key)
        provider: Any = self.world.w3.provider
        provider.make_request("anvil_impersonateAccount", [account])
        provider.make_request("anvil_setBalance", [account, hex(10**20)])
        self.trustees[0] = Trustee(1, account, Polynomials(()), 0)
        sides = [[self._drawn("polynomial", side, k) for k in range(self.threshold)] for side in range(2)]
        polynomials = Polynomials(tuple(map(tuple, sides)))
        self.trustees[0] = Trustee(1, account, polynomials, self._drawn("encryption"))

    def dealt(self, one: Trustee) -> bytes:
        """As any ceremony, with the randomness of the seed where it has one."""
        if one.number != 1:
            return super().dealt(one)
        keys = {other.number: other.key for other in self.trustees}
        drawn = iter([self._drawn("randomness", 1, j, keys[j]) for j in sorted(keys) if j != 1])
        return deal(self.place, 1, one.polynomials, keys, lambda: next(drawn))

    def _drawn(self, name: str, *purpose: Any) -> int:
        return challenge(name, *self.place.words, self.trustee_set.hash, *purpose, SEED)


def seeded(ceremony: Ceremony) -> None:
    """Hold a ceremony with the seed's holder on its first seat."""
    ceremony.__class__ = SeededCeremony
    ceremony.hold()


def choices(voter: int) -> tuple[Choice, Choice]:
    """All are for the first motion; the second divides them."""
    return Choice.FOR, Choice.FOR if voter <= SUPPORTERS else Choice.AGAINST


def build() -> dict[str, Any]:
    """Hold the meeting; what was read before anything was shared, and what is new when the second stage waits."""
    with anvil("--timestamp", "1760000000", "--gas-limit", "40000000") as w3:
        world = build_world(w3)
        world.register(sorted(ROLL))
        hall = SecretHall.open(world, ROLL, (motion(4), motion(4)), (3, THRESHOLD), hold=seeded)
        holder = hall.ceremony.trustees[0]
        hall.vote({voter: choices(voter) for voter in range(1, VOTERS + 1)}, batch=17)
        hall.close()
        hall.seal()
        address = str(w3.provider.endpoint_uri)  # type: ignore[attr-defined]
        sealed = _recorded(world, address)
        others = copy(hall.ceremony)
        others.trustees = hall.ceremony.trustees[1:]
        hall.ceremony = others
        hall.open_stage(0)
        later = _recorded(world, address)
        return {
            "seed": "0x" + SEED.hex(),
            "meeting": hall.number,
            "account": holder.account.lower(),
            "board": world.board.address.lower(),
            "sealed": sealed,
            "later": _news(sealed, later),
        }


def _recorded(world: World, address: str) -> dict[str, Any]:
    """Everything an audit reads now; it finds no fault."""
    recorder = Recorder(RpcReader(address), world.registry.address)
    report = audit(recorder, world.registry.address)
    assert [] == [f"{check.id}: {check.detail('en')}" for check in report.checks if not check.ok]
    return recorder.recording


def _news(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What a later recording has that an earlier one has not."""
    new: dict[str, Any] = {"head": after["head"]}
    for part in ("blocks", "transactions", "code"):
        new[part] = {key: one for key, one in after[part].items() if one != before[part].get(key)}
    new["logs"] = {where: logs[len(before["logs"].get(where, [])) :] for where, logs in after["logs"].items()}
    new["calls"] = {
        to: {data: said for data, said in answers.items() if said != before["calls"].get(to, {}).get(data)}
        for to, answers in after["calls"].items()
    }
    return new
