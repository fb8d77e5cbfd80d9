"""A new community: its contracts cloned on the chain, its row in the database."""

import re
import secrets

from eth_account import Account
from eth_utils import keccak, to_checksum_address
from sqlalchemy import select
from web3 import HTTPProvider, Web3

from wanjia.chain.deployment import Deployment, create_community
from wanjia.config import Settings
from wanjia.db.base import Database
from wanjia.db.community import Community

SALT_BYTES = 32
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


def make_community(
    database: Database,
    settings: Settings,
    deployment: Deployment,
    *,
    slug: str,
    name: str,
    district: str,
    address: str,
    committee: str,
    supervisor: str,
) -> Community:
    """Clone a community's contracts and write its row; the operator pays and gets the operator's role.

    Raises ``ValueError`` for a slug that is malformed or taken.
    """
    if not _SLUG.fullmatch(slug):
        raise ValueError("a slug is 1 to 64 of a-z, 0-9 and -, not starting or ending with -")
    with database.read() as session:
        if session.scalar(select(Community.id).where(Community.slug == slug)) is not None:
            raise ValueError("this slug is taken")
    salt = secrets.token_bytes(SALT_BYTES)
    w3 = Web3(HTTPProvider(settings.rpc_url))
    operator = Account.from_key(settings.operator_key)
    first_block = w3.eth.block_number
    made = create_community(
        w3,
        operator,
        to_checksum_address(deployment.factory),
        community=keccak(salt + name.encode()),
        operator=operator.address,
        committee=to_checksum_address(committee),
        supervisor=to_checksum_address(supervisor),
    )
    with database.write() as session:
        community = Community(
            slug=slug,
            name=name,
            district=district,
            address=address,
            salt=salt,
            registry_address=made.registry,
            open_meeting_address=made.open_meeting,
            secret_meeting_address=made.secret_meeting,
            trustee_board_address=made.trustee_board,
            notary_address=made.notary,
            first_block=first_block,
        )
        session.add(community)
        session.flush()
    return community
