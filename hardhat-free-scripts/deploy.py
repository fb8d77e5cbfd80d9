"""Deploy a release (forwarder, implementations, factory) and print its addresses as JSON.

The paying key is read from the environment variable WANJIA_DEPLOYER_KEY; there is no default.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from eth_account import Account
from web3 import Web3

from wanjia.chain.deployment import deploy_system


def main(argv: list[str] | None = None) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rpc", required=True, help="JSON-RPC address of the chain")
    parser.add_argument("--out", type=Path, help="also write the JSON to this file")
    arguments = parser.parse_args(argv)
    key = os.environ.get("WANJIA_DEPLOYER_KEY")
    if not key:
        print("WANJIA_DEPLOYER_KEY is not set", file=sys.stderr)
        return 2
    deployment = deploy_system(Web3(Web3.HTTPProvider(arguments.rpc)), Account.from_key(key))
    text = json.dumps(deployment.as_json(), indent=2) + "\n"
    if arguments.out:
        arguments.out.write_text(text, encoding="utf-8")
    print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
