"""From a dropped file's bytes to the conversations in it. Nothing here waits: it is run beside the loop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from bot.dropping import voices
from bot.dropping.talk import Line, Talk, Voice
from stories import notes, proposals, telling_lines
from stories.errors import UserError
from stories.forms import LONGEST
from stories.interviews import How
from stories.language import _
from stories.notes import ReadNotes
from stories.placing import cut
from stories.text import one_line, shortened
from stories.transcripts import (
    ENDINGS,
    MOST_BYTES,
    NoTalk,
    Transcript,
    Turn,
    check_size,
    read_transcript,
    text_of,
)
from stories.values import dataclass

__all__ = ["MOST_BYTES", "Read", "check_name", "check_size", "read", "with_lines"]

NOTES = frozenset({".md", ".markdown", ".txt"})
MOST_CONVERSATIONS = 5
MOST_LINES = 15
MOST_VOICES = 100
"""As many as a select offers; of more, those who say most."""

_UNMARKED = "?"
"""Stands for whoever speaks where the file does not say who."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A conversation whose lines worth quoting are still to be found in its turns."""

    talk: Talk
    turns: Sequence[Turn] = ()


def check_name(filename: str) -> None:
    """Raises UserError unless the name is one of a file that can be read here."""
    if PurePath(filename).suffix.lower() not in ENDINGS:
        said = _(
            "“{file}” isn’t a file I can read. Export the conversation as WebVTT (.vtt), SRT, Word (.docx), "
            "CSV, Markdown or plain text, as Zoom, Teams, Meet and Otter do, and drop that here."
        )
        raise UserError(said.format(file=filename))


def read(filename: str, data: bytes, *, today: date, ours: str) -> tuple[Read, ...]:
    """The conversations in a file; `ours` is the name of whoever dropped it.

    Raises UserError naming the file, the limit and the fix when it cannot be read.
    """
    written = _written(filename, data, today)
    if len(written) > 1:
        return tuple(_from_notes(filename, one, today) for one in written)
    try:
        transcript = read_transcript(filename, data, today=today)
    except NoTalk:
        # A text or a Word file that is no talk is somebody's notes.
        text = text_of(filename, data).encode()
        return tuple(_from_notes(filename, one, today) for one in written or _notes_in(filename, text, today))
    found = _from_transcript(filename, transcript, ours)
    return (replace(found, talk=_with_sections(found.talk, written[0])) if written else found,)


def with_lines(found: Read) -> Talk:
    """The conversation with every voice's lines worth quoting, best first."""
    turns = [replace(turn, who=turn.who or _UNMARKED) for turn in found.turns]
    voices = found.talk.voices
    if turns:
        voices = tuple(replace(voice, lines=_lines(turns, voice.name or _UNMARKED)) for voice in voices)
    return replace(found.talk, voices=voices)


def _written(filename: str, data: bytes, today: date) -> tuple[ReadNotes, ...]:
    """The conversations of a file of notes; none for another file."""
    if PurePath(filename).suffix.lower() not in NOTES or len(data) > notes.MOST_BYTES:
        return ()
    return _notes_in(filename, data, today)


def _notes_in(filename: str, data: bytes, today: date) -> tuple[ReadNotes, ...]:
    """The conversations that notes tell of. Raises UserError for too many."""
    found = notes.read_notes(filename, data, today=today)
    if len(found) > MOST_CONVERSATIONS:
        said = _(
            "“{file}” holds {count} conversations; here I take up to {most} from one file. Cut it up, or "
            "let `firsthand interviews import` take them in."
        )
        raise UserError(said.format(file=filename, count=len(found), most=MOST_CONVERSATIONS))
    return found


def _from_transcript(filename: str, transcript: Transcript, ours: str) -> Read:
    spoken = sorted(transcript.voices, key=lambda voice: voice.share, reverse=True)[:MOST_VOICES]
    times = [turn.at for turn in transcript.turns if turn.at is not None]
    talk = Talk(
        file=filename,
        fingerprint=transcript.fingerprint,
        title=_title(transcript.title.value),
        day=transcript.day.value.isoformat() if transcript.day and transcript.day.exact else "",
        language=transcript.language.code,
        seconds=int(max(times).total_seconds()) if times else None,
        # A recording with times is a meeting's far more often than a phone call's.
        how=How.VIDEO.value if times else "",
        voices=tuple(_voice(voice.who, voice.share) for voice in spoken),
        guess=voices.guess(spoken, ours=ours),
    )
    return Read(talk=talk, turns=transcript.turns)


def _voice(name: str, share: float) -> Voice:
    return Voice(name=name, share=share, customer=name if voices.is_somebody(name) else "")


def _from_notes(filename: str, written: ReadNotes, today: date) -> Read:
    """Notes that say of no words who spoke them: what they quote, and what they say of the rest."""
    found = proposals.propose(written, today=today)
    quoted = dict.fromkeys((*found.quotes, *found.candidates))
    lines = tuple(Line(text=words, line=_line_of(words, written)) for words in quoted)[:MOST_LINES]
    talk = Talk(
        file=filename,
        fingerprint=written.fingerprint,
        title=_title(found.title),
        headline=_title(found.title),
        day=found.day.isoformat() if found.day else "",
        voices=(replace(_voice(found.customer, 1.0), lines=lines),),
        guess=0,
        company=shortened(found.company, LONGEST["company"]),
        trying_to=cut(found.trying_to.text, LONGEST["trying_to"])[0],
        happened=cut(found.happened.text, LONGEST["happened"])[0],
        meaning=cut(found.meaning.text, LONGEST["meaning"])[0],
    )
    return Read(talk=talk)


def _with_sections(talk: Talk, written: ReadNotes) -> Talk:
    """What notes say of a talk that stands in them, too."""

    def said(part: notes.Found[str] | None, field: str) -> str:
        return cut(part.value, LONGEST[field])[0] if part else ""

    return replace(
        talk,
        trying_to=said(written.wanted, "trying_to"),
        happened=said(written.happened, "happened"),
        meaning=said(written.meaning, "meaning"),
    )


def _lines(turns: Sequence[Turn], who: str) -> tuple[Line, ...]:
    found = telling_lines.propose(turns, {who}, most=MOST_LINES)
    return tuple(
        Line(text=one.text, line=one.line, seconds=None if one.at is None else int(one.at.total_seconds()))
        for one in found
    )


def _line_of(words: str, written: ReadNotes) -> int:
    """The line in the file on which these words stand, or the notes begin."""
    start = words[:40]
    lines = enumerate(written.body.split("\n"), written.line)
    return next((number for number, line in lines if start in line), written.line)


def _title(words: str) -> str:
    return shortened(one_line(words), LONGEST["title"])
