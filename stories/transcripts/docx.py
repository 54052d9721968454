"""The paragraphs of a Word file, as Teams, Meet and Otter export them: the words only, read with care.

A .docx is a zip with XML in it. Sizes are checked before anything is unpacked and again while it is; the
XML may neither declare entities nor point outside (defusedxml); no tree of it is built.
"""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from stories.errors import UserError
from stories.language import _

MOST_XML = 24 * 1024 * 1024
"""Bytes of the words' part once unpacked; an hour of talk has one or two million."""

MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 120
"""How many times larger the words' part may be than packed; Word's own are ten to thirty times."""

_RATIO_MATTERS = 1024 * 1024
_MOST_PARTS = 5_000
_DOCUMENT = "word/document.xml"
_SPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHUNK = 256 * 1024
_HEADING = re.compile(r"(?:Heading|Title|berschrift|Titel|Titre|Ttulo|Titolo|Kop|Rubrik)([1-6]?)")
"""How Word calls the styles of headings; it leaves out letters with marks."""

_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError,
    KeyError, lzma.LZMAError,
)  # fmt: skip


def read(filename: str, data: bytes) -> str:
    """The file's text, a line for each paragraph and each line break in one; headings as in Markdown.

    Raises UserError naming the file, the limit and the fix when it is no Word file, is protected, or would
    unpack to more than MOST_XML, or to more than MOST_RATIO times its size.
    """
    words = _Words()
    parser = DefusedXMLParser(target=words, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = _checked(filename, archive)
            _feed(filename, archive, part, parser)
        parser.close()
    except DefusedXmlException:
        said = _("“{file}” declares entities in its XML, as no transcript does. Export it again.")
        raise UserError(said.format(file=filename)) from None
    except ParseError:
        raise _unreadable(filename) from None
    except _UNREADABLE:
        raise _unreadable(filename) from None
    return words.text


def _checked(filename: str, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """The part with the words, after looking at how large everything says it is."""
    parts = archive.infolist()
    found = [part for part in parts if part.filename == _DOCUMENT]
    if not found:
        said = _("“{file}” is no Word file. Export the transcript as .docx, .vtt or .txt.")
        raise UserError(said.format(file=filename))
    part = found[-1]
    if part.flag_bits & 1:
        said = _("“{file}” is protected with a password. Save it without one.")
        raise UserError(said.format(file=filename))
    if len(found) > 1 or len(parts) > _MOST_PARTS or sum(one.file_size for one in parts) > MOST_UNPACKED:
        raise _bomb(filename)
    large = part.file_size > _RATIO_MATTERS
    if part.file_size > MOST_XML or (large and part.file_size > MOST_RATIO * max(1, part.compress_size)):
        raise _bomb(filename)
    return part


def _feed(filename: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, parser: DefusedXMLParser) -> None:
    seen = 0
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            seen += len(piece)
            if seen > MOST_XML:
                raise _bomb(filename)
            parser.feed(piece)


def _bomb(filename: str) -> UserError:
    said = _(
        "“{file}” unpacks to far more than a transcript has: up to {most} MB of text, packed no more than "
        "{ratio} times. Copy the words into a new document and save that."
    )
    return UserError(said.format(file=filename, most=MOST_XML // 1024 // 1024, ratio=MOST_RATIO))


def _unreadable(filename: str) -> UserError:
    said = _("“{file}” is damaged, or no Word file. Export the transcript again as .docx, .vtt or .txt.")
    return UserError(said.format(file=filename))


class _Words:
    """Gathers the words while the XML goes by; what was deleted or stands in a fallback is left out."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._inside_text = False
        self._fallbacks = 0

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == _FALLBACK:
            self._fallbacks += 1
        elif self._fallbacks:
            return
        elif tag == _SPACE + "t":
            self._inside_text = True
        elif tag == _SPACE + "pStyle":
            heading = _HEADING.fullmatch(attributes.get(_SPACE + "val", ""))
            self._pieces.append("#" * int(heading[1] or 1) + " " if heading else "")
        elif tag == _SPACE + "tab":
            self._pieces.append("\t")
        elif tag in (_SPACE + "br", _SPACE + "cr"):
            self._pieces.append("\n")

    def end(self, tag: str) -> None:
        if tag == _FALLBACK:
            self._fallbacks -= 1
        elif tag == _SPACE + "t":
            self._inside_text = False
        elif tag == _SPACE + "p" and not self._fallbacks:
            self._pieces.append("\n")

    def data(self, words: str) -> None:
        if self._inside_text:
            self._pieces.append(words.replace("\n", " "))

    def close(self) -> None:
        """Nothing is left to be done at the end."""
