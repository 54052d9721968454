"""Pictures that people bring: what is no picture goes, and what is none at all is refused."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.errors import UserError
from stories.pictures import LARGEST, cleaned

SECRET = b"where it was taken: 51.5, -0.12"
JPEG = b64decode(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////"
    "////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
    "VN//2Q=="
)
"""One grey pixel."""


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 2, height: int = 2, *, more: bytes = b"") -> bytes:
    """A grey picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    middle = chunk(b"IHDR", head) + more + chunk(b"IDAT", rows)
    return b"\x89PNG\r\n\x1a\n" + middle + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


@pytest.mark.parametrize("kind", [b"tEXt", b"eXIf", b"iTXt", b"acTL", b"zzZz"])
def test_a_png_keeps_its_pixels_and_nothing_else(kind: bytes) -> None:
    held = png(more=chunk(kind, SECRET)) + SECRET + b"<script>"
    kept = cleaned(held)
    assert kept.content_type == "image/png"
    assert kept.data == png()


@pytest.mark.parametrize("marker", [0xE1, 0xE2, 0xED, 0xFE])
def test_a_jpeg_loses_its_position_camera_and_comments(marker: int) -> None:
    kept = cleaned(JPEG[:2] + segment(marker, SECRET) + b"\xff" + JPEG[2:] + SECRET)
    assert kept.content_type == "image/jpeg"
    assert kept.data == JPEG


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"GIF89a" + bytes(50),
        b"\x89PNG\r\n\x1a\n<html>",
        png()[:-12],
        png()[:30] + bytes((png()[30] ^ 1,)) + png()[31:],
        png()[:40] + bytes(4) + png()[44:],
        JPEG[:-2],
        JPEG[:60],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8",
    ],
)
def test_what_is_no_picture_or_breaks_off_is_refused(data: bytes) -> None:
    with pytest.raises(UserError, match="PNG or JPEG") as refusal:
        cleaned(data)
    assert refusal.value.field == "picture"


def test_large_pictures_are_refused_by_bytes_and_by_pixels() -> None:
    with pytest.raises(UserError, match="1 MB"):
        cleaned(png() + bytes(LARGEST))
    for size in ((2049, 2), (2, 2049), (0, 2)):
        with pytest.raises(UserError, match="2048 by 2048"):
            cleaned(png(*size))


@given(st.sampled_from([png(), JPEG]), st.integers(0, 200), st.binary(max_size=6))
def test_whatever_is_sent_is_a_clean_picture_or_refused(picture: bytes, at: int, put_in: bytes) -> None:
    try:
        kept = cleaned(picture[:at] + put_in + picture[at:])
    except UserError:
        return
    assert cleaned(kept.data) == kept
