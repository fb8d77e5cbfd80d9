"""A reader of QR codes that shares nothing with the programs that draw them."""

import base64
import re

import zxingcpp
from playwright.sync_api import Locator

_DOT = 4
"""Pixels a side of a module that is read from a terminal or a drawing."""
_GREY = """async (picture) => {
  await picture.decode()
  const { naturalWidth: width, naturalHeight: height } = picture
  const pen = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  pen.drawImage(picture, 0, 0)
  const { data } = pen.getImageData(0, 0, width, height)
  let grey = ''
  for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at])
  return [btoa(grey), width, height]
}"""


def _read(grey: bytes, width: int, height: int) -> str:
    """Give what the one code in a picture says; a byte is a pixel, line by line, 255 is light."""
    (code,) = zxingcpp.read_barcodes(memoryview(grey).cast("B", (height, width)))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return str(code.text)


def read_picture(picture: Locator) -> str:
    """Read the code of a picture that a page shows."""
    grey, width, height = picture.evaluate(_GREY)
    return _read(base64.b64decode(grey), width, height)


def read_drawing(drawing: Locator) -> str:
    """Read the code of a drawing (SVG) of which every dark module is a square of its own, one unit wide."""
    size = int((drawing.get_attribute("viewBox") or "").split()[-1])
    path = drawing.locator("path").get_attribute("d") or ""
    dark = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    rows = [b"".join(bytes([255 * ((x, y) not in dark)]) * _DOT for x in range(size)) for y in range(size)]
    return _read(b"".join(row * _DOT for row in rows), _DOT * size, _DOT * size)


def read_terminal(text: str) -> str:
    """Read a code drawn in half blocks, as a light-on-dark terminal shows it."""
    lines = [line for line in text.splitlines() if line and set(line) <= set(" ▀▄█")]
    rows = [[sign in blocks for sign in line] for line in lines for blocks in ("▀█", "▄█")]
    row_bytes = [b"".join(bytes([255 * light]) * _DOT for light in row) for row in rows]
    grey = b"".join(row * _DOT for row in row_bytes)
    return _read(grey, _DOT * len(rows[0]), _DOT * len(rows))
