"""What on an App Home is everybody's, seen from what somebody leads and follows: top three, NPS, voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.home_near import Around, measured
from bot.priorities.measured import Standing, Trend, ledger_on, standing_now, trends
from storage import homes_own, nps_counts, nps_words, offers, priorities
from stories.digest import topics
from stories.priorities.priority import Priority, Segment
from stories.story import Telling
from stories.values import dataclass

FOLLOWS = "follows"
"""Under this key somebody's settings keep the kinds of customers that they chose to follow."""

MOST_TRENDS, MOST_VOICES, MOST_FOLLOWED = 3, 2, 8
_VOICES_READ = 8
"""Stories that are looked at: some may be this person's own, or not be shown any more."""

EVERYBODY: Segment = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Led:
    """The quarter's top three, NPS of what somebody follows, and the newest stories of these customers.

    `follows`: whether anything is followed; else NPS is that of everybody. `by_channels`: whether what is
    followed is what their channels hear of, and nothing that they chose or own.
    """

    standing: tuple[Standing, ...] = ()
    trends: tuple[Trend, ...] = ()
    voices: tuple[int, ...] = ()
    follows: bool = False
    by_channels: bool = False


async def led_by(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    settings: Mapping[str, Any],
    around: Around,
    now: datetime,
) -> Led:
    """What this person leads and follows as it stands now."""
    ledger = await ledger_on(session, workspace_id, now)
    ledger.words = await nps_words.words(session, workspace_id)
    chosen = await priorities.standing(session, workspace_id, ledger.today)
    own = _own(chosen_by(settings), chosen, user_id, around)
    cells = await homes_own.followed_by(session, workspace_id, user_id)
    # Whoever chose by themself does not hear of what a channel happens to be told.
    heard = () if chosen_by(settings) else around.heard
    followed = tuple(dict.fromkeys(one for one in (*own, *cells, *heard) if one))
    shown = measured(followed, ledger.words.values)[:MOST_TRENDS]
    under = {topic for one in followed[:MOST_FOLLOWED] for _name, value in one for topic in topics(value, ())}
    found = await homes_own.newest_under(session, workspace_id, under, most=_VOICES_READ)
    known = await trends(ledger, shown or [EVERYBODY])
    return Led(
        standing=await standing_now(ledger, chosen),
        trends=tuple(one for one in known if followed or one.latest is not None),
        voices=found,
        follows=bool(followed),
        by_channels=bool(followed) and not any((*own, *cells)),
    )


async def followable(session: AsyncSession, workspace_id: str) -> list[Segment]:
    """The kinds of customers that can be followed: those of answers to NPS, then those of stories alone."""
    known = await nps_counts.vocabulary(session, workspace_id)
    found: list[Segment] = [((name, value),) for name, values in known.items() for value in values]
    counted = {value.casefold() for values in known.values() for value in values}
    told = (await offers.topics(session, workspace_id)).segments
    return [*found, *((("", value),) for value in told if value.casefold() not in counted)]


def chosen_by(settings: Mapping[str, Any]) -> tuple[Segment, ...]:
    """The kinds of customers that somebody chose to follow; one without a property is of stories alone."""
    return tuple(((str(name), str(value)),) for name, value in settings.get(FOLLOWS, ()))


def fresh(
    found: Sequence[int], tellings: Mapping[int, Telling], apart: frozenset[int]
) -> tuple[Telling, ...]:
    """The first two of these that may be told and in which somebody speaks, of other people."""
    told = (tellings[number] for number in found if number in tellings and number not in apart)
    return tuple(telling for telling in told if telling.quotes)[:MOST_VOICES]


def _own(
    own: Sequence[Segment], chosen: Sequence[Priority], user_id: str, around: Around
) -> tuple[Segment, ...]:
    """What somebody chose, and what they own: of the top three, of accounts and of projects."""
    owned = [one.segment for one in chosen if one.owner_id == user_id]
    return (*own, *owned, *around.owned(user_id))
