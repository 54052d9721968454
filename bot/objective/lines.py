"""What happened for an objective, in words that may be read at this moment. Nothing of it is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.showing import told
from storage import happened, stories
from stories.consent import Purpose
from stories.objectives.happened import Happened, by_aim
from stories.objectives.objective import Aim, Objective
from stories.story import Story, Telling, preview
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened. `title` is its story's as told without a name, "" where it may not be told.

    `changed` is the sentence of what was changed. `customer_id` and `interview_id`: whose words stand
    in either.
    """

    happened: Happened
    title: str = ""
    changed: str = ""
    customer_id: int | None = None
    interview_id: int | None = None

    @property
    def key(self) -> str:
        """What names it for good."""
        return self.happened.key


async def lines_of(
    session: AsyncSession, workspace_id: str, objective: Objective, now: datetime
) -> dict[Aim, tuple[Line, ...]]:
    """All that happened in the objective's period, of each kind the latest first."""
    found = await happened.between(session, workspace_id, objective.user_id, objective.first, objective.last)
    wanted = sorted({one.story_id for one in found if one.story_id is not None})
    loaded = await stories.some(session, workspace_id, wanted)
    may_be_told = {one.story_id for one in await told(session, workspace_id, loaded, now)}
    shown = {one.id: one for one in loaded if one.id in may_be_told}
    return {aim: tuple(_line(one, shown) for one in some) for aim, some in by_aim(found).items()}


async def latest_day(session: AsyncSession, workspace_id: str, objective: Objective) -> date | None:
    """The day on which something last happened for it; None where nothing did."""
    found = await happened.between(session, workspace_id, objective.user_id, objective.first, objective.last)
    return max((one.on for one in found), default=None)


def stories_in(lines: Mapping[Aim, Sequence[Line]]) -> frozenset[int]:
    """The stories whose titles stand in these."""
    return frozenset(
        line.happened.story_id
        for some in lines.values()
        for line in some
        if line.happened.story_id is not None and line.title
    )


def _line(one: Happened, shown: Mapping[int, Story]) -> Line:
    story = shown.get(one.story_id) if one.story_id is not None else None
    # With their name they agreed to be told in a story; a page about a colleague is none.
    telling = preview(story, Purpose.WITHOUT_NAME) if story is not None else None
    if story is None or telling is None:
        return Line(happened=one)
    return Line(
        happened=one,
        title=telling.title,
        changed=_changed(one, telling),
        customer_id=story.interview.customer.id,
        interview_id=story.interview.id,
    )


def _changed(one: Happened, telling: Telling) -> str:
    return next((end.words for end in telling.endings if end.follow_up_id == one.follow_up_id), "")
