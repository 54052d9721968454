"""A story of our own for a lesson, as it may be told to its reader at this moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.own_customers import not_about
from bot.showing import told
from storage import homes, stories
from stories.hints.ruling import rules_for
from stories.lessons.values import Shows
from stories.story import Telling

MOST_READ = 40
"""The newest stories that are looked at for one that fits."""
_SAYS_ENOUGH = 20
"""Letters of a thought that is worth showing."""


async def example(
    session: AsyncSession, workspace_id: str, reader: str, shows: Shows, now: datetime
) -> Telling | None:
    """The newest published story that shows this, rather a colleague's than one's own; None for none."""
    ids = await homes.latest_published(session, workspace_id, most=MOST_READ)
    loaded = await stories.some(session, workspace_id, ids)
    tellings = await told(session, workspace_id, loaded, now)
    fitting = [one for one in tellings if fits(one, shows)]
    shown = await not_about(session, workspace_id, reader, fitting)
    return next((one for one in shown if one.author_id != reader), shown[0] if shown else None)


def fits(telling: Telling, shows: Shows) -> bool:
    """Whether a story shows what a lesson wants to show."""
    match shows:
        case Shows.QUOTE:
            return any(_own_words(quote) for quote in telling.quotes)
        case Shows.SO_WHAT:
            return len(telling.meaning) >= _SAYS_ENOUGH and _thought(telling)
        case Shows.CHANGE:
            return bool(telling.endings)
        case Shows.WITHOUT_NAME:
            return not telling.named


def _own_words(quote: str) -> bool:
    rules = rules_for(quote)
    return rules is None or not rules.is_retold(quote, ())


def _thought(telling: Telling) -> bool:
    rules = rules_for(telling.meaning, telling.happened, *telling.quotes)
    return rules is None or rules.so_what(telling.meaning, telling.happened, telling.quotes) is None
