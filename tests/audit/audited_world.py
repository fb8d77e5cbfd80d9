"""A community on a real chain with the real contracts: officials, owners with raw keys, whole meetings.

Signs with eth-account's typed data, not with ``wanjia``'s own digests: what the audit accepts is what a wallet
would have signed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from eth_account import Account
from eth_account.signers.local import LocalAccount
from web3 import Web3
from web3.contract import Contract

from wanjia.chain.artifacts import load
from wanjia.chain.deployment import Community, create_community, deploy_system
from wanjia.chain.local_node import CHAIN_ID, LocalNode

DAY = 86400
GAS = 29_000_000


def account(seed: int) -> LocalAccount:
    """Make the account of a seed: the same key each time."""
    return Account.from_key(seed.to_bytes(32, "big"))


def vs_of(signature: bytes) -> bytes:
    """Second word of a compact signature (EIP-2098)."""
    return bytes([signature[32] | (0x80 if signature[64] == 28 else 0)]) + signature[33:64]


@dataclass
class World:
    """One community. ``areas`` gives each owner's area in 0.01 m², ``keys`` the key in force."""

    node: LocalNode
    owners: int
    areas: dict[int, int] = field(default_factory=dict)
    keys: dict[int, LocalAccount] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.relayer, self.operator, self.committee, self.supervisor = (
            account(seed) for seed in (901, 902, 903, 904)
        )
        for who in (self.relayer, self.operator):
            self.node.rpc("anvil_setBalance", who.address, hex(10**24))
        self.w3 = Web3(Web3.HTTPProvider(self.node.rpc_url, request_kwargs={"timeout": 120}))
        system = deploy_system(self.w3, self.relayer)
        self.community: Community = create_community(
            self.w3,
            self.relayer,
            system.factory,
            community=Web3.keccak(text=f"salted {self.owners}"),
            operator=self.operator.address,
            committee=self.committee.address,
            supervisor=self.supervisor.address,
        )
        self.registry = self.contract(self.community.registry, "OwnerRegistry")
        self.meeting = self.contract(self.community.open_meeting, "OpenMeeting")
        self.notary = self.contract(self.community.notary, "Notary")
        self.forwarder = self.contract(system.forwarder, "ERC2771Forwarder")
        self.factory = self.contract(system.factory, "CommunityFactory")
        self.areas = {voter: 5_000 + 37 * voter for voter in range(1, self.owners + 1)}
        self.keys = {voter: account(10_000 + voter) for voter in self.areas}

    def contract(self, address: str, name: str) -> Contract:
        """Contract of the release at an address."""
        return self.w3.eth.contract(address=Web3.to_checksum_address(address), abi=load(name).abi)

    @property
    def now(self) -> int:
        """Time of the last block."""
        return self.node.head()[1]

    def send(self, sender: LocalAccount, to: str, data: bytes | str) -> None:
        """Send a transaction and insist that it did not revert."""
        transaction = {
            "to": to,
            "data": data,
            "gas": GAS,
            "gasPrice": 10**10,
            "chainId": CHAIN_ID,
            "nonce": self.w3.eth.get_transaction_count(sender.address),
            "value": 0,
        }
        sent = self.w3.eth.send_raw_transaction(sender.sign_transaction(transaction).raw_transaction)
        receipt = self.w3.eth.wait_for_transaction_receipt(sent, poll_latency=0.01)
        assert receipt["status"] == 1, f"reverted: {data!r:.20}"

    def act(self, sender: LocalAccount, contract: Contract, function: str, *arguments: Any) -> None:
        """Call a contract directly."""
        self.send(sender, contract.address, contract.encode_abi(function, list(arguments)))

    def relayed(self, signer: LocalAccount, contract: Contract, function: str, *arguments: Any) -> None:
        """Call a contract through the forwarder: ``signer`` signs, the relayer pays."""
        self.act(
            self.relayer, self.forwarder, "execute", self.request(signer, contract, function, *arguments)
        )

    def relayed_together(self, calls: list[tuple[LocalAccount, Contract, str, tuple[Any, ...]]]) -> None:
        """Call contracts through the forwarder in one transaction, each call signed by another account."""
        requests = [
            self.request(signer, contract, name, *arguments) for signer, contract, name, arguments in calls
        ]
        self.act(self.relayer, self.forwarder, "executeBatch", requests, self.relayer.address)

    def request(
        self, signer: LocalAccount, contract: Contract, function: str, *arguments: Any
    ) -> tuple[Any, ...]:
        """Sign a request for the forwarder."""
        request = {
            "from": signer.address,
            "to": contract.address,
            "value": 0,
            "gas": 10_000_000,
            "nonce": self.forwarder.functions.nonces(signer.address).call(),
            "deadline": self.now + 10_000,
            "data": contract.encode_abi(function, list(arguments)),
        }
        kinds = ("address", "address", "uint256", "uint256", "uint256", "uint48", "bytes")
        types = {"ForwardRequest": [{"name": n, "type": k} for n, k in zip(request, kinds, strict=True)]}
        signed = self._signed(signer, "Wanjia Forwarder", self.forwarder, types, request)
        return (*(request[name] for name in ("from", "to", "value", "gas", "deadline", "data")), signed)

    def _signed(
        self,
        signer: LocalAccount,
        name: str,
        contract: Contract,
        types: dict[str, Any],
        message: dict[str, Any],
    ) -> bytes:
        domain = {"name": name, "version": "1", "chainId": CHAIN_ID, "verifyingContract": contract.address}
        return bytes(signer.sign_typed_data(domain, types, message).signature)

    def possession(self, voter: int, key: LocalAccount) -> tuple[bytes, bytes, bytes]:
        """Evidence and the two words with which a key proves that it is held."""
        evidence = Web3.keccak(text=f"evidence {voter} {key.address}")
        fields = [("voter", "uint32"), ("key", "address"), ("evidence", "bytes32")]
        types = {"Possession": [{"name": n, "type": k} for n, k in fields]}
        message = {"voter": voter, "key": key.address, "evidence": evidence}
        signature = self._signed(key, "Wanjia OwnerRegistry", self.registry, types, message)
        return evidence, signature[:32], vs_of(signature)

    def register(self, voters: Iterable[int], *, page: int = 300) -> None:
        """Register owners with their keys."""
        wanted = list(voters)
        for at in range(0, len(wanted), page):
            entries = []
            for voter in wanted[at : at + page]:
                key = self.keys[voter]
                evidence, r, vs = self.possession(voter, key)
                entries.append((voter, key.address, evidence, r, vs))
            self.act(self.operator, self.registry, "register", entries)

    def request_key_change(self, voter: int, key: LocalAccount) -> None:
        """Ask for and approve a change of key."""
        evidence, r, vs = self.possession(voter, key)
        self.act(self.operator, self.registry, "requestKeyChange", voter, key.address, evidence, r, vs)
        self.relayed(self.supervisor, self.registry, "approveKeyChange", voter, key.address)

    def veto(self, voter: int) -> None:
        """Stop a change of key with the old key's signature."""
        new_key, effective_at = self.registry.functions.keyChangeOf(voter).call()
        fields = [("voter", "uint32"), ("newKey", "address"), ("effectiveAt", "uint64")]
        types = {"KeyChangeVeto": [{"name": n, "type": k} for n, k in fields]}
        message = {"voter": voter, "newKey": new_key, "effectiveAt": effective_at}
        signature = self._signed(self.keys[voter], "Wanjia OwnerRegistry", self.registry, types, message)
        self.act(self.relayer, self.registry, "vetoKeyChange", voter, signature[:32], vs_of(signature))

    def convene(
        self, motions: list[tuple[int, int, int]], *, opens_in: int = 20 * DAY, days: int = 10
    ) -> int:
        """Convene a meeting over (matter, group, cap) motions; give its number."""
        opens_at = self.now + opens_in
        frozen = [(*motion, Web3.keccak(text=f"motion {at}")) for at, motion in enumerate(motions)]
        rules = (Web3.keccak(text="rules 1"), 15 * DAY, 7 * DAY, DAY, 7 * DAY)
        convening = (
            Web3.keccak(text="*"),
            frozen,
            [Web3.keccak(text="notice")],
            opens_at,
            opens_at + days * DAY,
            rules,
        )
        self.relayed(self.committee, self.meeting, "convene", convening)
        return int(self.registry.functions.meetingCount().call())

    def summary(self, meeting: int) -> Any:
        """What the contract says about a meeting."""
        return self.meeting.functions.summaryOf(meeting).call()

    def publish(self, meeting: int, areas: dict[int, int], *, page: int = 250) -> None:
        """Publish a roll in pages of words."""
        words = [0] * (max(areas) // 8 + 1)
        for voter, area in areas.items():
            words[voter // 8] |= area << (32 * (voter % 8))
        for at in range(0, len(words), page):
            self.relayed(self.committee, self.meeting, "publishRoll", meeting, at, words[at : at + page])

    def consent_and_seal(self, meeting: int) -> None:
        """Consent, wait for the roll's period, seal, and go on to the opening."""
        self.relayed(self.supervisor, self.meeting, "consent", meeting, self.summary(meeting)[1])
        self.node.move_clock(self.now + 7 * DAY + 60)
        said = self.summary(meeting)
        self.relayed(self.supervisor, self.meeting, "sealRoll", meeting, said[11], said[12][0], said[12][1])
        self.node.move_clock(said[2])

    def record(self, meeting: int, voter: int, choices: int, key: LocalAccount | None = None) -> bytes:
        """One packed ballot, signed by the owner's key or by another."""
        fields = [
            ("meeting", "uint256"),
            ("conveneHash", "bytes32"),
            ("voter", "uint32"),
            ("choices", "uint64"),
        ]
        types = {"OpenBallot": [{"name": n, "type": k} for n, k in fields]}
        message = {
            "meeting": meeting,
            "conveneHash": self.summary(meeting)[1],
            "voter": voter,
            "choices": choices,
        }
        signature = self._signed(key or self.keys[voter], "Wanjia OpenMeeting", self.meeting, types, message)
        return voter.to_bytes(4, "big") + choices.to_bytes(8, "big") + signature

    def object(self, meeting: int, voter: int) -> None:
        """Object to a declared result."""
        content = Web3.keccak(text=f"objection of {voter}")
        fields = [("meeting", "uint256"), ("voter", "uint32"), ("contentHash", "bytes32")]
        types = {"Objection": [{"name": n, "type": k} for n, k in fields]}
        message = {"meeting": meeting, "voter": voter, "contentHash": content}
        signature = self._signed(self.keys[voter], "Wanjia OpenMeeting", self.meeting, types, message)
        self.act(
            self.relayer,
            self.meeting,
            "raiseObjection",
            meeting,
            voter,
            content,
            signature[:32],
            vs_of(signature),
        )
