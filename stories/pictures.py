"""Pictures that people bring: what they are is read from their bytes, and all that is no picture is left out.

Positions, cameras, comments and animations go. PNG: chunks by W3C, "Portable Network Graphics", third
edition. JPEG: markers by ITU-T T.81, annex B.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

LARGEST = 1_000_000
"""Bytes of a picture."""

LARGEST_SIDE = 2048
"""Pixels across or down."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"sRGB", b"IDAT", b"IEND"})
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
_JPEG_KEPT = _FRAMES | {0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE}
_SCAN, _END = 0xDA, 0xD9


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What may be shown: the bytes of a picture, and what they are ("image/png" or "image/jpeg")."""

    content_type: str
    data: bytes


class _Broken(Exception):
    """No picture, or one that breaks off."""


def cleaned(data: bytes) -> Picture:
    """A PNG or JPEG picture without anything that is no part of it.

    Raises UserError, beside the field `picture`, for anything else, for more than LARGEST bytes, and for more
    than LARGEST_SIDE pixels on a side.
    """
    if len(data) > LARGEST:
        raise UserError(too_large(), field="picture")
    try:
        content_type, (kept, size) = _read(data)
    except (_Broken, struct.error, IndexError):
        raise UserError(_("That is no PNG or JPEG picture, or it breaks off."), field="picture") from None
    if not all(1 <= side <= LARGEST_SIDE for side in size):
        said = _("At most {side} by {side} pixels fit; 512 by 512 is plenty.")
        raise UserError(said.format(side=LARGEST_SIDE), field="picture")
    return Picture(content_type=content_type, data=kept)


def too_large() -> str:
    """What is said of a picture of more than LARGEST bytes."""
    return _("A picture holds at most 1 MB; please choose a smaller one.")


def _read(data: bytes) -> tuple[str, tuple[bytes, tuple[int, int]]]:
    if data.startswith(_PNG):
        return "image/png", _png(data)
    if data.startswith(_JPEG):
        return "image/jpeg", _jpeg(data)
    raise _Broken


def _png(data: bytes) -> tuple[bytes, tuple[int, int]]:
    chunks = list(_chunks(data))
    kinds = [kind for kind, _body, _whole in chunks]
    if kinds[0] != b"IHDR" or b"IDAT" not in kinds or kinds[-1] != b"IEND":
        raise _Broken
    width, height = struct.unpack_from(">II", chunks[0][1])
    return _PNG + b"".join(whole for kind, _body, whole in chunks if kind in _PNG_KEPT), (width, height)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Each chunk's kind, its content and all of it, to the end of the picture."""
    at = len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (said,) = struct.unpack_from(">I", data, at + 8 + length)
        if len(body) != length or zlib.crc32(kind + body) != said:
            raise _Broken
        yield kind, body, data[at : at + 12 + length]
        if kind == b"IEND":
            return
        at += 12 + length


def _jpeg(data: bytes) -> tuple[bytes, tuple[int, int]]:
    kept, size, scanned = bytearray(_JPEG), (0, 0), False
    at = len(_JPEG)
    while data[at + 1] != _END:
        marker = data[at + 1]
        if data[at] != 0xFF or marker == 0x00:
            raise _Broken
        if marker == 0xFF:
            # Any marker may have fill bytes before it.
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        end = at + 2 + length
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        if marker == _SCAN:
            end, scanned = _end_of_scan(data, end), True
        if marker in _JPEG_KEPT:
            kept += data[at:end]
        at = end
    if data[at] != 0xFF or not scanned:
        raise _Broken
    return bytes(kept + bytes((0xFF, _END))), size


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: within a scan 0xFF is followed by 0, or begins a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise _Broken
        if data[at + 1] == 0x00 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        else:
            return at
