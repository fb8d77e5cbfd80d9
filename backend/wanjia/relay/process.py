"""The relay as a process."""

from threading import Event

from sqlalchemy.exc import DBAPIError

from wanjia.chain.client import Chain
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.loop import Loop, Turn
from wanjia.relay.lease import LeaseLost
from wanjia.relay.relay import Relay


def run(settings: Settings, stop: Event) -> None:
    """Relay until ``stop`` is set; trouble with chain or database only slows it down."""
    database = Database(open_engine(settings.database_url))
    loop = Loop("relay", database, stop)
    chain_id = loop.wait_for_deployment(settings)
    if chain_id is None:
        return
    relay = Relay(
        database,
        Chain(settings.rpc_url),
        operator_key=settings.operator_key,
        chain_id=chain_id,
        finality_depth=settings.finality_depth,
    )

    def tick() -> Turn:
        try:
            return relay.tick()
        except LeaseLost:
            return Turn("waiting", "the lease was lost to another relay")

    loop.run(tick)
    try:
        relay.lease.release()
    except DBAPIError:
        return  # it runs out by itself
