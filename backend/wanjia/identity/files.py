"""Evidence files: what is taken, judged by the first bytes and never by the name or the sender's word."""

from collections.abc import Sequence
from dataclasses import dataclass

from wanjia.domain.errors import Refusal

MAX_FILES = 5
MAX_FILE_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """One file whose type was recognised."""

    media_type: str
    content: bytes


def media_type_of(content: bytes) -> str | None:
    """Recognise JPEG, PNG, WebP and PDF by their first bytes; ``None`` for all else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    return None


def recognised(contents: Sequence[bytes]) -> list[EvidenceFile]:
    """Check number, size and type of the files of one review.

    Raises ``Refusal`` with ``EVIDENCE_COUNT``, ``TOO_LARGE`` or ``EVIDENCE_TYPE`` (which file, from 1).
    """
    if not 1 <= len(contents) <= MAX_FILES:
        raise Refusal("EVIDENCE_COUNT", limit=MAX_FILES)
    files = []
    for number, content in enumerate(contents, start=1):
        if len(content) > MAX_FILE_BYTES:
            raise Refusal("TOO_LARGE", limit="8 MB")
        media_type = media_type_of(content)
        if media_type is None:
            raise Refusal("EVIDENCE_TYPE", file=number)
        files.append(EvidenceFile(media_type, content))
    return files
