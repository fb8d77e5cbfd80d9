"""A vault for the roll's tests."""

import pytest

from wanjia.identity.vault import Vault


@pytest.fixture
def vault() -> Vault:
    """Give a vault with a key of its own."""
    return Vault(bytes(range(32)))
