"""A community on a test chain, its officials and owners, and a meeting led to any stage.

The gas script and the contract tests build their world here, so that there is one place that knows how.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from eth_account import Account
from eth_utils import keccak
from web3 import Web3
from web3.logs import DISCARD

from wanjia.chain.artifacts import load
from wanjia.chain.deployment import Deployment, create_community, deploy_system
from wanjia.chain.eip712 import open_ballot_digest, possession_digest
from wanjia.chain.signing import address_of, sign_digest, to_compact
from wanjia.domain.ballots import Record
from wanjia.domain.rollwords import pack_roll

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from web3.contract import Contract

DAY = 86_400
ZERO = b"\0" * 32
PAYER_KEY = keccak(text="wanjia test payer")
TRANSACTION_GAS = 14_000_000


def owner_key(voter: int, generation: int = 0) -> bytes:
    """Private key of an invented owner; `generation` counts changes of key."""
    return keccak(text=f"wanjia test owner {voter}/{generation}")


def areas(owners: int) -> dict[int, int]:
    """An invented roll: areas of 40 to 140 m² in 0.01 m², the same in every run."""
    return {
        voter: 4_000 + int.from_bytes(keccak(text=f"area {voter}")[:4], "big") % 10_000
        for voter in range(1, owners + 1)
    }


@dataclass
class World:
    """Contracts of one community, and the node's own accounts as its officials."""

    w3: Web3
    deployment: Deployment
    registry: Contract
    meeting: Contract
    secret: Contract
    board: Contract
    notary: Contract
    forwarder: Contract
    operator: str
    committee: str
    supervisor: str
    stranger: str
    convene_hashes: dict[int, bytes] = field(default_factory=dict)

    @property
    def chain_id(self) -> int:
        """Chain id that goes into every digest."""
        return self.deployment.chain_id

    # -- time and transactions -----------------------------------------------------------------------------------

    def now(self) -> int:
        """Time of the latest block, UTC seconds."""
        return int(self.w3.eth.get_block("latest")["timestamp"])

    def move_to(self, moment: int) -> None:
        """Mines a block at `moment` (ganache: not before); does nothing when it has passed."""
        wait = moment - self.now()
        if wait <= 0:
            return
        if self.w3.client_version.startswith("anvil"):
            self.w3.provider.make_request("evm_setNextBlockTimestamp", [moment])  # type: ignore[arg-type]
        else:
            self.w3.provider.make_request("evm_increaseTime", [wait])  # type: ignore[arg-type]
        self.w3.provider.make_request("evm_mine", [])  # type: ignore[arg-type]

    def send(self, call: Any, sender: str, gas: int = TRANSACTION_GAS) -> Any:
        """Mines a call and gives its receipt; a refusal raises with the contract's error before it is sent."""
        call.call({"from": sender, "gas": gas})
        receipt = self.w3.eth.wait_for_transaction_receipt(
            call.transact({"from": sender, "gas": gas}), poll_latency=0.01
        )
        if receipt["status"] != 1:
            raise AssertionError("the transaction reverted although its rehearsal did not")
        return receipt

    def create(self, name: str, *arguments: object) -> str:
        """Deploys a contract of the release by itself and gives its address."""
        artifact = load(name)
        call = self.w3.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode).constructor(*arguments)
        hash_ = call.transact({"from": self.operator, "gas": TRANSACTION_GAS})
        return str(self.w3.eth.wait_for_transaction_receipt(hash_, poll_latency=0.01)["contractAddress"])

    # -- owners ----------------------------------------------------------------------------------------------------

    def registration(self, voter: int, key: bytes | None = None) -> tuple[int, str, bytes, bytes, bytes]:
        """An owner's registration with a valid proof of possession."""
        key = key or owner_key(voter)
        address, evidence = address_of(key), keccak(text=f"evidence {voter}")
        digest = possession_digest(self.chain_id, self.registry.address, voter, address, evidence)
        return (voter, address, evidence, *to_compact(sign_digest(key, digest)))

    def register(self, voters: Sequence[int], batch: int = 100) -> list[Any]:
        """Registers owners in batches and gives the receipts."""
        entries = [self.registration(voter) for voter in voters]
        return [
            self.send(self.registry.functions.register(entries[at : at + batch]), self.operator)
            for at in range(0, len(entries), batch)
        ]

    def ballot(self, meeting: int, voter: int, choices: int, key: bytes | None = None) -> bytes:
        """A signed ballot of 77 bytes; `choices` packed."""
        convene_hash = self.convene_hashes[meeting]
        digest = open_ballot_digest(
            self.chain_id, self.meeting.address, meeting, convene_hash, voter, choices
        )
        return Record(voter, choices, sign_digest(key or owner_key(voter), digest)).pack()

    # -- a meeting ----------------------------------------------------------------------------------------------------

    def convening(self, **changes: Any) -> dict[str, Any]:
        """Content of a meeting of five ordinary motions that opens in 20 days for 10; `changes` replace fields."""
        opens_at = changes.pop("opensAt", self.now() + 20 * DAY)
        rules = {
            "rulesHash": keccak(text="rules"),
            "noticePeriod": 15 * DAY,
            "rollPeriod": 7 * DAY,
            "paperPeriod": DAY,
            "objectionPeriod": 7 * DAY,
            **changes.pop("rules", {}),
        }
        content = {
            "scopeHash": keccak(text="*"),
            "motions": [motion(4) for _ in range(5)],
            "documents": [keccak(text="notice")],
            "opensAt": opens_at,
            "closesAt": opens_at + 10 * DAY,
            "rules": rules,
        }
        return {**content, **changes}

    def convene(self, **changes: Any) -> int:
        """Convenes a meeting and gives its number."""
        content = self.convening(**changes)
        receipt = self.send(self.meeting.functions.convene(content), self.committee)
        (event,) = self.meeting.events.MeetingConvened().process_receipt(receipt, errors=DISCARD)
        number = int(event["args"]["meeting"])
        self.convene_hashes[number] = event["args"]["conveneHash"]
        return number

    def consent(self, meeting: int) -> None:
        """The supervisor consents."""
        self.send(self.meeting.functions.consent(meeting, self.convene_hashes[meeting]), self.supervisor)

    def publish(self, meeting: int, roll: Mapping[int, int], batch: int = 200) -> list[Any]:
        """Publishes a whole roll from word 0 on and gives the receipts."""
        words = pack_roll(roll)
        return [
            self.send(self.meeting.functions.publishRoll(meeting, at, words[at : at + batch]), self.committee)
            for at in range(0, len(words), batch)
        ]

    def seal(self, meeting: int) -> None:
        """Waits out the roll period, and the supervisor seals what was published."""
        summary = self.summary(meeting)
        self.move_to(summary["rollPublishedAt"] + summary["rules"]["rollPeriod"])
        total = summary["total"]
        self.send(
            self.meeting.functions.sealRoll(meeting, summary["rollDigest"], total["area"], total["heads"]),
            self.supervisor,
        )

    def open_meeting(self, roll: Mapping[int, int], **changes: Any) -> int:
        """Leads a new meeting to Open over this roll."""
        meeting = self.convene(**changes)
        self.consent(meeting)
        self.publish(meeting, roll)
        self.seal(meeting)
        self.move_to(self.summary(meeting)["opensAt"])
        return meeting

    def cast(self, meeting: int, *ballots: bytes, gas: int = TRANSACTION_GAS) -> Any:
        """Casts ballots in one batch, sent by somebody without a role."""
        return self.send(self.meeting.functions.cast(meeting, b"".join(ballots)), self.stranger, gas)

    def declare(self, meeting: int) -> Any:
        """Waits out voting and paper period and declares the result."""
        summary = self.summary(meeting)
        self.move_to(summary["closesAt"] + summary["rules"]["paperPeriod"])
        return self.send(self.meeting.functions.declareResult(meeting), self.stranger)

    def finalize(self, meeting: int) -> Any:
        """Waits out the objection period and makes the result final."""
        self.move_to(self.summary(meeting)["objectionsEndAt"])
        return self.send(self.meeting.functions.finalize(meeting), self.stranger)

    def summary(self, meeting: int) -> dict[str, Any]:
        """`summaryOf` by field name."""
        value = self.meeting.functions.summaryOf(meeting).call()
        return _named(self.meeting, "summaryOf", value)

    def decision(self, meeting: int, number: int) -> dict[str, Any]:
        """`decisionOf` by field name."""
        return _named(self.meeting, "decisionOf", self.meeting.functions.decisionOf(meeting, number).call())


