"""What a channel's digest holds and says: decided, composed, and composed anew when a story changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention_digest
from bot.attention_digest import FREE, Boarding
from bot.echoes import chosen_once
from bot.messages.digest import Entry, digest_post
from bot.retelling import may_retell, not_overtaken
from bot.showing import subjects_of, told
from bot.told_as import telling_in
from storage import candidates, customers, deliveries, posted, stories, tellings
from storage.candidates import Offer
from storage.deliveries import Post
from stories.attention import DIGEST as DIGEST
from stories.consent import Purpose, sharing
from stories.digest import (
    FRESH_FOR,
    RETELL_AFTER,
    Candidate,
    Choice,
    DigestSettings,
    appreciation_of,
    choose,
)
from stories.story import Story, StoryState, Telling
from stories.values import dataclass

REMEMBERED_FOR = timedelta(days=180)
"""How far back a channel's liking is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Stories chosen for a channel, as they may be told right now: at least one."""

    entries: tuple[Entry, ...]
    stories: tuple[Story, ...]


async def decide(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    wanted: DigestSettings,
    now: datetime,
    absent: Collection[int] = (),
    *,
    asked: bool = False,
) -> tuple[Choice, ...]:
    """What this channel should hear at this moment; nothing that consent does not allow.

    Nothing of these customers either (`absent`, their ids): they would meet their own story there. What
    somebody `asked` for is told even where it is little.
    """
    fresh = await candidates.fresh(session, workspace_id, channel_id, wanted, now - FRESH_FOR)
    fresh = without(await allowed(session, workspace_id, fresh, now), absent)
    heard = await candidates.heard(session, workspace_id, channel_id, now - REMEMBERED_FOR) if fresh else ()
    likes = appreciation_of(heard)
    only_news = replace(wanted, retell=False)

    def pick(_channel_id: str, offers: Sequence[Candidate]) -> tuple[Choice, ...]:
        # Where nothing was heard yet, the first story is told however short it is.
        return choose(offers, only_news, now=now, appreciation=likes, asked=asked or not heard)

    offered = {channel_id: [one.candidate for one in fresh]}
    news = (await chosen_once(session, workspace_id, offered, pick, now))[channel_id]
    if news or not wanted.retell:
        return news
    if not asked and not await may_retell(session, workspace_id, channel_id, wanted, now):
        return news
    loved = await candidates.loved(session, workspace_id, channel_id, wanted, now - RETELL_AFTER)
    loved = without(await allowed(session, workspace_id, loved, now), absent)
    if not asked:
        loved = await not_overtaken(session, workspace_id, channel_id, loved, now)
    return choose([o.candidate for o in loved], wanted, now=now, appreciation=likes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tellable:
    """Stories that were read together, and how those of them read that may be told."""

    stories: Mapping[int, Story]
    tellings: Mapping[int, Telling]

    def digest_of(self, chosen: Sequence[tuple[int, bool]]) -> Digest | None:
        """Of these stories, (id, retold) each, those that may be told; None when none may."""
        shown = [(self.tellings[i], retold) for i, retold in chosen if i in self.tellings]
        if not shown:
            return None
        return Digest(
            entries=tuple(Entry(telling=telling, retold=retold) for telling, retold in shown),
            stories=tuple(self.stories[telling.story_id] for telling, _retold in shown),
        )


async def tellable(
    session: AsyncSession, workspace_id: str, story_ids: Sequence[int], now: datetime
) -> Tellable:
    """These stories as they may be told now; whoever changes one waits until the transaction has ended."""
    await stories.hold(session, workspace_id, story_ids)
    loaded = await stories.some(session, workspace_id, story_ids)
    shown = await told(session, workspace_id, loaded, now)
    return Tellable(
        stories={story.id: story for story in loaded},
        tellings={telling.story_id: telling for telling in shown},
    )


async def gather(
    session: AsyncSession,
    workspace_id: str,
    chosen: Sequence[tuple[int, bool]],
    now: datetime,
    absent: Collection[int] = (),
) -> Digest | None:
    """These stories, (id, retold) each, as they may be told now; None when none of them may.

    Without those of these customers (`absent`, their ids), as in `decide`.
    """
    known = await tellable(session, workspace_id, [story_id for story_id, _retold in chosen], now)
    theirs = {story.id for story in known.stories.values() if story.interview.customer.id in absent}
    return known.digest_of([one for one in chosen if one[0] not in theirs])


async def compose(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    wanted: DigestSettings,
    now: datetime,
    absent: Collection[int] = (),
) -> Digest | None:
    """The digest for somebody who asks for one at this moment; None when there is nothing to tell."""
    choices = await decide(session, workspace_id, channel_id, wanted, now, absent, asked=True)
    return await gather(session, workspace_id, [(c.story_id, c.retold) for c in choices], now)


async def plan(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    digest: Digest,
    *,
    slot: str,
    now: datetime,
    asked_by: str | None = None,
) -> int | None:
    """Put a digest into the outbox and its stories among what the channel heard.

    To be called in the transaction that decided it. The delivery's id; None, with nothing recorded, when the
    slot was decided before or the channel addressed today. One that was asked for takes nothing along.
    """
    boarding: Boarding | None = FREE
    if asked_by is None:
        boarding = await attention_digest.board(session, workspace_id, channel_id, slot, now, digest.stories)
    if boarding is None:
        return None
    first, more = attention_digest.leading(boarding.riders), attention_digest.lines(boarding.riders)
    async with telling_in(session, workspace_id, channel_id) as template:
        payload = digest_post(digest.entries, asked_by=asked_by, first=first, more=more, template=template)
    if payload is None:
        return None
    subjects = [one for story in digest.stories for one in subjects_of(story)]
    subjects += [one for _waiting, made in boarding.riders for one in made.subjects]
    post = Post(
        channel_id=channel_id,
        kind=DIGEST,
        slot_key=slot,
        payload=payload,
        subjects=tuple(dict.fromkeys(subjects)),
        asked_by=asked_by,
    )
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now, seat=boarding.seat)
    if delivery_id is not None:
        await attention_digest.ride_along(session, workspace_id, boarding.riders, delivery_id)
        await tellings.record(session, workspace_id, delivery_id, channel_id, stood(digest), now)
    return delivery_id


