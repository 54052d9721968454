"""The gate for all that is unasked: it goes now, rides along, waits or lapses (docs/attention.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.attention_composers import COMPOSERS, Made
from bot.tongues import speaking_to
from storage import attention as store
from storage import deliveries, notices, posted
from storage.attention import Unasked, Waiting
from storage.deliveries import Post, Seat
from storage.sending import Claimed
from stories.attention import DIGEST, UNASKED, Candidate, Fate, Hours, Reason, Verdict, decide
from stories.attention_hours import channel_hours, person_hours
from stories.channels import ChannelSettings


def to_person(place: str) -> bool:
    """Whether a place is a person's id, so that what goes there is a private message."""
    return place.startswith(("U", "W"))


async def offer(
    session: AsyncSession,
    workspace_id: str,
    what: Unasked,
    *,
    now: datetime,
    zone: str | None = None,
    fresh_until: datetime | None = None,
) -> Waiting:
    """Have this post go when there is room for it; tells what became of it so far.

    To be called in the transaction of the decision; the outbox wants waking after the commit. With the
    person's time zone a private message is decided at once, all others by the next round
    (`bot.attention_rounds`). A slot that was offered before is left as it is. Raises Uninvited for a kind
    that `stories.attention` does not know, or that nobody can put into words.
    """
    kind = UNASKED.get(what.kind)
    if kind is None or (what.kind not in COMPOSERS and what.kind != DIGEST):
        raise deliveries.Uninvited(f"{what.kind!r} has no line in stories.attention or no composer")
    until = fresh_until or now + kind.fresh_for
    new = await store.add(session, workspace_id, what, now=now, fresh_until=until)
    if new and zone is not None and to_person(what.place):
        await settle(session, workspace_id, what.place, person_hours(zone, now), now)
    found = await store.offered(session, workspace_id, what)
    if found is None:
        raise LookupError(f"{what.slot_key!r} is gone although it was just offered")
    return found


async def settle(session: AsyncSession, workspace_id: str, place: str, hours: Hours, now: datetime) -> int:
    """Decide about everything that waits for a place; returns how many posts were planned."""
    total = 0
    while True:
        waiting = {one.id: one for one in await store.waiting_for(session, workspace_id, place)}
        taken = await store.places_taken(session, workspace_id, place, hours.window)
        verdicts = decide([candidate(one) for one in waiting.values()], hours, used=len(taken), now=now)
        going = [waiting[key] for key, verdict in verdicts.items() if verdict.fate is Fate.GO]
        planned: dict[int, int] = {}
        for one in going:
            seat = next_seat(hours, taken)
            taken.add(seat.number)
            delivery_id = await _go(session, workspace_id, one, seat, now)
            if delivery_id is None:
                break
            planned[one.id] = delivery_id
        total += len(planned)
        done = len(planned) == len(going)
        # Where one had nothing to tell any more, what it left free is the next one's.
        await _apply(session, workspace_id, waiting, verdicts, planned, whole=done)
        if done:
            return total


async def go_if_free(
    session: AsyncSession, workspace_id: str, one: Waiting, hours: Hours, now: datetime
) -> int | None:
    """Have a post go at an hour of its own, where the channel's day has a place left; its delivery.

    None where it has none: then it waits as all else does. Nothing else is decided.
    """
    taken = await store.places_taken(session, workspace_id, one.place, hours.window)
    if one.state != "waiting" or len(taken) >= hours.most:
        return None
    return await _go(session, workspace_id, one, next_seat(hours, taken), now)


async def lapse_all(session: AsyncSession, workspace_id: str, place: str) -> None:
    """Leave out everything that waits for a place that is not to be addressed any more."""
    for one in await store.waiting_for(session, workspace_id, place):
        await store.settle(session, workspace_id, one.id, "lapsed", reason=Reason.OFF)


