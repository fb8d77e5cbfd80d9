"""Random tokens, of which the database keeps a hash only, and the keyed hashes of one-time codes."""

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32
CODE_DIGITS = 6


def new_token() -> str:
    """Give a fresh opaque token (256 random bits)."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_hash(token: str) -> bytes:
    """Hash a token for storing; tokens are random, so no key or salt is needed."""
    return hashlib.sha256(token.encode()).digest()


def new_code() -> str:
    """Give a fresh six-digit code."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def code_hash(token: str, code: str) -> bytes:
    """Hash a code bound to its claim's token, which the database does not hold.

    The rows alone give no code.
    """
    return hmac.new(token.encode(), code.encode(), hashlib.sha256).digest()
