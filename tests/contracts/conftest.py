"""Chains and worlds for the contract tests: one ganache a session, put back after each test."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from web3 import Web3

SCRIPTS = Path(__file__).resolve().parents[2] / "hardhat-free-scripts"
sys.path.insert(0, str(SCRIPTS))

import compile as compile_script  # noqa: E402  the scripts are no package
from chain_process import anvil, ganache  # noqa: E402
from chain_world import World, areas, build_world  # noqa: E402
from fund_world import FundBook  # noqa: E402

OWNERS = 12


@pytest.fixture(scope="session", autouse=True)
def _compiled() -> None:
    """Compile what is about to be tested."""
    assert compile_script.main([]) == 0


@pytest.fixture(scope="session")
def ganache_chain(_compiled: None) -> Iterator[Web3]:
    """Start ganache through npx, once."""
    with ganache() as w3:
        yield w3


@pytest.fixture(scope="session")
def anvil_chain(_compiled: None) -> Iterator[Web3]:
    """Start anvil where speed or exact time is needed, once."""
    with anvil("--timestamp", "1800000000", "--gas-limit", "40000000") as w3:
        yield w3


@pytest.fixture(scope="session")
def _fresh_world(ganache_chain: Web3) -> World:
    made = build_world(ganache_chain)
    made.register(range(1, OWNERS + 1))
    return made


@pytest.fixture
def world(_fresh_world: World) -> Iterator[World]:
    """Give a community with twelve registered owners and no meeting; the chain is put back afterwards."""
    yield from _restored(_fresh_world)


@pytest.fixture
def roll() -> dict[int, int]:
    """Give the areas of the twelve owners."""
    return areas(OWNERS)


@pytest.fixture(scope="session")
def open_book(anvil_chain: Web3) -> FundBook:
    """Give a community with its ledger of public money; for fixtures that put the chain back."""
    return FundBook.open(build_world(anvil_chain))


@pytest.fixture
def book(open_book: FundBook) -> Iterator[FundBook]:
    """Give a ledger without entries; the chain is put back afterwards."""
    for _ in _restored(open_book.world):
        yield open_book


def _restored(world: World) -> Iterator[World]:
    before = world.w3.provider.make_request("evm_snapshot", [])["result"]
    hashes = dict(world.convene_hashes)
    yield world
    world.w3.provider.make_request("evm_revert", [before])
    world.convene_hashes.clear()
    world.convene_hashes.update(hashes)
