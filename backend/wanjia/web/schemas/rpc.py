"""JSON-RPC 2.0 as the chain's nodes speak it."""

from typing import Annotated, Any

from pydantic import Field, RootModel

MOST_CALLS = 100
"""In one batch."""

Call = dict[str, Any]


class RpcBody(RootModel[Call | Annotated[list[Call], Field(min_length=1, max_length=MOST_CALLS)]]):
    """One call, or a batch of them: ``{"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}``."""


class RpcAnswer(RootModel[Call | list[Call]]):
    """For each call its ``result`` or its ``error`` (``code``, ``message``, for a revert ``data``), in order."""
