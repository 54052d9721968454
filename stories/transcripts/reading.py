"""Reading a transcript: its format by its ending and first words, then what all formats have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby, pairwise

from stories.errors import UserError
from stories.language import _
from stories.notes.decoding import fingerprint_of
from stories.notes.people import names_in_title
from stories.transcripts import docx, plain, srt, table, webvtt
from stories.transcripts.decoding import decode, empty
from stories.transcripts.heading import attendees_of, day_of, title_of
from stories.transcripts.joining import turns_of
from stories.transcripts.languages import language_of
from stories.transcripts.limits import check_size, check_speakers, check_text, limited
from stories.transcripts.moments import read_timing
from stories.transcripts.subtitles import speakers_before_words
from stories.transcripts.values import Cue, Draft, Format, Transcript, Turn
from stories.transcripts.voices import voices_of

ENDINGS = {
    ".vtt": Format.WEBVTT,
    ".srt": Format.SRT,
    ".docx": Format.DOCX,
    ".csv": Format.CSV,
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".markdown": Format.TEXT,
}
"""What the names of transcripts end in, whatever the case."""

_FIRST_LINES = 40


class NoTalk(UserError):
    """Raised for a text that can be read but is no talk: perhaps notes."""


def read_transcript(filename: str, data: bytes, *, today: date) -> Transcript:
    """The talk in a file.

    Call `check_size` with the file's size before reading its bytes. `today` bounds dates and fills in
    missing years. Raises UserError naming the file, the limit and the fix when it cannot be read or is too
    much, NoTalk when a text or a Word file holds no talk.
    """
    check_size(filename, len(data))
    format_ = _format(filename)
    text = text_of(filename, data)
    if format_ is Format.TEXT:
        format_ = _really(text)
    draft = _READERS[format_](filename, text)
    if draft is None:
        said = _("“{file}” holds no talk: nowhere does it say who speaks.")
        raise NoTalk(said.format(file=filename))
    turns, guests = turns_of(draft.cues)
    if not turns:
        raise empty(filename)
    check_speakers(filename, len({turn.who for turn in turns}))
    return _transcript(filename, format_, draft, turns, guests, today)


def text_of(filename: str, data: bytes) -> str:
    """The file's text with plain line ends; of a Word file its paragraphs.

    Raises UserError as `read_transcript` does.
    """
    if _format(filename) is Format.DOCX:
        if not data.strip():
            raise empty(filename)
        return docx.read(filename, data)
    return decode(filename, data)


def _format(filename: str) -> Format:
    ending = filename[filename.rfind(".") :].casefold() if "." in filename else ""
    if ending not in ENDINGS:
        said = _("“{file}” ends in none of {endings}. Export the transcript as one of them.")
        raise UserError(said.format(file=filename, endings=", ".join(ENDINGS)))
    return ENDINGS[ending]


def _really(text: str) -> Format:
    """What a text is whose name says no more than that."""
    if text.startswith("WEBVTT"):
        return Format.WEBVTT
    first = text[:8000].split("\n")[:_FIRST_LINES]
    numbered = (one.strip().isdecimal() and read_timing(two) for one, two in pairwise(first))
    return Format.SRT if any(numbered) else Format.TEXT


def _webvtt(filename: str, text: str) -> Draft:
    cues = _heard(filename, limited(filename, webvtt.read(text)), "WebVTT")
    return Draft(cues if any(cue.who for cue in cues) else speakers_before_words(cues))


def _srt(filename: str, text: str) -> Draft:
    return Draft(speakers_before_words(_heard(filename, limited(filename, srt.read(text)), "SRT")))


def _heard(filename: str, cues: Iterator[Cue], name: str) -> tuple[Cue, ...]:
    found = tuple(cues)
    if not found:
        said = _("“{file}” has no words under times, as {format} has. Export the transcript again.")
        raise UserError(said.format(file=filename, format=name))
    return found


def _csv(filename: str, text: str) -> Draft:
    draft = table.read(filename, text)
    return Draft(tuple(limited(filename, draft.cues)), draft.head)


def _plain(filename: str, text: str) -> Draft | None:
    check_text(filename, text)
    draft = plain.read(text)
    return None if draft is None else Draft(tuple(limited(filename, draft.cues)), draft.head)


_READERS: dict[Format, Callable[[str, str], Draft | None]] = {
    Format.WEBVTT: _webvtt,
    Format.SRT: _srt,
    Format.CSV: _csv,
    Format.DOCX: _plain,
    Format.TEXT: _plain,
}


def _transcript(
    filename: str,
    format_: Format,
    draft: Draft,
    turns: tuple[Turn, ...],
    guests: frozenset[str],
    today: date,
) -> Transcript:
    title = title_of(draft.head, filename)
    day, unclear = day_of(draft.head, filename, today)
    return Transcript(
        format=format_,
        title=title,
        day=day,
        unclear=unclear,
        language=language_of(" ".join(turn.text for turn in turns)),
        turns=turns,
        voices=voices_of(turns, in_title=names_in_title(title.value), guests=guests),
        attendees=attendees_of(draft.head),
        fingerprint=_fingerprint(turns),
    )


def _fingerprint(turns: tuple[Turn, ...]) -> str:
    """Of who says what, whatever the format, the times, and where the file parts what one speaker says."""
    said = (
        f"{who}: {' '.join(' '.join(turn.text for turn in run).split())}"
        for who, run in groupby(turns, lambda turn: turn.who)
    )
    return fingerprint_of("\n".join(said))
