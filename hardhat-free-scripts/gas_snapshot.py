"""Measure the gas of what users do, and the size of the contracts; write contracts/gas-snapshot.json.

`--check` measures and compares with the committed file instead: any difference is an error.
Each figure is gasUsed of a whole transaction on a fresh chain, first use of every storage slot included, divided by
what the name says. Voters of a batch come in a fixed random order, as they would arrive.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eth_account import Account
from eth_account.messages import encode_typed_data
from web3.logs import DISCARD

from chain_process import anvil
from chain_world import TRANSACTION_GAS, World, areas, build_world, motion, owner_key
from fund_world import FundBook
from secret_world import SecretHall
from wanjia.chain.artifacts import load
from wanjia.chain.signing import address_of
from wanjia.domain.ballots import Choice
from wanjia.wsb.group import Q

if TYPE_CHECKING:
    from web3 import Web3

SNAPSHOT = Path(__file__).resolve().parent.parent / "contracts" / "gas-snapshot.json"
OWNERS = 700
REGISTRATION_BATCH = 100
MOTIONS = 5
SECRET_BATCHES = (13, 15)
"""Ballots in the first batch and in a later one: what 14 M gas take."""
SIZED = (
    *("CommunityFactory", "ERC2771Forwarder", "FundLedger", "FundLedgerFactory", "Notary", "OpenMeeting"),
    *("OwnerRegistry", "SecretMeeting", "TrusteeBoard"),
)


def measure() -> dict[str, int]:
    """Every figure by name."""
    # A fixed start, so that no timestamp costs a byte more on another day. Cancun because Governor needs it; it
    # changes no price of what our own contracts do, and has no floor under the price of calldata yet.
    with anvil("--timestamp", "1800000000", "--gas-limit", "40000000", hardfork="cancun") as w3:
        # Nor may the machine's speed: times go into what is signed, and a zero byte less costs 12 gas more.
        w3.provider.make_request("anvil_setBlockTimestampInterval", [1])  # type: ignore[arg-type]
        world = build_world(w3)
        figures = {**_meeting(world), **_secret(world), "governor.castVoteBySig.gas": _governor(w3)}
        figures |= _funds(world)
    for name in SIZED:
        figures[f"bytecode.{name}"] = len(load(name).deployed_bytecode)
    return dict(sorted(figures.items()))


def _meeting(world: World) -> dict[str, int]:
    receipts = world.register(range(1, OWNERS + 1), REGISTRATION_BATCH)
    meeting = world.convene()
    world.consent(meeting)
    published = world.publish(meeting, areas(OWNERS))
    world.seal(meeting)
    world.move_to(world.summary(meeting)["opensAt"])
    return {
        "registry.register.gas_per_owner": receipts[0]["gasUsed"] // REGISTRATION_BATCH,
        "roll.publish.gas_per_owner": sum(r["gasUsed"] for r in published) // OWNERS,
        f"open.cast.1x{MOTIONS}.gas": _cast(world, meeting, 1),
        f"open.cast.100x{MOTIONS}.gas_per_ballot": _cast(world, meeting, 100) // 100,
        f"open.cast.300x{MOTIONS}.gas_per_ballot": _cast(world, meeting, 300) // 300,
    }


def _cast(world: World, meeting: int, count: int) -> int:
    """Gas of the meeting's first batch; the chain is put back afterwards."""
    chance = random.Random(count)  # noqa: S311  the same in every run is the point
    voters = chance.sample(range(1, OWNERS + 1), count)
    ballots = [
        world.ballot(meeting, voter, sum(chance.choice((0, 1, 1, 2)) << 2 * i for i in range(MOTIONS)))
        for voter in voters
    ]
    before = world.w3.provider.make_request("evm_snapshot", [])["result"]  # type: ignore[arg-type]
    receipt = world.cast(meeting, *ballots)
    if world.meeting.events.BallotSkipped().process_receipt(receipt, errors=DISCARD):
        raise AssertionError("a ballot of the measurement was skipped")
    world.w3.provider.make_request("evm_revert", [before])  # type: ignore[arg-type]
    return int(receipt["gasUsed"])


