"""How simulated owners vote: seeded, each motion with its own lean, group caps kept."""

from collections.abc import Sequence
from random import Random

from wanjia.domain.ballots import Choice, GroupRule, pack_choices


def random_choices(
    random: Random, leans: Sequence[float], groups: Sequence[GroupRule], abstaining: float = 0.06
) -> int:
    """Choose at random and pack; ``leans`` is each motion's chance of a vote in favour (0 to 1)."""
    choices = [
        Choice.ABSTAIN
        if random.random() < abstaining
        else (Choice.FOR if random.random() < lean else Choice.AGAINST)
        for lean in leans
    ]
    for group in groups:
        supported = [motion for motion in group.motions if choices[motion] is Choice.FOR]
        for motion in random.sample(supported, max(0, len(supported) - group.cap)):
            choices[motion] = Choice.ABSTAIN
    return pack_choices(choices)


def group_rules(motions: Sequence[dict[str, int]]) -> list[GroupRule]:
    """Give the caps of motions as the API describes them (``position``, ``group``, ``cap``)."""
    groups: dict[int, list[dict[str, int]]] = {}
    for motion in motions:
        if motion["group"]:
            groups.setdefault(motion["group"], []).append(motion)
    return [
        GroupRule(tuple(m["position"] for m in members), members[0]["cap"]) for members in groups.values()
    ]
