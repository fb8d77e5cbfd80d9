"""One meeting in which everything happens that can: what the audit's tests record once and tamper with after."""

from audited_world import DAY, World, account
from web3 import Web3

from wanjia.chain.local_node import LocalNode

FOR, AGAINST, ABSTAIN = 1, 2, 0
MOTIONS = [(4, 0, 0), (6, 0, 0), (3, 1, 2), (3, 1, 2), (3, 1, 2)]
"""Hiring the manager, raising the fund (special), three candidates of whom an owner may support two."""
OWNERS = 30
NOT_REGISTERED, NOT_ON_ROLL = 30, 29
REKEYED, VETOED, CANCELLED = 5, 6, 7


def choices(*each: int) -> int:
    """Pack choices two bits a motion."""
    return sum(choice << (2 * at) for at, choice in enumerate(each))


def choices_of(voter: int) -> int:
    """What an owner of the story chooses: a majority on 1, more than half but not three quarters on 2."""
    first = AGAINST if voter % 5 == 0 else FOR
    second = FOR if voter % 3 else ABSTAIN
    candidates = [FOR, FOR, FOR]
    candidates[voter % 3] = AGAINST if voter % 2 else ABSTAIN
    return choices(first, second, *candidates)


def hold(node: LocalNode) -> World:
    """Hold the meeting, and convene and void a second one."""
    world = World(node, OWNERS)
    _register(world)
    _change_roles(world)
    meeting = _convene(world)
    _vote(world, meeting)
    _conclude(world, meeting)
    second = world.convene([(2, 0, 0)])
    world.relayed(world.supervisor, world.meeting, "voidMeeting", second, Web3.keccak(text="withdrawn"))
    return world


def _register(world: World) -> None:
    world.register(voter for voter in world.keys if voter != NOT_REGISTERED)
    world.register([1, 2])
    old, new = world.keys[REKEYED], account(77_001)
    world.request_key_change(REKEYED, new)
    world.request_key_change(VETOED, account(77_002))
    world.veto(VETOED)
    world.request_key_change(CANCELLED, account(77_003))
    world.act(world.operator, world.registry, "cancelKeyChange", CANCELLED)
    world.node.move_clock(world.now + 2 * DAY + 60)
    world.act(world.relayer, world.registry, "completeKeyChange", REKEYED)
    world.keys[REKEYED] = new
    world.old_key = old


def _change_roles(world: World) -> None:
    role = Web3.keccak(text="SUPERVISOR")
    world.second_supervisor = account(905)
    change = (role, world.second_supervisor.address, True)
    world.relayed(world.committee, world.registry, "proposeRole", *change)
    world.relayed(world.supervisor, world.registry, "confirmRole", *change)
    world.relayed(
        world.committee, world.notary, "anchor", Web3.keccak(text="notices"), Web3.keccak(text="meeting 1")
    )


def _convene(world: World) -> int:
    meeting = world.convene(MOTIONS)
    roll = {voter: area for voter, area in world.areas.items() if voter != NOT_ON_ROLL}
    world.publish(meeting, roll | {3: 1}, page=2)
    world.publish(meeting, {voter: area for voter, area in roll.items() if voter < 8})
    world.consent_and_seal(meeting)
    return meeting


def _vote(world: World, meeting: int) -> None:
    ballots = {voter: world.record(meeting, voter, choices_of(voter)) for voter in world.keys}
    world.act(
        world.relayer, world.meeting, "cast", meeting, b"".join(ballots[voter] for voter in range(1, 11))
    )
    skipped = [
        ballots[NOT_ON_ROLL],
        ballots[1],
        world.record(meeting, 20, choices(3, 1, 1, 1, 2)),
        world.record(meeting, 21, choices(1, 1, 1, 1, 1)),
        ballots[NOT_REGISTERED],
        world.record(meeting, 22, choices_of(22), world.old_key),
    ]
    world.act(world.relayer, world.meeting, "cast", meeting, ballots[11] + b"".join(skipped) + ballots[12])
    world.relayed(account(4242), world.meeting, "cast", meeting, b"".join(ballots[v] for v in range(13, 18)))
    closes = world.summary(meeting)[3]
    world.relayed(
        world.committee,
        world.meeting,
        "extend",
        meeting,
        closes + 2 * DAY,
        Web3.keccak(text="flooded entrance"),
    )
    world.node.move_clock(closes + 60)
    world.act(world.relayer, world.meeting, "cast", meeting, b"".join(ballots[v] for v in range(18, 27)))
    # Two batches in one transaction, each with a record to skip, and a request that fails beside them.
    world.relayed_together(
        [
            (account(4243), world.meeting, "cast", (meeting, ballots[1])),
            (account(4244), world.meeting, "finalize", (meeting,)),
            (account(4245), world.meeting, "cast", (meeting, ballots[27] + ballots[2])),
        ]
    )


def _conclude(world: World, meeting: int) -> None:
    world.node.move_clock(world.summary(meeting)[3] + DAY + 60)
    world.act(world.relayer, world.meeting, "declareResult", meeting)
    world.object(meeting, 3)
    world.relayed(
        world.second_supervisor, world.meeting, "answerObjection", meeting, 1, Web3.keccak(text="recounted")
    )
    world.node.move_clock(world.summary(meeting)[8])
    world.act(world.relayer, world.meeting, "finalize", meeting)
