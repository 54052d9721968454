"""From a file's bytes to its text, or a clear reason why not."""

from __future__ import annotations

import hashlib
import unicodedata

from stories.errors import UserError
from stories.language import _
from stories.patterns import late
from stories.speaking import number

MOST_BYTES = 2 * 1024 * 1024
"""Two megabytes: a day of talk is less."""

_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_OTHER_FORMATS = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word, OpenDocument or zip",
    b"\xd0\xcf\x11\xe0": "Word",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"ID3": "MP3",
}
_CONTROL = late(r"[\x00-\x08\x0e-\x1f\x7f]")
_LETTERS = late(r"[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7ff]")


def decode(filename: str, data: bytes) -> str:
    """The file's text with plain line ends; its encoding is worked out.

    Raises UserError naming the file, the limit and the fix when it is empty, larger than MOST_BYTES, not
    text, or has no words.
    """
    if not data.strip():
        raise UserError(_("“{file}” is empty. Save the notes into it and try again.").format(file=filename))
    check_size(filename, len(data))
    for magic, name in _OTHER_FORMATS.items():
        if data.startswith(magic):
            raise UserError(
                _("“{file}” is a {format} file. Save the notes as Markdown or plain text.").format(
                    file=filename, format=name
                )
            )
    text = _text(data)
    if text is None or _CONTROL.search(text):
        raise UserError(
            _("“{file}” is not text. Save the notes as Markdown or plain text (UTF-8).").format(file=filename)
        )
    if not _LETTERS.search(text):
        raise UserError(_("“{file}” has no words in it. Add what was said.").format(file=filename))
    return text


def check_size(filename: str, size: int) -> None:
    """Raises UserError naming the file, the limit and the fix when `size` is more than MOST_BYTES."""
    if size > MOST_BYTES:
        raise UserError(
            _(
                "“{file}” is {size} MB; notes may have up to 2 MB. Split it into one file per interview."
            ).format(file=filename, size=number(size / 1024 / 1024, 1))
        )


def fingerprint(data: bytes) -> str:
    """A name for what the file says: SHA-256 in hex, the same whatever the encoding and the line ends."""
    text = _text(data)
    return fingerprint_of(text) if text is not None else hashlib.sha256(data).hexdigest()


def fingerprint_of(text: str) -> str:
    """The fingerprint of a text: blank lines, spaces at line ends and Unicode's spellings do not matter."""
    lines = (line.rstrip() for line in unicodedata.normalize("NFC", text).splitlines())
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()


def _text(data: bytes) -> str | None:
    text: str | None
    encoding = _BYTE_ORDER_MARKS.get(data[:2], "utf-8-sig")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = _guessed(data)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")


def _guessed(data: bytes) -> str | None:
    # Two megabytes of tables that most processes never need.
    from charset_normalizer import from_bytes

    matches = from_bytes(data)
    best = matches.best()
    if best is None or b"\x00" in data:
        return None
    western = next(
        (match for match in matches if "cp1252" in (match.encoding, *match.could_be_from_charset)), None
    )
    # Short western texts look alike in a dozen code pages; the commonest of them is the likeliest.
    if western is not None and western.chaos <= best.chaos + 0.02:
        return data.decode("cp1252", errors="replace")
    return str(best)