def stood(digest: Digest) -> list[tuple[int, int, bool]]:
    """The stories of a digest as they stand in it: (id, position, retold) each."""
    return [
        (entry.telling.story_id, position, entry.retold)
        for position, entry in enumerate(digest.entries)
        if entry.telling
    ]


async def recompose(
    session: AsyncSession, workspace_id: str, delivery_id: int, at: datetime
) -> dict[str, Any] | None:
    """A planned or posted digest as it reads now; None when there is nothing left to show."""
    delivery = await posted.standing(session, workspace_id, delivery_id)
    if delivery is None:
        return None
    places = await tellings.of_delivery(session, workspace_id, delivery_id)
    loaded = await stories.some(session, workspace_id, [place.story_id for place in places])
    shown = {telling.story_id: telling for telling in await told(session, workspace_id, loaded, at)}
    states = {story.id: story.state for story in loaded}
    entries = [
        _place(shown.get(place.story_id), states.get(place.story_id), retold=place.retold) for place in places
    ]
    riders = await attention_digest.riders_of(session, workspace_id, delivery_id, at)
    asked_by = asker_of(delivery.slot_key)
    first, more = attention_digest.leading(riders), attention_digest.lines(riders)
    async with telling_in(session, workspace_id, delivery.channel_id) as template:
        return digest_post(entries, asked_by=asked_by, first=first, more=more, template=template)


def asked_slot(user_id: str, request: str) -> str:
    """The slot of a digest that somebody asked for; `request` names the asking, so that it posts once."""
    return f"asked:{user_id}:{request}"


def asker_of(slot_key: str) -> str | None:
    """Who asked for the digest with this slot; None for one that came by itself."""
    kind, _colon, rest = slot_key.partition(":")
    return rest.partition(":")[0] if kind == "asked" else None


def without(offers: tuple[Offer, ...], absent: Collection[int]) -> tuple[Offer, ...]:
    """Those that are about none of these customers."""
    return tuple(one for one in offers if one.candidate.customer_id not in absent)


async def allowed(
    session: AsyncSession, workspace_id: str, offers: Sequence[Offer], now: datetime
) -> tuple[Offer, ...]:
    """Those whose customers agreed that they are shared, asked anew."""
    agreed = await customers.consents(session, workspace_id, {o.candidate.customer_id for o in offers})
    return tuple(
        offer
        for offer in offers
        if sharing(agreed.get(offer.candidate.customer_id, ()), offer.interview_id, now)
        is not Purpose.NOT_SHARED
    )


def _place(telling: Telling | None, state: StoryState | None, *, retold: bool) -> Entry:
    return Entry(telling=telling, retold=retold, hidden=state is StoryState.HIDDEN)
