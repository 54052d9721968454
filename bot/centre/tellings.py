"""What of stories a viewer of the centre may read now: asked anew of consent with each request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.centre.viewers import Viewer
from bot.own_customers import meets
from bot.showing import told
from bot.terms import rules
from storage import moderation, stories
from storage.moderation import Terms
from stories.consent import Purpose
from stories.story import Story, Telling, preview
from stories.workspace_rules import WorkspaceRules

WALL = "wall"
"""A place of whose readers nobody knows."""


async def tellings(
    session: AsyncSession, viewer: Viewer, story_ids: Sequence[int], at: datetime, *, wall: bool = False
) -> tuple[Telling, ...]:
    """Those of these stories that this viewer may read, in the order asked for.

    A person never meets a story about themselves. A screen, and whatever is on a `wall`, shows none of a
    customer who works here, since they may pass by, and tells all without names: visitors pass by as well.
    """
    wall = wall or viewer.is_screen
    loaded = await stories.some(session, viewer.workspace_id, story_ids)
    absent = await meets(session, viewer.workspace_id, WALL if wall else viewer.user_id)
    loaded = tuple(one for one in loaded if one.interview.customer.id not in absent)
    if not loaded:
        return ()
    terms = await moderation.some(session, viewer.workspace_id, [one.id for one in loaded])
    hold = await rules(session, viewer.workspace_id)
    open_to_all = {one.id: one for one in loaded if _is_for_all(one, terms.get(one.id), hold, at)}
    shown = await told(session, viewer.workspace_id, open_to_all.values(), at)
    return tuple(_unnamed(open_to_all, one) for one in shown) if wall else shown


def _is_for_all(story: Story, terms: Terms | None, hold: WorkspaceRules, at: datetime) -> bool:
    """Whether a story is for the whole organisation today, whatever was decided when it was published."""
    known = terms or Terms(story_id=story.id)
    early = known.not_before is not None and at.date() < known.not_before
    unread = hold.needs_editor(story.interview.customer.segment) and not known.approved_by
    return not (known.account_only or early or unread or known.waits_for)


def _unnamed(known: Mapping[int, Story], telling: Telling) -> Telling:
    if not telling.named:
        return telling
    return preview(known[telling.story_id], Purpose.WITHOUT_NAME) or replace(telling, quotes=())
