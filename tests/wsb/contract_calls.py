"""Calls of a harness contract in an EVM of its own."""

from typing import Any

from eth_abi import decode, encode
from eth_utils.abi import collapse_if_tuple, function_abi_to_4byte_selector
from pyrevm import EVM, BlockEnv, CfgEnv, Env

from wanjia.chain.artifacts import load

_SOMEBODY = "0x" + "11" * 20


class Harness:
    """One contract without constructor arguments, deployed on chain 31337."""

    def __init__(self, name: str) -> None:
        self._evm = EVM(env=Env(cfg=CfgEnv(chain_id=31337), block=BlockEnv()))
        self._evm.set_balance(_SOMEBODY, 10**18)
        artifact = load(name)
        self._address = self._evm.deploy(_SOMEBODY, artifact.bytecode)
        self._functions = {entry["name"]: entry for entry in artifact.abi if entry["type"] == "function"}

    def call(self, name: str, *arguments: Any) -> Any:
        """Call a function of one result; structs are tuples."""
        abi = self._functions[name]
        data = function_abi_to_4byte_selector(abi) + encode(
            [collapse_if_tuple(one) for one in abi["inputs"]], arguments
        )
        answer = self._evm.message_call(_SOMEBODY, self._address, calldata=data)
        (result,) = decode([collapse_if_tuple(one) for one in abi["outputs"]], bytes(answer))
        return result
