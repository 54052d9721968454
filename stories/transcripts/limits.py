"""How much is read at most, checked before and while reading, so that no file takes the machine with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stories import speaking
from stories.errors import UserError
from stories.language import _
from stories.transcripts.values import Cue

MOST_BYTES = 10 * 1024 * 1024
"""Ten megabytes: a WebVTT file of eight hours has one."""

MOST_CUES = 50_000
"""Eight hours of talk are cut into ten thousand."""

MOST_LETTERS = 3_000_000
"""Of what is said; a working day's talk is half a million."""

MOST_LINES = 60_000
"""Of a text or a Word file; eight hours of talk have a few thousand paragraphs."""

MOST_SPEAKERS = 200
"""More names than this are a list, not a talk."""

LONGEST_NAME = 80


def check_size(filename: str, size: int) -> None:
    """For whoever is about to read a file of `size` bytes.

    Raises UserError naming the file, the limit and the fix when it is more than MOST_BYTES.
    """
    if size > MOST_BYTES:
        said = _(
            "“{file}” is {size} MB; a transcript may have up to {most} MB. Export the words alone, without "
            "sound or pictures, or cut it into several files."
        )
        most = MOST_BYTES // 1024 // 1024
        raise UserError(said.format(file=filename, size=speaking.number(size / 1024 / 1024, 1), most=most))


def limited(filename: str, cues: Iterable[Cue]) -> Iterator[Cue]:
    """The cues that say something, as long as they are not too many.

    Raises UserError at the first beyond MOST_CUES or MOST_LETTERS.
    """
    letters = 0
    for number, cue in enumerate(cues, 1):
        letters += len(cue.text)
        if number > MOST_CUES:
            said = _("“{file}” has more than {most:,} subtitles or rows. Cut it into one file per talk.")
            raise UserError(said.format(file=filename, most=MOST_CUES))
        if letters > MOST_LETTERS:
            said = _("“{file}” has more than {most:,} letters of talk. Cut it into one file per talk.")
            raise UserError(said.format(file=filename, most=MOST_LETTERS))
        if cue.text:
            yield cue


def check_text(filename: str, text: str) -> None:
    """Raises UserError when a text has more than MOST_LINES or MOST_LETTERS."""
    if text.count("\n") > MOST_LINES or len(text) > MOST_LETTERS:
        said = _(
            "“{file}” has more than {lines:,} lines or {letters:,} letters. Cut it into one file per talk."
        )
        raise UserError(said.format(file=filename, lines=MOST_LINES, letters=MOST_LETTERS))


def check_speakers(filename: str, number: int) -> None:
    """Raises UserError when there are more than MOST_SPEAKERS."""
    if number > MOST_SPEAKERS:
        said = _(
            "“{file}” names {number:,} speakers; a talk may have up to {most}. Check that names, and not "
            "times or words, stand where the speakers should."
        )
        raise UserError(said.format(file=filename, number=number, most=MOST_SPEAKERS))
