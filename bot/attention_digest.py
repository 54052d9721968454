"""The digest's place in its channel's day, and what rides along with it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention import candidate, hours_of, made_now, next_seat
from bot.attention_composers import Made
from bot.messages.blocks import Block
from storage import attention as store
from storage import attention_together, channels
from storage.attention import Unasked, Waiting
from storage.deliveries import Seat
from stories.attention import DIGEST, UNASKED, Candidate, Fate, Hours, NoRoom, Reason, Verdict, decide
from stories.channels import ChannelSettings
from stories.story import Story
from stories.values import dataclass

_THE_DIGEST = 0
"""The key of a digest among what waits: rows count from 1."""


Rider = tuple[Waiting, Made]
"""What rides along in a digest, and its words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boarding:
    """A digest may go: on which place of the day (None: it is free), with which others riding along."""

    seat: Seat | None = None
    riders: tuple[Rider, ...] = ()


FREE = Boarding()
"""How a digest goes that somebody asked for."""


async def board(
    session: AsyncSession,
    workspace_id: str,
    channel_id: str,
    slot: str,
    now: datetime,
    stories: Sequence[Story] = (),
) -> Boarding | None:
    """The place of a digest of these stories in its channel's day; None when the day is given away.

    With it what rides along, as far as it belongs with them. What was left out is remembered with its reason.
    Nothing is taken until the digest is planned.
    """
    channel = await channels.get(session, workspace_id, channel_id)
    if channel is None:
        return None
    hours = replace(hours_of(channel, now), opens=now)
    waiting = {one.id: one for one in await store.waiting_for(session, workspace_id, channel_id)}
    taken = await store.places_taken(session, workspace_id, channel_id, hours.window)
    made = await _could_ride(session, workspace_id, waiting, now)
    riding = {key for key, one in made.items() if one.rides_with(stories)}
    verdicts = await _decided(session, workspace_id, waiting, riding, hours, len(taken), now)
    if verdicts[_THE_DIGEST].fate is not Fate.GO:
        await _leave_out(session, workspace_id, channel_id, slot, now)
        return None
    riders = [(one, made[key]) for key, one in waiting.items() if verdicts[key].joins == _THE_DIGEST]
    return Boarding(seat=next_seat(hours, taken), riders=tuple(riders))


async def _could_ride(
    session: AsyncSession, workspace_id: str, waiting: dict[int, Waiting], now: datetime
) -> dict[int, Made]:
    """The words of what goes along with digests, by its key; what has nothing to tell is left out."""
    found: dict[int, Made] = {}
    for key, one in [*waiting.items()]:
        if UNASKED[one.kind].no_room is not NoRoom.MERGE or one.fresh_until <= now:
            continue
        made = await made_now(session, workspace_id, one, now)
        if made is not None:
            found[key] = made
        else:
            await store.settle(session, workspace_id, key, "lapsed", reason=Reason.NOTHING_TO_TELL)
            del waiting[key]
    return found


async def _decided(
    session: AsyncSession,
    workspace_id: str,
    waiting: dict[int, Waiting],
    riding: Collection[int],
    hours: Hours,
    used: int,
    now: datetime,
) -> dict[int, Verdict]:
    """What becomes of the digest and of what waits.

    What would take its day and has nothing to tell any more is left out, of `waiting` too.
    """
    while True:
        verdicts = decide(
            [_candidate(now), *(candidate(one, rides=key in riding) for key, one in waiting.items())],
            hours,
            used=used,
            now=now,
        )
        rivals = [key for key in waiting if verdicts[key].fate is Fate.GO]
        if verdicts[_THE_DIGEST].fate is Fate.GO:
            return verdicts
        empty = [key for key in rivals if await made_now(session, workspace_id, waiting[key], now) is None]
        if not empty:
            return verdicts
        for key in empty:
            await store.settle(session, workspace_id, key, "lapsed", reason=Reason.NOTHING_TO_TELL)
            del waiting[key]


async def seats(
    session: AsyncSession,
    workspace_id: str,
    digests: Sequence[tuple[ChannelSettings, str]],
    now: datetime,
) -> dict[str, Seat]:
    """What `board` tells, for digests (channel, slot) of channels for which nothing else waits.

    No entry for a channel whose day is given away.
    """
    hours = {channel.channel_id: replace(hours_of(channel, now), opens=now) for channel, _slot in digests}
    windows = {channel_id: own.window for channel_id, own in hours.items()}
    taken = await attention_together.windows_taken(session, workspace_id, windows)
    found: dict[str, Seat] = {}
    for channel, slot in digests:
        own, used = hours[channel.channel_id], taken.get(channel.channel_id, set())
        if decide([_candidate(now)], own, used=len(used), now=now)[_THE_DIGEST].fate is Fate.GO:
            found[channel.channel_id] = next_seat(own, used)
        else:
            await _leave_out(session, workspace_id, channel.channel_id, slot, now)
    return found


async def ride_along(
    session: AsyncSession, workspace_id: str, riders: Sequence[Rider], delivery_id: int
) -> None:
    """Write down that these are told by that post."""
    for one, _made in riders:
        await store.settle(
            session, workspace_id, one.id, "merged", reason=Reason.WITH_ANOTHER, delivery_id=delivery_id
        )


async def riders_of(
    session: AsyncSession, workspace_id: str, delivery_id: int, now: datetime
) -> tuple[Rider, ...]:
    """What rides along in a digest, as it may be said at this moment."""
    riders = []
    for one in await store.carried_by(session, workspace_id, delivery_id):
        made = await made_now(session, workspace_id, one, now)
        if made is not None:
            riders.append((one, made))
    return tuple(riders)


def leading(riders: Sequence[Rider]) -> list[Block]:
    """What stands above the stories of the digest that takes riders along: what outranks it."""
    return [block for one, made in riders if _outranks(one) for block in made.line]


def lines(riders: Sequence[Rider]) -> list[Block]:
    """What stands under them: what the others say."""
    return [block for one, made in riders if not _outranks(one) for block in made.line]


def _outranks(one: Waiting) -> bool:
    return UNASKED[one.kind].rank > UNASKED[DIGEST].rank


def _candidate(now: datetime) -> Candidate:
    """A digest as it wants to go."""
    kind = UNASKED[DIGEST]
    return Candidate(key=_THE_DIGEST, kind=kind, since=now, fresh_until=now + kind.fresh_for)


async def _leave_out(
    session: AsyncSession, workspace_id: str, channel_id: str, slot: str, now: datetime
) -> None:
    what = Unasked(place=channel_id, kind=DIGEST, slot_key=slot, about={})
    left = await store.add(session, workspace_id, what, now=now, fresh_until=now)
    if left is not None:
        await store.settle(session, workspace_id, left, "lapsed", reason=Reason.FULL)