def _secret(world: World) -> dict[str, int]:
    """Gas of a key ceremony, and of batches as large as a transaction takes; a meeting's first writes every sum anew."""
    chance = random.Random(5)  # noqa: S311  the same in every run is the point
    hall = SecretHall.open(world, areas(OWNERS), trustees=(5, 3), draw=lambda: chance.randrange(1, Q))
    voters = chance.sample(range(1, OWNERS + 1), sum(SECRET_BATCHES))
    per_motion = []
    for count in SECRET_BATCHES:
        batch, voters = voters[:count], voters[count:]
        (receipt,) = hall.vote({voter: chance.choices(list(Choice), k=MOTIONS) for voter in batch}, count)
        if receipt["gasUsed"] > TRANSACTION_GAS or hall.skipped(receipt):
            raise AssertionError("a batch of the measurement is too large, or a ballot was skipped")
        per_motion.append(receipt["gasUsed"] // (count * MOTIONS))
    return {
        "ceremony.3of5.gas": hall.ceremony.spent,
        "secret.cast.first_batch.gas_per_motion": per_motion[0],
        "secret.cast.gas_per_motion": per_motion[1],
    }


def _funds(world: World) -> dict[str, int]:
    """Gas of public money: the ledger made, a budget out of a table of five, a payment of it with one document, the close."""
    book = FundBook.open(world)
    voted = book.vote({at: 12_345_600 + at for at in range(MOTIONS)}, [motion(5)] * MOTIONS)
    budget = world.send(book.opening(voted), world.stranger)
    payment = book.enter(book.payment(1, 12_000_000))
    return {
        "fund.ledger.gas": book.made["gasUsed"],
        "fund.budget.1of5.gas": budget["gasUsed"],
        "fund.payment.gas": payment["gasUsed"],
        "fund.settle.gas": book.enter(book.settlement(1, 12_000_000))["gasUsed"],
    }


def _governor(w3: Web3) -> int:
    """Gas of one motion's public vote by signature in OpenZeppelin's Governor, when others have voted before."""
    sender = list(w3.eth.accounts)[5]
    keys = [owner_key(1), owner_key(2)]

    def send(call: Any) -> Any:
        return w3.eth.wait_for_transaction_receipt(call.transact({"from": sender}), poll_latency=0.01)

    def deploy(name: str, *arguments: object) -> Any:
        artifact = load(name)
        receipt = send(w3.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode).constructor(*arguments))
        return w3.eth.contract(address=receipt["contractAddress"], abi=artifact.abi)

    token = deploy("BenchVotes")
    governor = deploy("BenchGovernor", token.address)
    for key in keys:
        account = Account.from_key(key)
        send(token.functions.mint(account.address, 10_000))
        w3.eth.wait_for_transaction_receipt(
            w3.eth.send_transaction({"from": sender, "to": account.address, "value": w3.to_wei(1, "ether")})
        )
        call = token.functions.delegate(account.address).build_transaction(
            {"from": account.address, "nonce": w3.eth.get_transaction_count(account.address), "gas": 300_000}
        )
        w3.eth.wait_for_transaction_receipt(
            w3.eth.send_raw_transaction(account.sign_transaction(call).raw_transaction)
        )
    receipt = send(governor.functions.propose([sender], [0], [b""], "bench"))
    (event,) = governor.events.ProposalCreated().process_receipt(receipt, errors=DISCARD)
    proposal = event["args"]["proposalId"]
    w3.provider.make_request("anvil_mine", ["0x3"])  # type: ignore[arg-type]
    votes = [_vote(w3, governor, proposal, key) for key in keys]
    return int([send(vote) for vote in votes][-1]["gasUsed"])


def _vote(w3: Web3, governor: Any, proposal: int, key: bytes) -> Any:
    voter = address_of(key)
    domain = {
        "name": "Bench Governor",
        "version": "1",
        "chainId": w3.eth.chain_id,
        "verifyingContract": governor.address,
    }
    fields = [("proposalId", "uint256"), ("support", "uint8"), ("voter", "address"), ("nonce", "uint256")]
    types = {"Ballot": [{"name": name, "type": kind} for name, kind in fields]}
    message = {"proposalId": proposal, "support": 1, "voter": voter, "nonce": 0}
    signed = Account.sign_message(encode_typed_data(domain, types, message), key)
    return governor.functions.castVoteBySig(proposal, 1, voter, signed.signature)


def differences(committed: dict[str, int], measured: dict[str, int]) -> list[str]:
    """What differs, one line a name."""
    names = sorted(committed.keys() | measured.keys())
    return [
        f"{name}: committed {committed.get(name)}, measured {measured.get(name)}"
        for name in names
        if committed.get(name) != measured.get(name)
    ]


def main(argv: list[str] | None = None) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with the committed figures")
    arguments = parser.parse_args(argv)
    measured = measure()
    if arguments.check:
        found = differences(json.loads(SNAPSHOT.read_text(encoding="utf-8")), measured)
        print("\n".join(found) or "gas is as committed")
        return 1 if found else 0
    text = json.dumps(measured, indent=2) + "\n"
    SNAPSHOT.write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
