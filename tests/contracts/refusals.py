"""One way to check that a contract refuses."""

from typing import Any

import pytest
from eth_abi import decode
from eth_utils import keccak
from web3.exceptions import ContractCustomError


def expect_refusal(
    contract: Any, error: str, call: Any, sender: str, gas: int = 14_000_000
) -> tuple[Any, ...]:
    """Check that `call` from `sender` reverts with the custom `error` of the contract's ABI, and decode its values."""
    entry = next(e for e in contract.abi if e["type"] == "error" and e["name"] == error)
    kinds = [one["type"] for one in entry["inputs"]]
    selector = keccak(text=f"{error}({','.join(kinds)})")[:4]
    with pytest.raises(ContractCustomError) as caught:
        call.call({"from": sender, "gas": gas})
    data = bytes.fromhex(str(caught.value.data)[2:])
    assert selector == data[:4], f"refused with {data[:4].hex()}, not with {error}"
    return tuple(decode(kinds, data[4:]))
