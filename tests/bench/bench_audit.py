"""Seconds an audit takes: a meeting of ``n`` ballots on five motions, held on a local chain by the real contracts."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "audit"))

from audited_world import DAY, World, vs_of
from web3 import Web3

from wanjia.audit.reader import RecordedReader, Recorder
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import audit
from wanjia.chain.eip712 import open_ballot_digest, possession_digest
from wanjia.chain.local_node import CHAIN_ID, LocalNode, free_port
from wanjia.chain.signing import sign_digest

MOTIONS = [(4, 0, 0), (6, 0, 0), (3, 1, 2), (3, 1, 2), (3, 1, 2)]
BATCH = 300


def run(n: int) -> dict[str, Any]:
    """Hold a meeting of ``n`` owners who all vote, audit it over RPC, then audit the recording.

    ``audit_seconds`` is the whole audit over RPC, ``recount_seconds`` the audit without reading.
    """
    with tempfile.TemporaryDirectory() as folder:
        node = LocalNode(Path(folder) / "chain.json", free_port(), genesis_time=1_760_000_000)
        node.start()
        try:
            world = hold(node, n)
            recorder = Recorder(RpcReader(node.rpc_url), world.registry.address)
            started = time.perf_counter()
            report = audit(recorder, world.registry.address)
            audit_seconds = time.perf_counter() - started
        finally:
            node.kill()
    recording = json.loads(json.dumps(recorder.recording))
    started = time.perf_counter()
    again = audit(RecordedReader(recording), world.registry.address)
    recount_seconds = time.perf_counter() - started
    if not report.ok or report != again or report.result["meetings"][0]["ballots"]["counted"] != n:
        raise AssertionError("the audit of the bench's own meeting does not hold")
    return {
        "ballots": n,
        "motions": len(MOTIONS),
        "audit_seconds": round(audit_seconds, 3),
        "recount_seconds": round(recount_seconds, 3),
        "ms_per_ballot": round(1000 * audit_seconds / n, 4),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def hold(node: LocalNode, owners: int) -> World:
    """Hold a meeting in which every owner votes, to its final result."""
    world = World(node, owners)
    for at in range(0, owners, BATCH):
        page = range(at + 1, min(at + BATCH, owners) + 1)
        world.act(world.operator, world.registry, "register", [_registration(world, voter) for voter in page])
    meeting = world.convene(MOTIONS)
    world.publish(meeting, world.areas)
    world.consent_and_seal(meeting)
    summary = world.summary(meeting)
    ballots = [_ballot(world, meeting, summary[1], voter) for voter in world.areas]
    for at in range(0, owners, BATCH):
        world.act(world.relayer, world.meeting, "cast", meeting, b"".join(ballots[at : at + BATCH]))
    node.move_clock(summary[3] + DAY + 60)
    world.act(world.relayer, world.meeting, "declareResult", meeting)
    node.move_clock(world.summary(meeting)[8])
    world.act(world.relayer, world.meeting, "finalize", meeting)
    return world


def _registration(world: World, voter: int) -> tuple[int, str, bytes, bytes, bytes]:
    key = world.keys[voter]
    evidence = Web3.keccak(text=f"evidence {voter}")
    digest = possession_digest(CHAIN_ID, world.registry.address, voter, key.address, evidence)
    signature = sign_digest(bytes(key.key), digest)
    return voter, key.address, evidence, signature[:32], vs_of(signature)


def _ballot(world: World, meeting: int, convene_hash: bytes, voter: int) -> bytes:
    packed = (
        (voter % 3) | (voter // 3 % 3) << 2 | 1 << (4 + 2 * (voter % 3)) | (2 << 8 if voter % 3 != 2 else 0)
    )
    digest = open_ballot_digest(CHAIN_ID, world.meeting.address, meeting, convene_hash, voter, packed)
    return (
        voter.to_bytes(4, "big")
        + packed.to_bytes(8, "big")
        + sign_digest(bytes(world.keys[voter].key), digest)
    )


if __name__ == "__main__":
    for figure in sys.argv[1:] or ("1000", "10000"):
        sys.stdout.write(json.dumps(run(int(figure))) + "\n")
