"""The operator's account: signs transactions, and decides what to pay for gas."""

from dataclasses import dataclass

from eth_account import Account

from wanjia.chain.client import Block, Chain

TIP = 10**9
"""Wei per gas offered to whoever makes the block, on chains with a base fee (EIP-1559)."""
RAISE = 5, 4
"""A replacement pays five quarters of what it replaces; nodes ask for a tenth more."""


@dataclass(frozen=True, slots=True)
class Fee:
    """What a transaction may pay, wei per gas; ``tip`` is ``None`` on chains without a base fee."""

    most: int
    tip: int | None

    def raised_above(self, earlier: int) -> "Fee":
        """Give a fee that replaces a transaction which offered ``earlier``."""
        most = max(self.most, earlier * RAISE[0] // RAISE[1] + 1)
        return Fee(most, None if self.tip is None else most)


def fee_now(chain: Chain, head: Block) -> Fee:
    """Decide what to offer now: room for the base fee to double before the transaction is mined."""
    if head.base_fee is None:
        return Fee(chain.gas_price(), None)
    return Fee(2 * head.base_fee + TIP, TIP)


@dataclass(frozen=True, slots=True)
class Signed:
    """Bytes ready to be sent, and their hash."""

    raw: bytes
    hash: bytes


class Wallet:
    """Signs with the operator's key (hex) for one chain."""

    def __init__(self, operator_key: str, chain_id: int) -> None:
        self._account = Account.from_key(operator_key)
        self._chain_id = chain_id
        self.address: str = self._account.address

    def sign(self, *, nonce: int, to: str, data: bytes, gas: int, fee: Fee) -> Signed:
        """Sign one transaction."""
        price: dict[str, int] = (
            {"gasPrice": fee.most}
            if fee.tip is None
            else {"maxFeePerGas": fee.most, "maxPriorityFeePerGas": fee.tip}
        )
        signed = self._account.sign_transaction(
            {"chainId": self._chain_id, "nonce": nonce, "to": to, "value": 0, "data": data, "gas": gas}
            | price
        )
        return Signed(bytes(signed.raw_transaction), bytes(signed.hash))
