"""Asking somebody at a terminal who in a talk is the customer, and what of a line is kept as a quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from stories.language import _
from stories.notes import Side
from stories.notes.labels import role_side
from stories.proposals import Answers, Open, Proposal
from stories.sentences import sentences, trim
from stories.talks import Talk, lines_of, named
from stories.text import clean, one_line
from stories.transcripts import Voice
from stories.transcripts.moments import written

NOBODY = "-"
_MOST_SHOWN = 12


def unconfirmed(proposal: Proposal, what: Open) -> bool:
    """Whether this was only proposed from a talk, and a person who is there anyhow should say yes to it."""
    if not isinstance(proposal.notes, Talk) or not proposal.notes.transcript.marked:
        return False
    answered = {Open.CUSTOMER: proposal.answers.customer, Open.QUOTES: proposal.answers.quotes}
    return what in answered and answered[what] is None


def ask_voice(console: Console, proposal: Proposal, talk: Talk) -> tuple[Talk, Answers]:
    """Who of those that speak is the customer, and their name; the talk with that name, and the answer."""
    voices = [voice for voice in talk.transcript.voices if voice.who][:_MOST_SHOWN]
    console.print(speakers(voices))
    likely = next((n for n, voice in enumerate(voices, 1) if voice.who == proposal.customer), 0)
    asked = _("Who here is the customer? A number, or a name if it is somebody else")

    def read(typed: str) -> Voice | str:
        if typed.isdecimal():
            if not 1 <= int(typed) <= len(voices):
                raise click.BadParameter(_("Please type one of the numbers above, or a name."))
            return voices[int(typed) - 1]
        return one_line(typed)

    chosen = click.prompt(asked, default=str(likely) if likely else None, value_proc=read)
    # Quotes and company that were chosen for somebody else do not follow.
    answers = replace(proposal.answers, quotes=None, company=None)
    if not isinstance(chosen, Voice):
        return talk, replace(answers, customer="" if chosen == NOBODY else chosen)
    name = chosen.who if is_somebody(chosen.who) else _name_of(chosen.who)
    return named(talk, chosen.who, name), replace(answers, customer=name)


def is_somebody(label: str) -> bool:
    """Whether a label is a name, rather than a role, a number or "Speaker 2"."""
    return role_side(label) is None and sum(character.isalpha() for character in label) > 1


def trimmed(console: Console, quotes: Sequence[str]) -> tuple[str, ...]:
    """The quotes, each of several sentences cut down to those that are chosen; no word is changed."""
    return tuple(_trimmed(console, quote) for quote in quotes)


def speakers(voices: Sequence[Voice]) -> Table:
    """Each voice with its share of the words, how often it asks, and whose side that suggests, and why."""
    sides = {Side.CUSTOMER: _("the customer?"), Side.US: _("one of us?"), Side.UNKNOWN: ""}
    table = Table.grid(padding=(0, 2))
    for number, voice in enumerate(voices, 1):
        table.add_row(
            f"{number})",
            Text(one_line(voice.who)),
            _("{share} of the words").format(share=f"{voice.share:.0%}"),
            Text(f"{sides[voice.side]} {voice.why}".strip(), style="dim"),
        )
    return table


def moments(talk: Talk, customer: str) -> dict[str, str]:
    """Where each offered line stands: its time in the recording, or its line in the file."""
    places = {}
    for line in lines_of(talk, customer):
        at = _("line {line}").format(line=line.line) if line.at is None else written(line.at)
        places[clean(line.text)] = at
    return places


def _name_of(label: str) -> str:
    asked = _("What is the name of “{label}”? (“-” when nobody is to be named)").format(label=one_line(label))
    typed = one_line(str(click.prompt(asked)))
    return "" if typed == NOBODY else typed


def _trimmed(console: Console, quote: str) -> str:
    parts = sentences(quote)
    if len(parts) < 2:
        return quote
    for number, part in enumerate(parts, 1):
        console.print(Text(f"  {number} {one_line(part.text)}"))

    def read(typed: str) -> str:
        numbers = typed.replace(",", " ").split()
        if not all(n.isdecimal() and 1 <= int(n) <= len(parts) for n in numbers):
            raise click.BadParameter(_("Please type some of the numbers above, or Enter for all."))
        return trim(quote, {int(n) - 1 for n in numbers}) if numbers else quote

    asked = _("Which of these sentences stay? Numbers; Enter keeps them all")
    return str(click.prompt(asked, default="", show_default=False, value_proc=read))
