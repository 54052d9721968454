"""An objective's kinds and what happened for it, in words."""

from __future__ import annotations

from datetime import date

from bot.messages.dates import day
from bot.objective.lines import Line
from stories.language import _
from stories.objectives.happened import What
from stories.objectives.objective import Aim


def aim(which: Aim) -> str:
    """What a kind of objective is called."""
    return {
        Aim.GATHERING: _("Gathering insight"),
        Aim.MAKING_SENSE: _("Making sense of it"),
        Aim.CHANGING: _("Bringing about a change"),
    }[which]


def period(first: date, last: date) -> str:
    """The days of an objective: "1 October 2026 to 31 December 2026"."""
    return _("{first} to {last}").format(first=day(first), last=day(last))


def sentence(line: Line, who: str = "") -> str:
    """One thing that happened, unescaped; `who` is how a colleague is called who did it."""
    one = line.happened
    if line.title:
        return _of_story(line, who)
    words = {
        What.WROTE_UP: _("Wrote up a conversation with a customer, which is not shared"),
        What.TALKED: _("Talked with a customer"),
        What.LISTENED: _("Listened in on a colleague’s conversation with a customer"),
        What.HELPED: _("Helped a customer"),
        What.ASKED: _("Wanted to know of customers: “{words}”"),
        What.NAMED: _("Gave a theme its name: “{words}”"),
        What.SORTED: _("Sorted what customers said about “{words}”"),
        What.OWNS: _("Looks after one of the top three: “{words}”"),
        What.DID: _("Did what a customer’s story asked for; the story is not shown any more"),
        What.CAME: _("{who} changed something because of a story that is not shown any more"),
    }[one.what]
    return words.format(words=one.words, who=who)


def _of_story(line: Line, who: str) -> str:
    if line.happened.what is What.WROTE_UP:
        said = _("Wrote up “{title}”")
    elif line.happened.what is What.DID and line.changed:
        said = _("Because of “{title}”: {changed}")
    elif line.happened.what is What.DID:
        said = _("Did what “{title}” asked for")
    elif line.changed:
        said = _("{who}, because of “{title}”: {changed}")
    else:
        said = _("{who} did what “{title}” asked for")
    return said.format(title=line.title, changed=line.changed, who=who)
