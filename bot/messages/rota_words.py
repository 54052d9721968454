"""Times, languages and names as the rota's messages say them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from stories import speaking
from stories.calendars import known_zone
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import Seniority

LANGUAGES: Final = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "hu", "ro", "el"),
    *("tr", "uk", "ru", "ar", "he", "hi", "bn", "ja", "ko", "zh", "id", "vi", "th"),
)
"""Languages that somebody can choose; any other two- or three-letter code comes with a list."""


def language(code: str) -> str:
    """What a language is called: "German"; the code itself for one that nobody knows."""
    return speaking.language_called(code)


def languages(codes: tuple[str, ...]) -> str:
    """Several of them: "English, German"."""
    return ", ".join(language(code) for code in codes)


def when(moment: datetime, party: Party) -> str:
    """A moment by the clock of somebody there: "Tuesday 24 November, 14:00"."""
    local = moment.astimezone(known_zone(party.time_zone))
    return f"{speaking.day_in_week(local.date())}, {speaking.clock(local.time())}"


def both_clocks(moment: datetime, ours: Party, theirs: Party) -> str:
    """The moment by our clock, and by theirs where that is another."""
    here, there = when(moment, ours), when(moment, theirs)
    if here == there:
        return here
    if here.partition(",")[0] == there.partition(",")[0]:
        there = there.rpartition(" ")[2]
    return _("{here} ({there} where they are)").format(here=here, there=there)


def called(name: str, company: str) -> str:
    """A customer by name, and their company where it is known."""
    return _("{name} of {company}").format(name=name, company=company) if company else name


def seniority(which: Seniority) -> str:
    """Where somebody stands, in words."""
    return {
        Seniority.HANDS_ON: _("I make, sell or support things"),
        Seniority.LEAD: _("I lead a team"),
        Seniority.LEADERSHIP: _("I lead the company, or a part of it"),
    }[which]
