"""Column types the contracts' numbers need."""

from typing import Any

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

_WRAP = 1 << 64
_TOP = 1 << 63


class Uint64(TypeDecorator[int]):
    """A ``uint64`` of a contract in a signed BIGINT: 32 motions use all 64 bits of a ballot's choices."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, _dialect: Dialect) -> int | None:
        """Wrap the upper half to negative numbers. Raises ``ValueError`` outside 0..2^64-1."""
        if value is None:
            return None
        if not 0 <= value < _WRAP:
            raise ValueError("not a uint64")
        return value - _WRAP if value >= _TOP else value

    def process_result_value(self, value: Any | None, _dialect: Dialect) -> int | None:
        """Unwrap."""
        return None if value is None else int(value) % _WRAP
