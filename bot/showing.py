"""What of a story may be shown to others right now: asked anew every time, never remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import customers, stories
from stories.story import Story, Telling, tell


async def show(session: AsyncSession, workspace_id: str, story_id: int, at: datetime) -> Telling | None:
    """The story as others may read it at this moment; None when nothing of it may be shown."""
    found = await show_some(session, workspace_id, [story_id], at)
    return found[0] if found else None


async def show_some(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int], at: datetime
) -> tuple[Telling, ...]:
    """Those of these stories that may be shown, in the order asked for."""
    return await told(session, workspace_id, await stories.some(session, workspace_id, story_ids), at)


async def told(
    session: AsyncSession, workspace_id: str, loaded: Iterable[Story], at: datetime
) -> tuple[Telling, ...]:
    """Those of these stories that may be shown, as others may read them."""
    loaded = tuple(loaded)
    of_customers = {story.interview.customer.id for story in loaded}
    agreed = await customers.consents(session, workspace_id, of_customers)
    tellings = (tell(story, agreed.get(story.interview.customer.id, ()), at) for story in loaded)
    return tuple(telling for telling in tellings if telling is not None)