async def made_now(session: AsyncSession, workspace_id: str, one: Waiting, now: datetime) -> Made | None:
    """An unasked post in the words that may be said at this moment; None when there are none."""
    async with speaking_to(session, workspace_id, one.place):
        return await COMPOSERS[one.kind](session, workspace_id, one, now)


def composed(claimed: Claimed) -> bool:
    """Whether a claimed delivery is an unasked post that is put into words when it goes."""
    return claimed.method == deliveries.POST and claimed.kind in COMPOSERS


async def as_of_now(session: AsyncSession, claimed: Claimed, now: datetime) -> dict[str, Any] | None:
    """What such a post may say at this moment; None when there is nothing to tell any more."""
    carried = await store.carried_by(session, claimed.workspace_id, claimed.id)
    own = next((one for one in carried if one.state == "planned"), None)
    made = await made_now(session, claimed.workspace_id, own, now) if own else None
    return made.payload if made else None


def hours_of(channel: ChannelSettings, now: datetime) -> Hours:
    """When this channel may be addressed."""
    return channel_hours(channel.times, now, after=channel.snoozed_until)


async def _go(
    session: AsyncSession, workspace_id: str, one: Waiting, seat: Seat, now: datetime
) -> int | None:
    """Plan a post of its own; None when there is nothing to tell any more, or somebody was quicker."""
    made = await made_now(session, workspace_id, one, now)
    if made is None:
        await store.settle(session, workspace_id, one.id, "lapsed", reason=Reason.NOTHING_TO_TELL)
        return None
    post = Post(
        channel_id=one.place,
        kind=one.kind,
        slot_key=one.slot_key,
        payload=made.payload,
        thread_ts=made.thread_ts,
        subjects=made.subjects,
    )
    delivery_id = await deliveries.plan(session, workspace_id, post, now=now, seat=seat)
    if delivery_id is not None:
        await notices.speaks_of(session, workspace_id, delivery_id, made.stories)
        await _planned(session, workspace_id, one, delivery_id)
        if made.then is not None:
            await made.then(session, delivery_id)
        return delivery_id
    standing = await posted.decided(session, workspace_id, one.place, one.kind, one.slot_key)
    if standing is not None:
        await _planned(session, workspace_id, one, standing.id)
    # Else another process has just taken the place: the next look sees it.
    return None


async def _planned(session: AsyncSession, workspace_id: str, one: Waiting, delivery_id: int) -> None:
    await store.settle(session, workspace_id, one.id, "planned", reason=Reason.ROOM, delivery_id=delivery_id)


async def _apply(
    session: AsyncSession,
    workspace_id: str,
    waiting: Mapping[int, Waiting],
    verdicts: dict[int, Verdict],
    planned: dict[int, int],
    *,
    whole: bool,
) -> None:
    """Write down who rides along with what was planned and, once it is `whole`, who waits or is left out."""
    for key, verdict in verdicts.items():
        host = planned.get(verdict.joins or key)
        if verdict.fate is Fate.MERGE and host is not None:
            await store.settle(session, workspace_id, key, "merged", reason=verdict.reason, delivery_id=host)
        elif verdict.fate is Fate.WAIT and verdict.until is not None and whole:
            await store.wait(session, workspace_id, waiting[key], until=verdict.until, reason=verdict.reason)
        elif verdict.fate is Fate.LAPSE and whole:
            await store.settle(session, workspace_id, key, "lapsed", reason=verdict.reason)


def candidate(one: Waiting, *, rides: bool = True) -> Candidate:
    """What waits, as the rule sees it; `rides`: the digest that is decided with it may take it along."""
    kind = UNASKED[one.kind]
    return Candidate(key=one.id, kind=kind, since=one.since, fresh_until=one.fresh_until, rides=rides)


def next_seat(hours: Hours, taken: set[int]) -> Seat:
    """The first free place of the window, which must have one."""
    free = next(number for number in range(1, hours.most + 1) if number not in taken)
    return Seat(window=hours.window, number=free)
