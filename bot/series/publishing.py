"""An editor publishes a draft: what is neither sourced nor signed is refused here, whatever a window says."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention, halting
from bot.desk import Desk
from bot.messages import series_notes as words
from bot.own_customers import learn
from bot.series import drafts, posting
from bot.series.seasons import note
from storage import series, series_episodes, series_follows, series_questions
from storage.attention import Unasked
from stories.errors import UserError
from stories.language import _
from stories.series.episodes import Episode, Shape
from stories.text import one_line
from stories.values import dataclass

MOST_QUESTIONS, LONGEST_QUESTION = 5, 200
"""Questions under one episode, and characters of one."""

ASKING_SECONDS = 1.2
"""How long an editor who publishes waits for Slack's word on all places: Slack gives up after three."""

_AT_ONCE = 8
"""Channels that Slack is asked about at a time."""

DRAFT_WAITS = "series_draft"
"""What editors are told of a draft as."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an episode goes: how many read there, in which shape it is told, and whether that is tried."""

    place: str
    readers: int
    shape: Shape
    trial: bool = False


async def readers(
    desk: Desk, client: AsyncWebClient, workspace_id: str, *, seconds: float = ASKING_SECONDS
) -> dict[str, int]:
    """The places that follow, and how many people each reaches as far as Slack tells (1 for a person).

    0 where it does not tell within `seconds`. To be called before the transaction; who works here and is a
    customer is asked with it.
    """
    async with desk.read() as session:
        places = await series_follows.places(session, workspace_id)
    found = {place: int(attention.to_person(place)) for place in places}
    at_a_time = asyncio.Semaphore(_AT_ONCE)

    async def ask(place: str) -> None:
        async with at_a_time:
            found[place] = await _members(desk, client, workspace_id, place)

    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(ask(place) for place, known in found.items() if not known))
    return found


async def _members(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str) -> int:
    """How many are in a channel; 0 where Slack does not tell."""
    try:
        await learn(desk, client, workspace_id, channel_id)
        members = desk.colleagues.members
        there = members.known(workspace_id, channel_id) or await members.ask(client, workspace_id, channel_id)
    except (SlackClientError, OSError, TimeoutError):
        return 0
    return len(there) if there else 0


async def publish(
    session: AsyncSession,
    workspace_id: str,
    episode_id: int,
    places: Sequence[Place],
    questions: Sequence[str],
    *,
    by: str,
    command: str,
    now: datetime,
) -> Episode:
    """Let a draft be told wherever it is followed; the outbox wants waking after the commit.

    Raises UserError for a draft with a sentence that is neither sourced nor signed, and for one that is gone.
    """
    at_hand = await drafts.in_hand(session, workspace_id, episode_id, now)
    drafts.refuse_unsourced(at_hand)
    episode, season = at_hand.episode, at_hand.season
    if not await series_episodes.publish(session, workspace_id, episode_id, by=by, now=now):
        raise UserError(_published())
    for one in await series_episodes.of_season(session, workspace_id, season.id):
        if one.id is not None and one.id != episode_id:
            await end_vote(session, workspace_id, one.id, now=now)
    for asked in tidy(questions):
        await offer_question(session, workspace_id, episode, asked, by=by, now=now)
    for place in places:
        await _offer(session, workspace_id, episode_id, place, command=command, now=now)
    next_on = episode.next_on or now.date() + timedelta(days=season.every_days)
    await series.look_again(session, workspace_id, season.id, next_on)
    await note(session, workspace_id, "publish_episode", episode_id, kind="episode", by=by, now=now)
    say = partial(words.draft_settled, season.title, episode.number, by, published=True)
    await halting.answer_for_all(session, workspace_id, f"{DRAFT_WAITS}:{episode_id}", say, now=now)
    return episode


async def throw_away(
    session: AsyncSession, workspace_id: str, episode_id: int, *, by: str, now: datetime
) -> None:
    """Throw a draft away; it is looked again in a while. Raises UserError for one that is gone."""
    at_hand = await drafts.in_hand(session, workspace_id, episode_id, now)
    season = at_hand.season
    if not await series_episodes.drop(session, workspace_id, episode_id):
        raise UserError(_published())
    next_on = now.date() + timedelta(days=season.every_days)
    await series.look_again(session, workspace_id, season.id, next_on)
    await note(session, workspace_id, "drop_episode", episode_id, kind="episode", by=by, now=now)
    say = partial(words.draft_settled, season.title, at_hand.episode.number, by, published=False)
    await halting.answer_for_all(session, workspace_id, f"{DRAFT_WAITS}:{episode_id}", say, now=now)


def _published() -> str:
    return _("Somebody published it a moment ago.")


async def offer_question(
    session: AsyncSession, workspace_id: str, episode: Episode, asked: str, *, by: str, now: datetime
) -> int | None:
    """Put a question to the vote under an episode; its id, None where there is room for no more."""
    if episode.id is None or episode.customer_id is None:
        return None
    there = await series_questions.questions(session, workspace_id, episode.id)
    if len(there) >= MOST_QUESTIONS:
        return None
    return await series_questions.offer(
        session, workspace_id, episode.id, episode.customer_id, asked, by=by, now=now
    )


async def end_vote(session: AsyncSession, workspace_id: str, episode_id: int, *, now: datetime) -> bool:
    """End an episode's vote where one is on: its posts show what is asked next. Tells whether one was on."""
    there = await series_questions.questions(session, workspace_id, episode_id)
    if not any(one.state is series_questions.QuestionState.OFFERED for one in there):
        return False
    await series_questions.choose(session, workspace_id, episode_id)
    await posting.follow(session, workspace_id, episode_id, now=now, at_once=False)
    return True


def tidy(questions: Sequence[str]) -> tuple[str, ...]:
    """Questions as they may be asked: on one line, each once. Raises UserError for one that is too long."""
    found = dict.fromkeys(one_line(one) for one in questions if one_line(one))
    if any(len(one) > LONGEST_QUESTION for one in found):
        said = _("A question has at most {most} characters.").format(most=LONGEST_QUESTION)
        raise UserError(said, field="questions")
    if len(found) > MOST_QUESTIONS:
        said = _("At most {most} questions are voted on at a time.").format(most=MOST_QUESTIONS)
        raise UserError(said, field="questions")
    return tuple(found)


async def _offer(
    session: AsyncSession, workspace_id: str, episode_id: int, to: Place, *, command: str, now: datetime
) -> None:
    about = {
        "episode": episode_id,
        "readers": to.readers,
        "format": to.shape.format.value,
        "quotes": to.shape.quotes,
        "trial": to.trial,
        "command": command,
    }
    slot = posting.slot_of(episode_id)
    what = Unasked(place=to.place, kind=posting.EPISODE, slot_key=slot, about=about)
    await attention.offer(session, workspace_id, what, now=now)
