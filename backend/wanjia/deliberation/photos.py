"""Photographs of concerns and answers: JPEG, PNG and WebP, recognised by their first bytes, kept without what phones add."""

from collections.abc import Sequence
from dataclasses import dataclass

from eth_utils import keccak

from wanjia.deliberation.metadata import without_metadata
from wanjia.domain.errors import Refusal
from wanjia.identity.files import MAX_FILE_BYTES, MAX_FILES, media_type_of
from wanjia.identity.vault import Vault

_PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True)
class Photo:
    """One photograph, recognised and sealed; ``hash`` is keccak256 of what is kept."""

    media_type: str
    size: int
    hash: bytes
    sealed: bytes


def sealed_photos(vault: Vault, contents: Sequence[bytes]) -> list[Photo]:
    """Check number, size and type of photographs and seal them.

    Raises ``Refusal``: ``CONCERN_PHOTO_COUNT``, ``TOO_LARGE``, ``CONCERN_PHOTO_TYPE`` (which, from 1).
    """
    if len(contents) > MAX_FILES:
        raise Refusal("CONCERN_PHOTO_COUNT", limit=MAX_FILES)
    photos = []
    for number, content in enumerate(contents, start=1):
        if len(content) > MAX_FILE_BYTES:
            raise Refusal("TOO_LARGE", limit="8 MB")
        media_type = media_type_of(content)
        if media_type is None or media_type not in _PICTURES:
            raise Refusal("CONCERN_PHOTO_TYPE", file=number)
        picture = without_metadata(media_type, content)
        photos.append(Photo(media_type, len(picture), keccak(picture), vault.seal_bytes(picture)))
    return photos
