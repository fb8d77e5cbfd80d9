"""Putting the contracts on a chain: once a release, then once a community."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from web3.logs import DISCARD

from wanjia.chain.artifacts import load

if TYPE_CHECKING:
    from eth_account.signers.local import LocalAccount
    from eth_typing import ChecksumAddress
    from web3 import Web3
    from web3.types import TxParams, TxReceipt

FORWARDER_NAME = "Wanjia Forwarder"

# In the order in which the factory takes them.
IMPLEMENTATIONS = ("OwnerRegistry", "OpenMeeting", "SecretMeeting", "TrusteeBoard", "Notary")


class DeploymentFailed(RuntimeError):
    """A transaction of the deployment was mined and reverted."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """Addresses of one release: what every community of it is cloned from."""

    chain_id: int
    forwarder: ChecksumAddress
    registry_implementation: ChecksumAddress
    open_meeting_implementation: ChecksumAddress
    secret_meeting_implementation: ChecksumAddress
    trustee_board_implementation: ChecksumAddress
    notary_implementation: ChecksumAddress
    factory: ChecksumAddress

    def as_json(self) -> dict[str, int | str]:
        """Plain values, as the deploy script writes them."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Deployment:
        """Inverse of `as_json`."""
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Community:
    """Addresses of one community's contracts; an auditor needs `registry` only."""

    community: str
    registry: ChecksumAddress
    open_meeting: ChecksumAddress
    secret_meeting: ChecksumAddress
    trustee_board: ChecksumAddress
    notary: ChecksumAddress

    def as_json(self) -> dict[str, str]:
        """Plain values."""
        return asdict(self)


def deploy_system(w3: Web3, account: LocalAccount) -> Deployment:
    """Deploys forwarder, implementations and factory, paid and signed by `account`; waits for each."""
    forwarder = _create(w3, account, "ERC2771Forwarder", FORWARDER_NAME)
    registry, open_meeting, secret_meeting, trustee_board, notary = (
        _create(w3, account, name, forwarder) for name in IMPLEMENTATIONS
    )
    implementations = (registry, open_meeting, secret_meeting, trustee_board, notary)
    factory = _create(w3, account, "CommunityFactory", *implementations)
    return Deployment(w3.eth.chain_id, forwarder, *implementations, factory)


def create_community(
    w3: Web3,
    account: LocalAccount,
    factory: ChecksumAddress,
    *,
    community: bytes,
    operator: ChecksumAddress,
    committee: ChecksumAddress,
    supervisor: ChecksumAddress,
) -> Community:
    """Clones a community's contracts. `community` is its salted hash (32 bytes), used once a factory."""
    contract = w3.eth.contract(address=factory, abi=load("CommunityFactory").abi)
    call = contract.functions.createCommunity(community, operator, committee, supervisor)
    receipt = _send(w3, account, call.build_transaction(_opening(w3, account)))
    # The clones' own events are in the receipt too, and not in the factory's ABI.
    (event,) = contract.events.CommunityCreated().process_receipt(receipt, errors=DISCARD)
    made = event["args"]
    names = ("registry", "openMeeting", "secretMeeting", "trusteeBoard", "notary")
    return Community("0x" + community.hex(), *(made[name] for name in names))


def _create(w3: Web3, account: LocalAccount, name: str, *arguments: object) -> ChecksumAddress:
    artifact = load(name)
    factory = w3.eth.contract(abi=artifact.abi, bytecode=artifact.bytecode)
    transaction = factory.constructor(*arguments).build_transaction(_opening(w3, account))
    address = _send(w3, account, transaction)["contractAddress"]
    return cast("ChecksumAddress", address)


def _opening(w3: Web3, account: LocalAccount) -> TxParams:
    # A legacy gas price is understood by every chain; the node's own suggestion covers those with a base fee.
    return {
        "from": account.address,
        "nonce": w3.eth.get_transaction_count(account.address, "pending"),
        "gasPrice": w3.eth.gas_price,
        "chainId": w3.eth.chain_id,
    }


def _send(w3: Web3, account: LocalAccount, transaction: TxParams) -> TxReceipt:
    signed = account.sign_transaction(cast("dict[str, Any]", transaction))
    receipt = w3.eth.wait_for_transaction_receipt(w3.eth.send_raw_transaction(signed.raw_transaction))
    if receipt["status"] != 1:
        raise DeploymentFailed(receipt["transactionHash"].hex())
    return receipt
