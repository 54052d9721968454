"""Asking somebody at a terminal about each conversation: keep, skip, edit, all the rest, quit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import click
from rich.console import Console

from bot.importing import screen
from bot.importing.bringing_in import Decision, Found, Stopped, as_found
from bot.importing.hinting import hint_lines
from bot.importing.voices import ask_voice, trimmed, unconfirmed
from stories.forms import MOST_QUOTES
from stories.language import _
from stories.proposals import Answers, Open, Proposal
from stories.talks import Talk, propose
from stories.text import one_line

MOST_SHOWN = 20
"""Sentences that are offered for quoting at once."""

NOBODY = "-"


class Asking:
    """Decides by asking; once told to take all the rest as found, it asks no more."""

    def __init__(self, console: Console, *, today: date, hints: bool = True) -> None:
        self._console, self._today, self._hints = console, today, hints
        self.rest_as_found = False

    def __call__(self, found: Found) -> Decision:
        """What somebody wants done with this one. Raises bringing_in.Stopped when they want to stop."""
        while not self.rest_as_found:
            self._console.print(screen.conversation(found))
            said = hint_lines(found.proposal) if self._hints else None
            if said is not None:
                self._console.print(said, highlight=False)
            choice = self._choice()
            if choice == "q":
                raise Stopped
            if choice == "s":
                return Decision()
            if choice == "a":
                self.rest_as_found = True
            elif choice == "e":
                found = replace(found, proposal=self._edited(found.proposal))
            else:
                settled = self._settled(found.proposal)
                if not settled.gaps:
                    return Decision(keep=settled)
                found = replace(found, proposal=settled)
        return as_found(found)

    def _choice(self) -> str:
        asked = _("(k)eep, (s)kip, (e)dit, (a)ll the rest as found, (q)uit")
        letters = click.Choice(["k", "s", "e", "a", "q"], case_sensitive=False)
        return str(click.prompt(asked, type=letters, show_choices=False)).lower()

    def _settled(self, proposal: Proposal) -> Proposal:
        """The proposal after everything open was asked once; of a talk, what is to be confirmed as well."""
        for what in Open:
            if any(gap.what is what for gap in proposal.gaps) or unconfirmed(proposal, what):
                proposal = self._answered(proposal, what.value)
        return proposal

    def _edited(self, proposal: Proposal) -> Proposal:
        fields = click.Choice(list(self._questions()), case_sensitive=False)
        return self._answered(proposal, str(click.prompt(_("Which field?"), type=fields)).lower())

    def _answered(self, proposal: Proposal, field: str) -> Proposal:
        notes = proposal.notes
        if isinstance(notes, Talk) and notes.transcript.marked and field == Open.CUSTOMER:
            notes, answers = ask_voice(self._console, proposal, notes)
        else:
            answers = self._questions()[field](proposal)
        return propose(notes, answers, today=self._today)

    def _questions(self) -> dict[str, Callable[[Proposal], Answers]]:
        return {
            "title": lambda p: replace(p.answers, title=_typed(_("Title"), p.title)),
            "day": self._day,
            "customer": self._customer,
            "company": lambda p: replace(p.answers, company=_typed(_("Company (“-” for none)"), p.company)),
            "quotes": self._quotes,
            "trying_to": lambda p: replace(
                p.answers, trying_to=_typed(_("What they wanted"), p.trying_to.text)
            ),
            "happened": lambda p: replace(p.answers, happened=_typed(_("What happened"), p.happened.text)),
        }

    def _day(self, proposal: Proposal) -> Answers:
        days = proposal.days
        if days:
            self._console.print(screen.days_to_choose(days), highlight=False)
        asked = _("Which day did you talk? A number, or YYYY-MM-DD") if days else _("Which day? YYYY-MM-DD")

        def read(typed: str) -> date:
            if typed.isdecimal() and 1 <= int(typed) <= len(days):
                return days[int(typed) - 1]
            try:
                day = date.fromisoformat(typed.strip())
            except ValueError:
                raise click.BadParameter(_("Please type a day such as 2026-03-31.")) from None
            if day > self._today:
                raise click.BadParameter(_("That day is still to come; choose today or earlier."))
            return day

        return replace(proposal.answers, day=click.prompt(asked, value_proc=read))

    def _customer(self, proposal: Proposal) -> Answers:
        voices = proposal.voices
        if voices:
            self._console.print(
                "   ".join(f"{n}) {one_line(v)}" for n, v in enumerate(voices, 1)), markup=False
            )
        typed = _typed(
            _("Who is the customer? A number or a name, “-” when nobody is named"), proposal.customer
        )
        if typed.isdecimal() and 1 <= int(typed) <= len(voices):
            typed = voices[int(typed) - 1]
        # Quotes and company that were chosen for somebody else do not follow.
        return replace(proposal.answers, customer=typed, quotes=None, company=None)

    def _quotes(self, proposal: Proposal) -> Answers:
        shown = _offered(proposal)
        if not shown:
            said = _typed(_("A sentence in the customer’s own words, as they said it (Enter to skip)"), "")
            return replace(proposal.answers, quotes=(said,) if said else None)
        self._console.print(screen.choices(proposal, shown))

        def read(typed: str) -> tuple[str, ...]:
            numbers = typed.replace(",", " ").split()
            if not numbers:
                return proposal.quotes
            if len(numbers) > MOST_QUOTES or not all(
                n.isdecimal() and 1 <= int(n) <= len(shown) for n in numbers
            ):
                raise click.BadParameter(_("Please type one to five of the numbers above, such as 2 5 7."))
            return tuple(dict.fromkeys(shown[int(number) - 1] for number in numbers))

        asked = _("Which are the customer’s? Up to five numbers, the best first; Enter takes those with *")
        chosen = click.prompt(asked, default="", show_default=False, value_proc=read)
        if isinstance(proposal.notes, Talk):
            chosen = trimmed(self._console, chosen)
        return replace(proposal.answers, quotes=chosen)


def _offered(proposal: Proposal) -> list[str]:
    """The proposed sentences and the first others, in the notes' order."""
    room = MOST_SHOWN - len(proposal.quotes)
    others = [words for words in proposal.candidates if words not in proposal.quotes][: max(0, room)]
    return [words for words in proposal.candidates if words in proposal.quotes or words in others]


def _typed(asked: str, known: str) -> str:
    """One line, as it was when nothing is typed; "-" for nothing at all."""
    typed = click.prompt(asked, default=one_line(known), show_default=len(known) < 80)
    return "" if typed.strip() == NOBODY else str(typed).strip()
