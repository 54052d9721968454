"""From a transcript's bytes to its text, or a clear reason why not."""

from __future__ import annotations

import re

from stories.errors import UserError
from stories.language import _

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OTHER_FORMATS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "zip or Office",
    b"\xd0\xcf\x11\xe0": "Word 97 or protected Office",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"ID3": "MP3",
    b"\x1aE\xdf\xa3": "WebM",
    b"OggS": "Ogg",
    b"RIFF": "WAV",
}
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_SAMPLE = 64 * 1024
"""Bytes from which an encoding is worked out: the time for it grows with them."""


def decode(filename: str, data: bytes) -> str:
    """The file's text with plain line ends; its encoding is worked out.

    Raises UserError naming the file and the fix when it is empty or not text.
    """
    if not data.strip():
        raise empty(filename)
    # MP4 and its relatives have the length of their first part before their name.
    format_ = "MP4" if data[4:8] == b"ftyp" else _format(data)
    if format_:
        said = _("“{file}” is a {format} file. Export the transcript as .vtt, .srt, .docx, .csv or .txt.")
        raise UserError(said.format(file=filename, format=format_))
    text = _text(data)
    if text is None or _CONTROL.search(text):
        said = _("“{file}” is not text. Export the transcript again, or save it as UTF-8.")
        raise UserError(said.format(file=filename))
    return re.sub(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]", "\n", text)


def empty(filename: str) -> UserError:
    """What to say of a file without words."""
    said = _("“{file}” is empty. Export the transcript again once it is ready.")
    return UserError(said.format(file=filename))


def _format(data: bytes) -> str:
    return next((name for magic, name in _OTHER_FORMATS.items() if data.startswith(magic)), "")


def _text(data: bytes) -> str | None:
    try:
        return data.decode(_BYTE_ORDER_MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        pass
    encoding = _guessed(_sample(data))
    if encoding is None:
        return None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        # Recordings that were cut off end in half a letter; anything more is not in this encoding.
        text = data.decode(encoding, errors="replace")
        return text if text.count("\ufffd") <= max(1, len(text) // 1000) else None


def _sample(data: bytes) -> bytes:
    """A part that has something to go by: from around the first byte that is not ASCII."""
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - _SAMPLE // 2) & ~1
    return data[start : start + _SAMPLE]


def _guessed(sample: bytes) -> str | None:
    half = len(sample) // 2
    for at, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if half and sample[at::2].count(0) > 0.4 * half:
            return encoding
    if b"\x00" in sample:
        return None
    # Two megabytes of tables that most processes never need.
    from charset_normalizer import from_bytes

    matches = from_bytes(sample)
    best = matches.best()
    if best is None:
        return None
    western = (match for match in matches if "cp1252" in (match.encoding, *match.could_be_from_charset))
    likely = next(western, None)
    # Short western texts look alike in a dozen code pages; the commonest of them is the likeliest.
    return "cp1252" if likely is not None and likely.chaos <= best.chaos + 0.02 else best.encoding
