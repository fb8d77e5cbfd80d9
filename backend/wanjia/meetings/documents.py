"""Documents of a meeting: stored once by the hash of their bytes, served as harmless types only."""

import unicodedata
from dataclasses import dataclass, field

from eth_utils import keccak
from sqlalchemy.orm import Session

from wanjia.domain.errors import Refusal
from wanjia.identity.files import MAX_FILE_BYTES, media_type_of
from wanjia.meetings.models import Document

TEXT_TYPES = frozenset({"text/plain", "text/markdown"})
MAX_DOCUMENTS = 20
NOTICE_NAME = "会议通知.txt"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One document as it is handed in: name, type and bytes, with keccak256 of the bytes."""

    name: str
    media_type: str
    content: bytes
    hash: bytes = field(init=False)

    def __post_init__(self) -> None:
        # here, so that nothing large is hashed while the database is locked for writing
        object.__setattr__(self, "hash", keccak(self.content))


def notice_document(title: str, notice: str) -> Attachment:
    """Make the first document of every meeting, its title and notice, so that the chain binds them too."""
    text = unicodedata.normalize("NFC", f"{title}\n\n{notice}")
    return Attachment(NOTICE_NAME, "text/plain", text.encode())


def check_attachments(attachments: list[Attachment]) -> None:
    """Check number, size and type. Raises ``Refusal("DOCUMENT_INVALID")``, counted from 1."""
    for number, each in enumerate(attachments, start=1):
        if number > MAX_DOCUMENTS or not is_publishable(each):
            raise Refusal("DOCUMENT_INVALID", document=number)


def is_publishable(attachment: Attachment) -> bool:
    """Tell whether a document is of a size and type that is published; the type by its first bytes."""
    content, kind = attachment.content, media_type_of(attachment.content)
    text = attachment.media_type in TEXT_TYPES and _is_text(content)
    return 0 < len(content) <= MAX_FILE_BYTES and (kind == attachment.media_type if kind else text)


def keep(session: Session, attachment: Attachment) -> bytes:
    """Store a document unless it is there; give its hash."""
    if session.get(Document, attachment.hash) is None:
        session.add(
            Document(hash=attachment.hash, media_type=attachment.media_type, content=attachment.content)
        )
        session.flush()
    return attachment.hash


def read(session: Session, document_hash: bytes) -> Document:
    """Find a document by its hash. Raises ``Refusal("NOT_FOUND")``."""
    document = session.get(Document, document_hash)
    if document is None:
        raise Refusal("NOT_FOUND")
    return document


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False
