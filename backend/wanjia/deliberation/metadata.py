"""Takes out of photographs what phones write beside the picture: place, time, device, owner, thumbnails, films behind it.

Neighbours see the photographs of a concern; where its author lives is not to stand in them. Of JPEG's Exif only the
orientation stays. What cannot be read as the format it begins like is left as it is.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from struct import pack, unpack, unpack_from
from types import MappingProxyType
from typing import Final

_SOI, _EOI, _SOS, _EXIF, _COMMENT = 0xD8, 0xD9, 0xDA, 0xE1, 0xFE
_PICTURE_SEGMENTS: Final = frozenset({0xE0, 0xE2, 0xEE})
"""JFIF, colour profile, Adobe's colours; other application segments go."""
_APPLICATION: Final = range(0xE0, 0xF0)
_RESTARTS: Final = range(0xD0, 0xD8)
_ORIENTATION = 0x0112
_PNG_HEAD = 8
_PNG_WORDS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"})
_WEBP_WORDS: Final = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS: Final = 0x08 | 0x04
"""In ``VP8X``: there is Exif, there is XMP."""


def without_metadata(media_type: str, content: bytes) -> bytes:
    """Give a photograph without what is not picture."""
    try:
        return _CLEANERS[media_type](content)
    except (ValueError, IndexError, struct.error):
        return content


def _jpeg(content: bytes) -> bytes:
    kept, orientation = [], 1
    for marker, segment in _segments(content):
        if marker == _EXIF and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:])
        elif marker != _COMMENT and (marker not in _APPLICATION or marker in _PICTURE_SEGMENTS):
            kept.append(segment)
    turned = [_exif(orientation)] if orientation != 1 else []
    return b"".join([b"\xff\xd8", *turned, *kept, b"\xff\xd9"])


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Give each segment after the start with its marker, scans with what they hold, up to the end of the picture."""
    at = 2
    while True:
        if content[at] != 0xFF:  # noqa: PLR2004  every marker begins so
            raise ValueError("no marker")
        marker = content[at + 1]
        if marker == _EOI:
            return
        end = at + 2 + int(unpack_from(">H", content, at + 2)[0])
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] not in _RESTARTS and content[at + 1] != 0xFF:  # noqa: PLR2004  fill
            return at
        at += 1 if content[at + 1] == 0xFF else 2  # noqa: PLR2004  fill


def _orientation(tiff: bytes) -> int:
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = unpack_from(f"{order}I", tiff, 4)
    (count,) = unpack_from(f"{order}H", tiff, first)
    for entry in range(first + 2, first + 2 + 12 * count, 12):
        tag, _type, _count, value = unpack_from(f"{order}HHIH", tiff, entry)
        if tag == _ORIENTATION:
            return int(value)
    return 1


def _exif(orientation: int) -> bytes:
    tiff = b"MM\0*" + pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
    return b"\xff\xe1" + pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff


def _png(content: bytes) -> bytes:
    kept, at = [content[:_PNG_HEAD]], _PNG_HEAD
    while True:
        size, name = unpack_from(">I4s", content, at)
        end = at + 12 + size
        if end > len(content):
            raise ValueError("cut off")
        if name not in _PNG_WORDS:
            kept.append(content[at:end])
        if name == b"IEND":
            return b"".join(kept)
        at = end


def _webp(content: bytes) -> bytes:
    kept, at, end = [], 12, 8 + int(unpack_from("<I", content, 4)[0])
    if end > len(content):
        raise ValueError("cut off")
    while at < end:
        name, size = unpack("<4sI", content[at : at + 8])
        chunk = content[at : at + 8 + size + size % 2]
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_FLAGS]) + chunk[9:]
        if name not in _WEBP_WORDS:
            kept.append(chunk)
        at += 8 + size + size % 2
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + pack("<I", len(body)) + body


_CLEANERS: Final[Mapping[str, Callable[[bytes], bytes]]] = MappingProxyType(
    {"image/jpeg": _jpeg, "image/png": _png, "image/webp": _webp}
)
