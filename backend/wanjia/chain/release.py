"""The release's contracts that a home folder uses: deployed once, remembered in its deployment file."""

import json

from eth_account import Account
from web3 import HTTPProvider, Web3

from wanjia.chain.deployment import Deployment, deploy_system
from wanjia.config import Settings


def ensure_deployed(settings: Settings) -> Deployment:
    """Give the release's contracts, deploying them with the operator's key when the home has none yet."""
    if settings.deployment_file.exists():
        return Deployment.from_json(json.loads(settings.deployment_file.read_text(encoding="utf-8")))
    w3 = Web3(HTTPProvider(settings.rpc_url))
    deployment = deploy_system(w3, Account.from_key(settings.operator_key))
    fresh = settings.deployment_file.with_suffix(".new")
    fresh.write_text(json.dumps(deployment.as_json(), indent=2), encoding="utf-8")
    fresh.replace(settings.deployment_file)
    return deployment
