"""From a file at the terminal to the conversations in it: notes, or a recording's transcript."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from stories import notes, transcripts
from stories.errors import UserError
from stories.language import _
from stories.notes import ReadNotes, read_notes
from stories.talks import as_talk, talk_of
from stories.transcripts import ENDINGS, Format, NoTalk, Transcript, read_transcript, text_of
from stories.transcripts.plain import has_times

LISTED = ".md, .markdown, .txt, .vtt, .srt, .docx, .csv"
"""The endings as people read them."""


def can_be_read(file: Path) -> bool:
    """Whether the name is one of notes or a transcript."""
    return file.suffix.lower() in ENDINGS


def read_file(file: Path, *, today: date) -> tuple[ReadNotes, ...]:
    """The conversations in a file; those that are talks as `stories.talks.Talk`.

    Raises UserError naming the limit and the fix when it cannot be read; its size is looked at before.
    """
    if not can_be_read(file):
        said = _("Notes and transcripts are files that end in one of {endings}.")
        raise UserError(said.format(endings=LISTED))
    try:
        if not file.is_file():
            raise UserError(_("This is no file, or it leads nowhere."))
        check = notes.check_size if _is_text(file) else transcripts.check_size
        check(file.name, file.stat().st_size)
        return conversations(file.name, file.read_bytes(), today=today)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UserError(_("It cannot be read: {reason}.").format(reason=reason)) from None


def conversations(filename: str, data: bytes, *, today: date) -> tuple[ReadNotes, ...]:
    """The conversations in a file's bytes.

    A text or a Word file may hold notes, a talk, or notes with a talk in them. Raises UserError as
    `read_transcript` and `read_notes` do.
    """
    path = Path(filename)
    if _is_text(path):
        return _from_text(filename, data, read_notes(filename, data, today=today), today)
    try:
        return (talk_of(read_transcript(filename, data, today=today)),)
    except NoTalk:
        words = text_of(filename, data).encode()
        return read_notes(filename, words, today=today)


def _from_text(
    filename: str, data: bytes, written: tuple[ReadNotes, ...], today: date
) -> tuple[ReadNotes, ...]:
    transcript = _talk(filename, data, today) if len(written) == 1 else None
    if transcript is None:
        return written
    # What a tool wrote is read as it writes; a talk within somebody's notes keeps what the notes say.
    if transcript.format is not Format.TEXT or has_times(text_of(filename, data)):
        return (talk_of(transcript),)
    return (as_talk(written[0], transcript),)


def _talk(filename: str, data: bytes, today: date) -> Transcript | None:
    try:
        return read_transcript(filename, data, today=today)
    except NoTalk:
        return None


def _is_text(file: Path) -> bool:
    return ENDINGS.get(file.suffix.lower()) is Format.TEXT
