"""What the browser's verifier knows of the release is what the contracts compile to."""

import sys

from wanjia.chain.artifacts import build_folder
from wanjia.paths import TOP

sys.path.insert(0, str(TOP / "hardhat-free-scripts"))

import verifier_release


def test_the_committed_release_is_the_compiled_one() -> None:
    """Events, calls and hashes of code; written anew by hardhat-free-scripts/verifier_release.py."""
    assert verifier_release.RELEASE.read_text(encoding="utf-8") == verifier_release.text(build_folder())


def test_every_filled_in_place_is_named() -> None:
    """No constructor writes anything into the code that the verifier would not compare."""
    for name, parts in verifier_release.release(build_folder()).items():
        assert list(parts["code"]["immutables"]) == verifier_release.IMMUTABLES[name]
