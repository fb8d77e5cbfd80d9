"""The chain, for anyone to read: JSON-RPC with a list of methods that change nothing."""

from typing import Any

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic_core import to_json
from sqlalchemy import func, select

from wanjia.db.community import Community
from wanjia.web.chain_answers import answers
from wanjia.web.schemas.rpc import RpcAnswer, RpcBody, SystemPlace
from wanjia.web.services import services

api = APIBlueprint("rpc", __name__, url_prefix="/api", abp_tags=[Tag(name="chain", description="链")])


@api.post("/rpc", summary="Read the chain (JSON-RPC 2.0)", responses={200: RpcAnswer})
def read_chain(body: RpcBody) -> Response:
    """Pass reading calls on to the node: blocks, transactions, logs, code, storage, calls of contracts.

    What a call did wrong is its JSON-RPC error; a body that is no JSON-RPC at all, and a chain that is away,
    are problems like everywhere.
    """
    single = isinstance(body.root, dict)
    calls: list[dict[str, Any]] = [body.root] if isinstance(body.root, dict) else body.root
    given = answers(services().reading, calls)
    return Response(to_json(given[0] if single else given), content_type="application/json")


@api.get("/chain", summary="Where the contracts are", responses={200: SystemPlace})
def read_place() -> dict[str, Any]:
    """Chain, factory and forwarder of this system, and the block explorer it links to."""
    place = services().deployment()
    with services().database.read() as session:
        first_block = session.scalar(select(func.min(Community.first_block))) or 0
    return SystemPlace(
        chain_id=place.chain_id,
        factory=place.factory,
        forwarder=place.forwarder,
        first_block=first_block,
        explorer_url=services().settings.explorer_url or None,
    ).model_dump()
