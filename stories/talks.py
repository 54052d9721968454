"""A talk with its transcript as notes that know every turn, and the write-up proposed from its telling lines.

What notes say beside the talk (a title, a day, what it means for us) is read as always; the quotes are the
lines of the customer's by which colleagues would remember them (`stories.telling_lines`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date

from stories.folding import fold
from stories.forms import MOST_QUOTES
from stories.language import _
from stories.notes import FoundQuote, Heard, Person, ReadNotes, Side
from stories.notes.cast import gather
from stories.notes.names_alike import same_person
from stories.notes.quotes import LONGEST_QUOTE
from stories.notes.speech import Turn as NotesTurn
from stories.placing import cut
from stories.proposals import Answers, Gap, Open, Proposal, customer_of
from stories.proposals import propose as propose_from_notes
from stories.proposals.people import hide_others, others
from stories.telling_lines import Line
from stories.telling_lines import propose as telling_lines
from stories.text import clean
from stories.transcripts.values import Transcript, Turn
from stories.transcripts.voices import voices_of
from stories.values import dataclass

MOST_LINES = 20
"""Lines that are offered; the first MOST_QUOTES of them are proposed."""

_FEWEST_WORDS = 8
_SOMEBODY = "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk(ReadNotes):
    """Notes whose talk is known turn by turn. `voice` is the customer's label where they have no name."""

    transcript: Transcript
    voice: str = ""


def talk_of(transcript: Transcript) -> Talk:
    """A recording's transcript as notes: its title, day and people, and what those said who are not us."""
    voices = sorted((voice for voice in transcript.voices if voice.who), key=lambda voice: voice.line)
    people = [Person(voice.who, voice.side, voice.line) for voice in voices]
    silent = (name for name in transcript.attendees if not any(same_person(name, p.name) for p in people))
    return Talk(
        title=transcript.title,
        talked_on=transcript.day,
        ambiguous_dates=transcript.unclear,
        people=(*people, *(Person(name, Side.UNKNOWN, 0) for name in silent)),
        wanted=None,
        happened=None,
        meaning=None,
        quotes=tuple(_quotes(transcript)),
        body="\n\n".join(f"{turn.who or _SOMEBODY}: {turn.text}" for turn in transcript.turns),
        line=1,
        fingerprint=transcript.fingerprint,
        transcript=transcript,
    )


def as_talk(notes: ReadNotes, transcript: Transcript) -> Talk:
    """Notes that are mostly a talk, with its turns; speakers go by the names that the notes have for them."""
    spoken = [NotesTurn(turn.who, turn.line, turn.line, turn.text) for turn in transcript.turns if turn.who]
    cast = gather(notes.people, spoken)
    names = {turn.who: person.name for turn in transcript.turns if turn.who and (person := cast.of(turn.who))}
    turns = tuple(replace(turn, who=names.get(turn.who, turn.who)) for turn in transcript.turns)
    sides = {person.name: person.side for person in cast.everybody}
    told = replace(transcript, turns=turns, voices=voices_of(turns, known=sides))
    kept = {field.name: getattr(notes, field.name) for field in fields(ReadNotes)}
    kept["fingerprint"] = transcript.fingerprint
    if notes.talked_on is None and not notes.ambiguous_dates:
        kept |= {"talked_on": transcript.day, "ambiguous_dates": transcript.unclear}
    if transcript.title.line and transcript.title.value in notes.title.value:
        # The same words, without what a tool added to them.
        kept["title"] = transcript.title
    return Talk(**kept, transcript=told)


def named(talk: Talk, voice: str, name: str) -> Talk:
    """The talk with a voice called by a name; with none, their words stay theirs and nobody is named."""
    transcript = talk.transcript
    label = name or voice
    turns = tuple(replace(turn, who=label) if turn.who == voice else turn for turn in transcript.turns)
    voices = tuple(replace(one, who=label) if one.who == voice else one for one in transcript.voices)
    quotes = (_signed(quote, name) if quote.who == voice else quote for quote in talk.quotes)
    people = (replace(p, name=name, side=Side.CUSTOMER) if p.name == voice else p for p in talk.people)
    return replace(
        talk,
        transcript=replace(transcript, turns=turns, voices=voices),
        quotes=tuple(quotes),
        people=tuple(person for person in people if person.name),
        voice="" if name else voice,
    )


def propose(notes: ReadNotes, answers: Answers | None = None, *, today: date) -> Proposal:
    """As `stories.proposals.propose`; of a talk, the quotes are the customer's telling lines."""
    if not isinstance(notes, Talk):
        return propose_from_notes(notes, answers, today=today)
    given = answers or Answers()
    customer = customer_of(notes, given)
    lines = lines_of(notes, customer)
    if not lines:
        return propose_from_notes(notes, given, today=today)
    best = tuple(line.text for line in lines[:MOST_QUOTES])
    chosen = best if given.quotes is None else given.quotes
    told = propose_from_notes(notes, replace(given, quotes=chosen), today=today)
    ordered = sorted(lines, key=lambda line: (line.turn, line.first))
    hidden = others(notes, customer)
    unsure = not notes.transcript.marked and given.quotes is None
    why = _("the transcript does not say who speaks, so any of these lines may be ours")
    return replace(
        told,
        answers=given,
        candidates=tuple(dict.fromkeys(clean(hide_others(line.text, hidden, ())) for line in ordered)),
        gaps=(*told.gaps, Gap(Open.QUOTES, why)) if unsure else told.gaps,
    )


def lines_of(talk: Talk, customer: str) -> tuple[Line, ...]:
    """The customer's lines worth quoting, best first; of a talk without speakers, anybody's."""
    turns: Sequence[Turn] = talk.transcript.turns
    if not talk.transcript.marked:
        turns = [replace(turn, who=_SOMEBODY) for turn in turns]
        return telling_lines(turns, {_SOMEBODY}, most=MOST_LINES)
    theirs = {turn.who for turn in turns if turn.who and fold(turn.who) == fold(customer or talk.voice)}
    return telling_lines(turns, theirs, most=MOST_LINES)


def _signed(quote: FoundQuote, name: str) -> FoundQuote:
    """A quote under a name; under none it counts as chosen words, as turns of nobody are not theirs."""
    return replace(quote, who=name, heard=quote.heard if name else Heard.BLOCKQUOTE)


def _quotes(transcript: Transcript) -> list[FoundQuote]:
    """What those said who are not us: what the parts of a write-up are looked for in."""
    theirs = {voice.who for voice in transcript.voices if voice.who and voice.side is not Side.US}
    return [
        FoundQuote(cut(turn.text, LONGEST_QUOTE)[0], turn.who, turn.line, Heard.TURN)
        for turn in transcript.turns
        if turn.who in theirs and len(turn.text.split()) >= _FEWEST_WORDS
    ]
