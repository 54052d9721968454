"""Hints for somebody at a terminal, below a conversation as it was found: kind, dim, and kept nowhere."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.text import Text

from bot.messages.hint_words import title, why
from stories.forms import Form, Step
from stories.hints.hints import Hint, Points, hints_for
from stories.proposals import Proposal
from stories.text import one_line, shortened

MOST = 2
_LONGEST = 120


def hints_of(proposal: Proposal) -> tuple[Hint, ...]:
    """What may be pointed at in a conversation that was found; what it does not have is no reason for one."""
    form = Form(
        name=proposal.customer,
        happened=proposal.happened.text,
        quotes=proposal.quotes,
        meaning=proposal.meaning.text,
    )
    found = hints_for(form, Step.PREVIEW, most=MOST + 1)
    return tuple(hint for hint in found if hint.points is not Points.MISSING)[:MOST]


def hint_lines(proposal: Proposal) -> RenderableType | None:
    """The same in words; None where there is nothing to say."""
    lines = [_line(hint) for hint in hints_of(proposal)]
    return Group(*lines) if lines else None


def _line(hint: Hint) -> Text:
    words = shortened(one_line(hint.words), _LONGEST)
    return Text(f"{title(hint.points)} “{words}”\n{why(hint.points)}", style="dim italic")
