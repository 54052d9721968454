"""All that the results of a search are made of, in two turns to the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from storage import (
    account_teams,
    asked_before,
    customer_colleagues,
    customers,
    priorities_shown,
    search_due,
    search_finding,
    story_loading,
)
from storage.asked_before import Agreed, Served
from storage.rows import run_several
from stories.story import Story
from stories.values import dataclass

MOST_WAITING = 500
"""Stories whose texts the index does not have yet that are told of: those told a moment ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What else is to be known of whoever searches.

    `waiting` are stories that the index does not have yet (the newest first), `themselves` the customers who
    are this person.
    """

    waiting: tuple[int, ...]
    themselves: frozenset[int]
    on_a_team: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """Stories in no particular order with what is asked before they are told, and comments by their keys."""

    stories: tuple[Story, ...]
    agreed: Agreed
    served: Served
    comments: Mapping[tuple[int, str], Any]
    around: Around


async def look(
    session: AsyncSession,
    workspace_id: str,
    user_id: str,
    interview_ids: Sequence[int],
    keys: Sequence[tuple[int, str]],
    today: date,
) -> Looked:
    """The stories of these conversations, these comments (by source and key) and what is around them."""
    own = {"workspace": workspace_id}
    whole, comments, waiting, themselves, teams = await run_several(
        session,
        [
            (story_loading.BY_INTERVIEWS, {**own, "interviews": list(interview_ids)}),
            (search_finding.COMMENTS, search_finding.keyed(workspace_id, keys)),
            (search_due.NEWEST, {**own, "most": MOST_WAITING}),
            (customer_colleagues.WHO_ARE, {**own, "user": user_id}),
            (account_teams.TEAMS, {**own, "user": user_id}),
        ],
    )
    stories, agreed, served = await _told_of(session, workspace_id, whole.all(), today)
    return Looked(
        stories=stories,
        agreed=agreed,
        served=served,
        comments=search_finding.commented(comments, keys),
        around=Around(
            waiting=tuple(row.id for row in waiting),
            themselves=frozenset(row.customer_id for row in themselves),
            on_a_team=teams.first() is not None,
        ),
    )


async def _told_of(
    session: AsyncSession, workspace_id: str, whole: Sequence[Any], today: date
) -> tuple[tuple[Story, ...], Agreed, Served]:
    if not whole:
        return (), {}, {}
    of_customers, talks = {row.customer_id for row in whole}, [row.interview_id for row in whole]
    said, clicked, agreed, served = await run_several(
        session,
        [
            *story_loading.parts_of(workspace_id, whole),
            *asked_before.questions(workspace_id, of_customers, talks, today),
        ],
    )
    stories = story_loading.made(whole, said, clicked)
    return stories, customers.consented(agreed), priorities_shown.serving(served)
