"""The digests of a workspace's channels, chosen and planned for many at once.

What they share is read once: the stories published of late, who agreed to them, the stories' words. The rules
are those of `bot.digest`, where one channel is looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention_digest, digest
from bot.digest import DIGEST, REMEMBERED_FOR, Digest
from bot.echoes import chosen_once
from bot.messages.digest import digest_post
from bot.messages.story_parts import template_of
from bot.retelling import may_retell, not_overtaken
from bot.showing import subjects_of
from storage import attention_together, candidates, languages, planning_together, pools, tellings
from storage.candidates import MOST_OFFERED, Offer
from storage.deliveries import Post, Seat, Subject
from stories.channels import ChannelSettings
from stories.digest import (
    FRESH_FOR,
    RETELL_AFTER,
    Candidate,
    Choice,
    DigestSettings,
    appreciation_of,
    choose,
    fits,
)
from stories.language import speaking
from stories.values import dataclass

Wanted = Mapping[str, DigestSettings]
"""What each of some channels asked for, by its id."""

Absent = Mapping[str, Collection[int]]
"""The customers who are in a channel themselves, by its id."""

_NOBODY: Absent = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """A channel that is to hear these stories now; `slot` names the decision."""

    channel: ChannelSettings
    choices: tuple[Choice, ...]
    slot: str


async def decide(
    session: AsyncSession, workspace_id: str, wanted: Wanted, now: datetime, absent: Absent = _NOBODY
) -> dict[str, tuple[Choice, ...]]:
    """What each of these channels should hear at this moment; no entry for one with nothing to hear.

    Nothing of the customers who are in it themselves (`absent`).
    """
    pool = await pools.fresh(session, workspace_id, now - FRESH_FOR)
    if not pool.whole:
        alone = {
            one: await digest.decide(session, workspace_id, one, settings, now, absent.get(one, ()))
            for one, settings in wanted.items()
        }
        return {channel_id: choices for channel_id, choices in alone.items() if choices}
    offered = await _offered(session, workspace_id, pool.offers, wanted, now)
    some = [channel_id for channel_id, offers in offered.items() if offers]
    heard = await pools.remembered(session, workspace_id, some, now - REMEMBERED_FOR)

    def pick(channel_id: str, offers: Sequence[Candidate]) -> tuple[Choice, ...]:
        before, only_news = heard.get(channel_id, ()), replace(wanted[channel_id], retell=False)
        likes = appreciation_of(before)
        # Where nothing was heard yet, the first story is told however short it is.
        return choose(offers, only_news, now=now, appreciation=likes, asked=not before)

    others = {one: digest.without(offers, absent.get(one, ())) for one, offers in offered.items()}
    fresh = {one: [offer.candidate for offer in offers] for one, offers in others.items()}
    chosen = await chosen_once(session, workspace_id, fresh, pick, now)
    for channel_id, settings in wanted.items():
        if not chosen[channel_id] and await may_retell(session, workspace_id, channel_id, settings, now):
            theirs = absent.get(channel_id, ())
            chosen[channel_id] = await _loved(session, workspace_id, channel_id, settings, now, theirs)
    return {channel_id: choices for channel_id, choices in chosen.items() if choices}


async def plan(
    session: AsyncSession, workspace_id: str, going: Sequence[Going], now: datetime
) -> frozenset[str]:
    """Put these digests into the outbox as `bot.digest.plan` does; tells for which channels one is new."""
    ids = sorted({choice.story_id for one in going for choice in one.choices})
    known = await digest.tellable(session, workspace_id, ids, now)
    made = {one.channel.channel_id: known.digest_of(_chosen(one)) for one in going}
    waits = await attention_together.with_waiting(session, workspace_id, made)
    planned, alike = set[str](), list[tuple[Going, Digest]]()
    for one in going:
        channel_id = one.channel.channel_id
        composed = made[channel_id]
        if composed is None:
            continue
        if channel_id in waits:
            # What rides along is put into words for this channel alone.
            found = await digest.plan(session, workspace_id, channel_id, composed, slot=one.slot, now=now)
            planned |= {channel_id} if found is not None else set()
        else:
            alike.append((one, composed))
    return frozenset(planned) | await _plan_alike(session, workspace_id, alike, now)


async def _offered(
    session: AsyncSession, workspace_id: str, offers: Sequence[Offer], wanted: Wanted, now: datetime
) -> dict[str, tuple[Offer, ...]]:
    """The newest stories that each channel asked for, has not heard, and may hear."""
    ids = [one.candidate.story_id for one in offers]
    heard = await pools.heard_of(session, workspace_id, wanted, ids)
    found: dict[str, list[Offer]] = {}
    for channel_id, settings in wanted.items():
        told = heard.get(channel_id, frozenset())
        fitting = (
            one for one in offers if one.candidate.story_id not in told and fits(one.candidate, settings)
        )
        found[channel_id] = [one for one, _ in zip(fitting, range(MOST_OFFERED), strict=False)]
    in_question = {one.candidate.story_id: one for some in found.values() for one in some}
    allowed = await digest.allowed(session, workspace_id, tuple(in_question.values()), now)
    may = {one.candidate.story_id for one in allowed}
    return {
        channel_id: tuple(one for one in some if one.candidate.story_id in may)
        for channel_id, some in found.items()
    }


async def _loved(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    wanted: DigestSettings,
    now: datetime,
    absent: Collection[int],
) -> tuple[Choice, ...]:
    """An older story that is worth telling again."""
    loved = await candidates.loved(session, workspace_id, channel_id, wanted, now - RETELL_AFTER)
    loved = digest.without(await digest.allowed(session, workspace_id, loved, now), absent)
    loved = await not_overtaken(session, workspace_id, channel_id, loved, now)
    return choose([one.candidate for one in loved], wanted, now=now, appreciation={})


async def _plan_alike(
    session: AsyncSession, workspace_id: str, going: Sequence[tuple[Going, Digest]], now: datetime
) -> frozenset[str]:
    """Digests with which nothing rides along: many channels of a workspace hear the same."""
    seats = await attention_digest.seats(
        session, workspace_id, [(one.channel, one.slot) for one, _composed in going], now
    )
    spoken = await languages.of_channels(
        session, workspace_id, [one.channel.channel_id for one, _composed in going]
    )
    said: dict[tuple[Any, ...], dict[str, Any] | None] = {}
    posts: list[tuple[Post, Seat]] = []
    for one, composed in going:
        seat = seats.get(one.channel.channel_id)
        if seat is None:
            continue
        language = spoken.get(one.channel.channel_id, "")
        what = (language, one.channel.template, *_chosen(one))
        if what not in said:
            with speaking(language):
                said[what] = digest_post(composed.entries, template=template_of(one.channel.template))
        payload = said[what]
        if payload is not None:
            post = Post(
                channel_id=one.channel.channel_id,
                kind=DIGEST,
                slot_key=one.slot,
                payload=payload,
                subjects=_subjects(composed),
            )
            posts.append((post, seat))
    ids = await planning_together.plan_together(session, workspace_id, posts, now=now)
    told = [
        (ids[one.channel.channel_id], one.channel.channel_id, digest.stood(composed))
        for one, composed in going
        if one.channel.channel_id in ids
    ]
    await tellings.record_many(session, workspace_id, told, now)
    return frozenset(ids)


def _subjects(composed: Digest) -> tuple[Subject, ...]:
    return tuple(dict.fromkeys(subject for story in composed.stories for subject in subjects_of(story)))


def _chosen(one: Going) -> tuple[tuple[int, bool], ...]:
    return tuple((choice.story_id, choice.retold) for choice in one.choices)
