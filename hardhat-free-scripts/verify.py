"""Verify a community's contracts by their code: exit 0 only if all of it is what this release compiles."""

from __future__ import annotations

import argparse
import sys

from web3 import Web3

from wanjia.chain.bytecode import verify_deployment


def main(argv: list[str] | None = None) -> int:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rpc", required=True, help="JSON-RPC address of the chain")
    parser.add_argument("--registry", required=True, help="address of the community's OwnerRegistry")
    arguments = parser.parse_args(argv)
    findings = verify_deployment(Web3(Web3.HTTPProvider(arguments.rpc)), arguments.registry)
    for one in findings:
        print(f"{'ok  ' if one.ok else 'FAIL'} {one.contract} {one.address}: {one.detail}")
    return 0 if all(one.ok for one in findings) else 1


if __name__ == "__main__":
    sys.exit(main())
