"""Nothing is told without name while something that was found in it is undecided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.interview_stories import as_story
from bot.showing import levels
from storage import interviews
from stories import speaking
from stories.consent import Purpose
from stories.errors import UserError
from stories.forms import Form, level_of
from stories.hiding import findings, undecided
from stories.language import _
from stories.story import Story


def refuse_undecided(story: Story, level: Purpose) -> None:
    """Raises UserError for a story that is to be told without name before its author has looked at it."""
    open_ones = undecided(story.interview) if level is Purpose.WITHOUT_NAME else ()
    if open_ones:
        raise UserError(
            _(
                "Before others read this without a name, please decide what becomes of {names}: "
                "press *Edit* and go to the last step."
            ).format(names=speaking.listed(speaking.quoted(one.text) for one in open_ones[:5]))
        )


def with_all_hidden(form: Form, *, author_id: str, now: datetime) -> Form:
    """A form without problems, with everything in it hidden that could give somebody away.

    For stories that go out without name and that nobody looks at first.
    """
    if level_of(form) is not Purpose.WITHOUT_NAME:
        return form
    told = as_story(form, None, author_id=author_id, now=now).interview
    return replace(form, hidden=tuple(str(one) for one in findings(told).decisions))


async def hide_undecided(
    session: AsyncSession, workspace_id: str, loaded: Sequence[Story], now: datetime
) -> tuple[Story, ...]:
    """Hide what was found in these stories and nobody has decided about, where they are told without name.

    Whoever narrows what a customer agreed to elsewhere than in the write-up is asked nothing; the author
    finds it ticked there and may let it stand. The stories as they are from now on.
    """
    at_levels = zip(loaded, await levels(session, workspace_id, loaded, now), strict=True)
    return tuple([await _hide(session, workspace_id, story, level) for story, level in at_levels])


async def _hide(session: AsyncSession, workspace_id: str, story: Story, level: Purpose) -> Story:
    told = story.interview
    new = undecided(told) if level is Purpose.WITHOUT_NAME else ()
    if not new:
        return story
    hidden = (*told.hidden, *map(str, new))
    await interviews.hide(session, workspace_id, told.id, hidden)
    return replace(story, interview=replace(told, hidden=hidden))
