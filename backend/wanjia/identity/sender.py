"""How a one-time code reaches a phone. Codes go through this interface only."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.domain.errors import Refusal
from wanjia.identity.claim_models import AddressedMessage
from wanjia.identity.vault import Vault

CODE_TEXT = "【万家】验证码 {code}，{minutes} 分钟内有效。仅用于业主身份核验，工作人员不会向您索要。Wanjia code {code}"
APPROVED_TEXT = (
    "【万家】您的业主身份已通过人工核验，请回到页面获取验证码继续。Wanjia: your claim was approved."
)
REFUSED_TEXT = "【万家】您的业主身份未通过人工核验，原因请回到页面查看。Wanjia: your claim was not approved."
KEY_CHANGE_TEXT = (
    "【万家】有人申请更换您的投票钥匙。如果不是您本人，请立即用原手机否决或联系居委会：批准后 48 小时内原钥匙都可以否决。"
    "Wanjia: a change of your voting key was requested. If it was not you, veto it from the old phone or call the "
    "neighbourhood committee at once."
)
SHOWN = 100
"""How many messages the outbox page shows."""


class CodeSender(Protocol):
    """Takes a text to a phone, in the caller's unit of work."""

    def send(self, session: Session, phone: str, text: str, *, withheld: bool, now: int) -> None:
        """Take over a message. A withheld one must never arrive, and must cost the same time."""


class OutboxSender:
    """Development only: messages stay in a table and a plainly marked page shows them."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def send(self, session: Session, phone: str, text: str, *, withheld: bool, now: int) -> None:
        """Store the message, sealed."""
        session.add(
            AddressedMessage(
                phone=self._vault.seal(phone),
                text=self._vault.seal(text),
                withheld=withheld,
                created_at=now,
            )
        )

    def latest(self, session: Session) -> list[tuple[str, str, int]]:
        """Give the last messages that were not withheld, newest first: masked phone, text, time."""
        rows = session.scalars(
            select(AddressedMessage)
            .where(AddressedMessage.withheld.is_(False))
            .order_by(AddressedMessage.id.desc())
            .limit(SHOWN)
        )
        return [
            (masked_phone(self._vault.open(row.phone)), self._vault.open(row.text), row.created_at)
            for row in rows
        ]


class NoSender:
    """No way to send is set up: every request for a code is refused, and says so."""

    def send(self, session: Session, phone: str, text: str, *, withheld: bool, now: int) -> None:
        """Refuse with ``CODE_SENDER_MISSING``."""
        del session, phone, text, withheld, now
        raise Refusal("CODE_SENDER_MISSING")


def masked_phone(phone: str) -> str:
    """Show the first three and last four digits of a phone."""
    return f"{phone[:3]}****{phone[-4:]}"
