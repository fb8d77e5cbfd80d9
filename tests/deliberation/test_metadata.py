"""Photographs are kept without place, time and device; the picture itself, and how it is turned, stays."""

from struct import pack

import pytest

from wanjia.deliberation.metadata import without_metadata

PLACE = b"GPS 39.91 N 116.14 E"
SCAN = b"\xff\xda\x00\x04\x01\x00" + b"picture\xff\x00of\xff\xd0a\xff\xff\x00puddle"
TABLES = b"\xff\xdb\x00\x05abc"
JFIF = b"\xff\xe0\x00\x09JFIF\x00\x01\x02"


def exif(orientation: int, order: str = "<") -> bytes:
    """Exif as a phone writes it: orientation, then a place."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    head = mark + pack(f"{order}I", 8) + pack(f"{order}H", 2)
    maker = pack(f"{order}HHIHH", 0x010F, 3, 1, 7, 0)
    turned = pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    body = b"Exif\0\0" + head + maker + turned + pack(f"{order}I", 0) + PLACE
    return b"\xff\xe1" + pack(">H", 2 + len(body)) + body


def segment(marker: int) -> bytes:
    """A segment that says where the picture was taken."""
    return bytes([0xFF, marker]) + pack(">H", 2 + len(PLACE)) + PLACE


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_jpeg_keeps_its_picture_and_its_turn(order: str) -> None:
    """Exif, XMP, comments, other application segments and what is behind the picture go; progressive scans stay."""
    told = exif(6, order) + segment(0xE1) + segment(0xED) + segment(0xFE)
    sent = b"\xff\xd8" + JFIF + told + TABLES + SCAN + TABLES + SCAN + b"\xff\xd9" + PLACE
    kept = without_metadata("image/jpeg", sent)
    assert PLACE not in kept
    turned, rest = kept[:38], kept[38:]
    assert b"\xff\xd8" + turned[2:4] + pack(">H", 34) + b"Exif\0\0MM\0*" == turned[:16]
    assert turned[20:32] == pack(">HHHIH", 1, 0x0112, 3, 1, 6)
    assert rest == JFIF + TABLES + SCAN + TABLES + SCAN + b"\xff\xd9"
    assert without_metadata("image/jpeg", kept) == kept


def test_a_jpeg_that_is_not_turned_has_no_exif_left() -> None:
    """Orientation 1 is what every picture has that says nothing."""
    sent = b"\xff\xd8" + JFIF + exif(1) + TABLES + SCAN + b"\xff\xd9"
    assert without_metadata("image/jpeg", sent) == b"\xff\xd8" + JFIF + TABLES + SCAN + b"\xff\xd9"


def test_a_png_and_a_webp_keep_their_picture() -> None:
    """Words, times and Exif go, with what is behind the end; WebP's flags and length say so."""

    def png(name: bytes, content: bytes) -> bytes:
        return pack(">I", len(content)) + name + content + b"sum!"

    head, data, end = b"\x89PNG\r\n\x1a\n", png(b"IDAT", b"puddle"), png(b"IEND", b"")
    told = png(b"tEXt", PLACE) + png(b"eXIf", PLACE) + png(b"tIME", b"now")
    assert without_metadata("image/png", head + told + data + end + PLACE) == head + data + end

    def riff(*chunks: tuple[bytes, bytes]) -> bytes:
        padded = [name + pack("<I", len(c)) + c + b"\0" * (len(c) % 2) for name, c in chunks]
        body = b"WEBP" + b"".join(padded)
        return b"RIFF" + pack("<I", len(body)) + body

    flags, picture = bytes([0x10 | 0x08 | 0x04]) + b"\0" * 9, (b"VP8 ", b"odd")
    sent = riff((b"VP8X", flags), picture, (b"EXIF", PLACE), (b"XMP ", PLACE))
    assert without_metadata("image/webp", sent + PLACE) == riff((b"VP8X", b"\x10" + flags[1:]), picture)


@pytest.mark.parametrize("kind", ["image/jpeg", "image/png", "image/webp"])
def test_what_cannot_be_read_is_left_as_it_is(kind: str) -> None:
    """Broken files are nobody's to mend."""
    heads = {
        "image/jpeg": b"\xff\xd8\xff",
        "image/png": b"\x89PNG\r\n\x1a\n",
        "image/webp": b"RIFF\xff\0\0\0WEBP",
    }
    for tail in (b"", b"\xe1", b"\xe1\xff\xff", b"junk" * 9):
        assert without_metadata(kind, heads[kind] + tail) == heads[kind] + tail
