"""A secret meeting held on a real chain: two candidates of whom one may be supported, one of them on the edge."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "hardhat-free-scripts"))

from chain_process import anvil
from chain_world import World, build_world, motion
from secret_world import SecretHall
from wanjia.domain.ballots import Choice

MOTIONS = (motion(4, 7, 1), motion(4, 7, 1))
SUPPORTERS, OPPONENTS, ABSENT = 20, 18, 18
ROLL = {
    voter: 9_449 if voter <= SUPPORTERS else 10_449 if voter <= SUPPORTERS + OPPONENTS else 10_000
    for voter in range(1, SUPPORTERS + OPPONENTS + ABSENT + 1)
}
"""Of those who take part 20 have 188,980 and 18 have 188,082; rounded areas leave open which is more than half."""


def choices(voter: int) -> tuple[Choice, Choice]:
    """Supporters are for the first candidate and abstain on the second; opponents are against it and for the second."""
    return (Choice.FOR, Choice.ABSTAIN) if voter <= SUPPORTERS else (Choice.AGAINST, Choice.FOR)


@contextmanager
def held_secretly() -> Iterator[tuple[World, SecretHall, str]]:
    """World, meeting and RPC address after the declaration; one voter came twice and was skipped."""
    with anvil("--timestamp", "1760000000", "--gas-limit", "40000000") as w3:
        world = build_world(w3)
        world.register(sorted(ROLL))
        hall = SecretHall.open(world, ROLL, MOTIONS)
        hall.vote({voter: choices(voter) for voter in range(1, SUPPORTERS + OPPONENTS + 1)}, batch=19)
        again = hall.record(1, hall.body(1, choices(1)).bytes)
        hall.world.cast(hall.number, again)
        hall.close()
        hall.seal()
        hall.open_stage(0)
        hall.open_stage(1)
        hall.world.declare(hall.number)
        yield world, hall, str(w3.provider.endpoint_uri)  # type: ignore[attr-defined]
