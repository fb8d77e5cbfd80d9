"""The README of the bundle: what is in it and the steps, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wanjia.sources.bundle import Deployed
    from wanjia.sources.writing import Clones

_LICENSES = {"Apache-2.0": "apache_2_0", "MIT": "mit"}
"""Blockscout's names."""
_TEXT = """# Sources of the contracts on chain {chain_id}

Written by `wanjia sources`; the same release at the same addresses gives the same files, byte for byte.

| file | what it is |
|---|---|
| `standard-input.json` | the compiler's whole input (solc {version}): every source, optimizer, EVM version |
| `deployment.json` | addresses, constructor arguments, and the clones of each community |
| `NAME/metadata.json` | the compiler's metadata of the contract |
| `NAME/constructor-arguments.txt` | ABI-encoded constructor arguments, hexadecimal without 0x |
| `NAME/sourcify-request.json` | the body of a request to Sourcify |

## By yourself, with solc {version}

    solc --standard-json standard-input.json > output.json

For each contract below, `contracts[FILE][NAME].evm.bytecode.object` followed by `NAME/constructor-arguments.txt` is the
input of the transaction that made it. `evm.deployedBytecode.object` is its code on the chain, except for the 32-byte
places that the constructor fills in (`immutableReferences`). The code ends without a hash of the metadata
(`bytecodeHash: none`, `appendCBOR: false`), so nothing else is left out of the comparison.

## Blockscout

For each contract, on the explorer of this chain:

1. open the contract's address, then *Code*, *Verify & publish*;
2. method *Solidity (Standard JSON input)*, compiler `v{version}`, license as in the table below;
3. upload `standard-input.json`; if the constructor arguments are not found by themselves, paste
   `NAME/constructor-arguments.txt`.

Or by its API, with `EXPLORER` as the explorer's address:

{blockscout}

## Sourcify

The service must know chain {chain_id}: its public one knows public chains; a community's own chain needs an own
instance that is told the chain's RPC address. With `SOURCIFY` as the service's address:

{sourcify}

Each answers a `verificationId`; `GET SOURCIFY/v2/verify/ID` tells the outcome. Without a metadata hash in the code the
best outcome is `match`; `exact_match` compares that hash.

## Contracts

| contract | file:name | license | address |
|---|---|---|---|
{contracts}

## Clones

Each community's three contracts are EIP-1167 clones: 45 bytes that hand every call to the implementation above.
Explorers recognise them and show the implementation's source; there is nothing of their own to verify.

| community | contract | address |
|---|---|---|
{clones}
"""


def guide(chain_id: int, version: str, contracts: list[Deployed], communities: list[Clones]) -> str:
    """The text for these contracts."""
    return _TEXT.format(
        chain_id=chain_id,
        version=version,
        blockscout="\n".join(_blockscout(each, version) for each in contracts),
        sourcify="\n".join(_sourcify(each, chain_id) for each in contracts),
        contracts="\n".join(
            f"| {each.name} | `{each.identifier}` | {each.license} | `{each.address}` |" for each in contracts
        ),
        clones="\n".join(
            f"| {each.community} | {name} | `{address}` |"
            for each in sorted(communities, key=lambda one: one.community)
            for name, address in each.places
        ),
    )


def _blockscout(contract: Deployed, version: str) -> str:
    lines = (
        f'curl "$EXPLORER/api/v2/smart-contracts/{contract.address}/verification/via/standard-input"',
        f"--form compiler_version=v{version} --form contract_name={contract.name}",
        f'--form "files[0]=@standard-input.json" --form license_type={_LICENSES[contract.license]}',
        f'--form autodetect_constructor_args=false --form "constructor_args=$(cat {contract.name}/constructor-arguments.txt)"',
    )
    return "    " + " \\\n      ".join(lines)


def _sourcify(contract: Deployed, chain_id: int) -> str:
    lines = (
        f'curl "$SOURCIFY/v2/verify/{chain_id}/{contract.address}"',
        f"--header 'Content-Type: application/json' --data @{contract.name}/sourcify-request.json",
    )
    return "    " + " \\\n      ".join(lines)
