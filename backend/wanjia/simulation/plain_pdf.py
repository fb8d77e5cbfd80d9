"""A PDF of a few lines of Chinese, as offices hand them out: A4, one page, the reader's own Song font."""

from collections.abc import Sequence

_FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts ["
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >> >>] >>"
)
_TITLE, _TEXT, _LEADING = 20, 13, 26


def plain_pdf(title: str, lines: Sequence[str]) -> bytes:
    """Set a title and lines below each other; they have to fit the page."""
    shown = [f"BT /F1 {_TITLE} Tf 72 760 Td <{_ucs2(title)}> Tj ET"]
    for number, line in enumerate(lines, start=1):
        shown.append(f"BT /F1 {_TEXT} Tf 72 {750 - _LEADING * number} Td <{_ucs2(line)}> Tj ET")
    content = "\n".join(shown)
    return _file(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        _FONT,
    )


def _ucs2(text: str) -> str:
    return text.encode("utf-16-be").hex().upper()


def _file(*objects: str) -> bytes:
    """Number the objects from 1 and point to where each begins."""
    parts, places = ["%PDF-1.4\n"], []
    for number, body in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{body}\nendobj\n")
    start = sum(map(len, parts))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    return "".join(parts).encode("ascii")
