"""What of that which rules brought may be shown in a channel at this moment: asked anew every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.own_customers import meets
from bot.search_seeing import Comment
from bot.showing import subjects_of, told
from storage import channels, search_finding, stories
from storage.deliveries import Subject
from storage.routes import Item
from stories.digest import understood
from stories.languages import written_in
from stories.routing.rule import Rule
from stories.story import Story, Telling
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A comment, or a story as others may read it; one of both is there. `fits` needs more of an answer."""

    comment: Comment | None = None
    properties: Mapping[str, str] | None = None
    telling: Telling | None = None
    score: int | None = None
    subjects: tuple[Subject, ...] = ()

    @property
    def day(self) -> date | None:
        """When it was said."""
        if self.comment is not None:
            return self.comment.day
        return self.telling.talked_on if self.telling is not None else None

    def fits(self, rule: Rule) -> bool:
        """Whether it is what a rule asks for, as it reads now."""
        if not rule.fits_score(self.score):
            return False
        if self.telling is not None:
            return rule.fits_segment(self.telling.segment)
        return rule.fits_properties(self.properties or {})


async def shown(
    session: AsyncSession, workspace_id: str, items: Sequence[Item], channel_id: str, at: datetime
) -> dict[Item, Shown]:
    """Those of these that may be shown in this channel now, in a language that it wants.

    No words of whom would meet their own there.
    """
    keys = [(one.source_id, one.answer_key) for one in items if one.source_id and one.answer_key]
    answers = await search_finding.comments(session, workspace_id, keys) if keys else {}
    ids = [one.story_id for one in items if one.story_id is not None]
    channel = await channels.get(session, workspace_id, channel_id)
    wanted = channel.digest.languages if channel else frozenset[str]()
    tales = await _stories(session, workspace_id, ids, channel_id, at) if ids else {}
    found: dict[Item, Shown] = {}
    for item in items:
        row = answers.get((item.source_id or 0, item.answer_key or ""))
        if item.story_id in tales:
            story, telling = tales[item.story_id]
            if not understood(story.interview.language, wanted):
                continue
            score, subjects = story.interview.score, subjects_of(story)
            found[item] = Shown(telling=telling, score=score, subjects=subjects)
        elif row is not None and row.comment and (not wanted or understood(written_in(row.comment), wanted)):
            comment = Comment(source=row.source, score=row.score, day=row.day, words=row.comment)
            properties = {str(name): str(value) for name, value in row.properties.items()}
            found[item] = Shown(comment=comment, score=row.score, properties=properties)
    return found


async def _stories(
    session: AsyncSession, workspace_id: str, ids: Sequence[int], channel_id: str, at: datetime
) -> dict[int | None, tuple[Story, Telling]]:
    absent = await meets(session, workspace_id, channel_id)
    loaded = await stories.some(session, workspace_id, ids)
    may = {story.id: story for story in loaded if story.interview.customer.id not in absent}
    tellings = await told(session, workspace_id, may.values(), at)
    return {one.story_id: (may[one.story_id], one) for one in tellings}
