"""JSON-RPC 2.0 as the chain's nodes speak it."""

from typing import Annotated, Any

from pydantic import Field, RootModel

from wanjia.web.schemas.common import Answer

MOST_CALLS = 100
"""In one batch."""

Call = dict[str, Any]


class RpcBody(RootModel[Call | Annotated[list[Call], Field(min_length=1, max_length=MOST_CALLS)]]):
    """One call, or a batch of them: ``{"jsonrpc": "2.0", "id": 1, "method": "eth_chainId", "params": []}``."""


class RpcAnswer(RootModel[Call | list[Call]]):
    """For each call its ``result`` or its ``error`` (``code``, ``message``, for a revert ``data``), in order."""


class SystemPlace(Answer):
    """Where this system's contracts are, for whoever reads the chain: claims, to be checked there.

    ``first_block`` is the block in which the first community of this system was made. ``explorer_url`` is a block
    explorer of the same chain, or null.
    """

    chain_id: int
    factory: str
    forwarder: str
    first_block: int
    explorer_url: str | None
