"""Bank accounts of a community: opened for one fund, their numbers sealed."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.accounts.chart import Fund, bank_account
from wanjia.accounts.models import BankAccount
from wanjia.domain.errors import Refusal
from wanjia.identity.locks import lock_subject
from wanjia.identity.vault import Vault

_SHOWN = 4
_LEAST = 6


def masked(number: str) -> str:
    """Show the last four digits of an account's number, nothing of a short one."""
    bare = "".join(number.split())
    return "****" + (bare[-_SHOWN:] if len(bare) >= 2 * _SHOWN else "")


def open_bank_account(
    session: Session, vault: Vault, community_id: int, *, code: str, fund: Fund, name: str, number: str
) -> BankAccount:
    """Add a bank account. Raises ``Refusal`` for a malformed or known code, or a known number."""
    bank_account(code, fund, name)
    bare = "".join(number.split())
    if len(bare) < _LEAST or not bare.isalnum() or not name.strip():
        raise Refusal("BANK_ACCOUNT_NUMBER", least=_LEAST)
    key = vault.lookup(bare)
    lock_subject(session, vault.lookup(f"bank accounts {community_id}"))
    known = select(BankAccount.id).where(
        BankAccount.community_id == community_id,
        (BankAccount.code == code) | (BankAccount.number_key == key),
    )
    if session.scalar(known) is not None:
        raise Refusal("BANK_ACCOUNT_EXISTS")
    ordinals = session.scalars(select(BankAccount.ordinal).where(BankAccount.community_id == community_id))
    made = BankAccount(
        community_id=community_id,
        code=code,
        ordinal=max(ordinals, default=0) + 1,
        fund=fund,
        name=name.strip(),
        number=vault.seal(bare),
        number_key=key,
        masked=masked(bare),
    )
    session.add(made)
    session.flush()
    return made


def find_bank_account(session: Session, community_id: int, code: str) -> BankAccount:
    """Find a bank account. Raises ``Refusal("BANK_ACCOUNT_UNKNOWN")``."""
    found = session.scalar(
        select(BankAccount).where(BankAccount.community_id == community_id, BankAccount.code == code)
    )
    if found is None:
        raise Refusal("BANK_ACCOUNT_UNKNOWN", account=code)
    return found


def bank_accounts(session: Session, community_id: int) -> Sequence[BankAccount]:
    """Give a community's bank accounts by their codes."""
    return session.scalars(
        select(BankAccount).where(BankAccount.community_id == community_id).order_by(BankAccount.code)
    ).all()
