"""What an episode's posts say when they go, and from then on: made from what may be told at that moment."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import series_episode as words
from bot.messages.series_episode import Shown
from bot.revising import say_now
from bot.series import goodbye
from bot.series.showing import shown, subjects_of
from bot.tongues import speaking_to
from storage import attention, posted, series_follows, series_posts
from storage.attention import Unasked, Waiting
from storage.deliveries import Subject
from storage.posted import Posted
from storage.series_posts import EpisodePost
from stories.series.arranging import arranged
from stories.series.episodes import Format, Shape
from stories.values import dataclass

EPISODE: Final = "episode"
"""The kind of a delivery that brings an episode, and what its slot begins with."""

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A post in words, whose words it carries, and what is to be kept once it is planned."""

    payload: Payload
    subjects: tuple[Subject, ...]
    then: Callable[[AsyncSession, int], Awaitable[None]] | None = None


def slot_of(episode_id: int) -> str:
    """The slot of an episode's posts."""
    return f"{EPISODE}:{episode_id}"


async def told_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Told | None:
    """What an episode's post says when it goes; None when nothing may be told there any more."""
    if not await series_follows.follows(session, workspace_id, one.place):
        return None
    if one.slot_key.startswith(goodbye.GOODBYE):
        said = await goodbye.told_now(session, workspace_id, one, now)
        return Told(payload=said.payload, subjects=said.subjects) if said else None
    found = await shown(session, workspace_id, int(one.about["episode"]), now, one.place)
    if found is None:
        return None

    async def keep(within: AsyncSession, delivery_id: int) -> None:
        await series_posts.record(within, workspace_id, _post(one, delivery_id, now))

    payload = words.post(_in_shape(found, one.about), _why(one.place, one.about))
    return Told(payload=payload, subjects=subjects_of(found.episode), then=keep)


async def restated(session: AsyncSession, workspace_id: str, post: Posted, at: datetime) -> Payload | None:
    """A post of an episode as it reads now; None when it goes."""
    if post.slot_key.startswith(goodbye.GOODBYE):
        return await goodbye.restated(session, workspace_id, post, at)
    number = int(post.slot_key.partition(":")[2])
    found = await shown(session, workspace_id, number, at, post.channel_id)
    if found is None:
        return None
    what = Unasked(place=post.channel_id, kind=EPISODE, slot_key=post.slot_key, about={})
    offered = await attention.offered(session, workspace_id, what)
    about = offered.about if offered else {}
    async with speaking_to(session, workspace_id, post.channel_id):
        return words.post(_in_shape(found, about), _why(post.channel_id, about))


async def follow(
    session: AsyncSession, workspace_id: str, episode_id: int, *, now: datetime, at_once: bool = True
) -> None:
    """Have every post of an episode say what may be said of it now. The outbox wants waking."""
    for one in await series_posts.posts_of(session, workspace_id, episode_id):
        standing = await posted.standing(session, workspace_id, one.delivery_id)
        if standing is None:
            continue
        payload = await restated(session, workspace_id, standing, now)
        await say_now(
            session, workspace_id, one.delivery_id, payload, now=now, at_once=at_once, gone_stays=True
        )


def _in_shape(found: Shown, about: Mapping[str, Any]) -> Shown:
    """The episode in the shape in which this place hears it."""
    if "format" not in about:
        return found
    shape = Shape(format=Format(about["format"]), quotes=int(about["quotes"]))
    return replace(found, episode=arranged(found.episode, shape))


def _post(one: Waiting, delivery_id: int, now: datetime) -> EpisodePost:
    about = one.about
    return EpisodePost(
        episode_id=int(about["episode"]),
        delivery_id=delivery_id,
        place=one.place,
        shape=Shape(format=Format(about["format"]), quotes=int(about["quotes"])),
        trial=bool(about["trial"]),
        readers=int(about["readers"]),
        posted_at=now,
    )


def _why(place: str, about: Mapping[str, Any]) -> str:
    command = str(about.get("command") or "/firsthand")
    return words.why(place, f"{command} series")