def motion(matter: int, group: int = 0, cap: int = 0) -> dict[str, Any]:
    """One motion of a convening."""
    return {"matter": matter, "group": group, "cap": cap, "textHash": keccak(text=f"motion {matter}")}


def build_world(w3: Web3) -> World:
    """Deploys a release and one community; the node's unlocked accounts are its officials."""
    payer = Account.from_key(PAYER_KEY)
    operator, committee, supervisor, stranger, funder = list(w3.eth.accounts)[:5]
    w3.eth.wait_for_transaction_receipt(
        w3.eth.send_transaction({"from": funder, "to": payer.address, "value": w3.to_wei(100, "ether")})
    )
    deployment = deploy_system(w3, payer)
    made = create_community(
        w3,
        payer,
        deployment.factory,
        community=keccak(text="test community"),
        operator=operator,
        committee=committee,
        supervisor=supervisor,
    )

    def contract(name: str, address: str) -> Contract:
        return w3.eth.contract(address=Web3.to_checksum_address(address), abi=load(name).abi)

    return World(
        w3=w3,
        deployment=deployment,
        registry=contract("OwnerRegistry", made.registry),
        meeting=contract("OpenMeeting", made.open_meeting),
        secret=contract("SecretMeeting", made.secret_meeting),
        board=contract("TrusteeBoard", made.trustee_board),
        notary=contract("Notary", made.notary),
        forwarder=contract("ERC2771Forwarder", deployment.forwarder),
        operator=operator,
        committee=committee,
        supervisor=supervisor,
        stranger=stranger,
    )


def _named(contract: Contract, function: str, value: Any) -> dict[str, Any]:
    (entry,) = [e for e in contract.abi if e["type"] == "function" and e["name"] == function]
    named: dict[str, Any] = _by_name(entry["outputs"][0], value)
    return named


def _by_name(field_: Any, value: Any) -> Any:
    if field_["type"] == "tuple":
        return {c["name"]: _by_name(c, v) for c, v in zip(field_["components"], value, strict=True)}
    return value
