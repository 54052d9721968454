"""A customer who works here too never meets their own story in a channel that they are in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest
from bot.desk import Desk
from storage import customer_colleagues, deliveries, stories, tellings
from stories.errors import UserError
from stories.language import _
from stories.story import Telling


async def left_out(desk: Desk, client: AsyncWebClient, workspace_id: str, channel_id: str) -> frozenset[int]:
    """The customers who are in this channel themselves; to be asked before a transaction begins.

    All who work here where Slack does not tell who is in it.
    """
    async with desk.read() as session:
        known = await customer_colleagues.every(session, workspace_id)
    if not known:
        return frozenset()
    there = await desk.colleagues.members.of(client, workspace_id, channel_id)
    return frozenset(customer for customer, user in known.items() if there is None or user in there)


async def left_out_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, channel_ids: Sequence[str]
) -> dict[str, frozenset[int]]:
    """The same for several channels; no entry where nobody is."""
    async with desk.read() as session:
        known = await customer_colleagues.every(session, workspace_id)
    if not known:
        return {}
    return {one: await left_out(desk, client, workspace_id, one) for one in channel_ids}


async def refuse_where_they_are(
    desk: Desk, client: AsyncWebClient, workspace_id: str, story_id: int, channel_id: str
) -> None:
    """Raise UserError where the customer of this story reads that channel."""
    absent = await left_out(desk, client, workspace_id, channel_id)
    if not absent:
        return
    async with desk.read() as session:
        story = await stories.get(session, workspace_id, story_id)
    if story is not None and story.interview.customer.id in absent:
        raise UserError(
            _(
                "The customer of this story works here and is in that channel, or I cannot tell. Nobody is "
                "to meet their own story unawares, so please choose another one."
            )
        )


async def not_about(
    session: AsyncSession, workspace_id: str, user_id: str, tellings: Sequence[Telling]
) -> tuple[Telling, ...]:
    """Those of these stories that are not about this person, who may be a customer too."""
    themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    if not themselves:
        return tuple(tellings)
    loaded = await stories.some(session, workspace_id, [one.story_id for one in tellings])
    theirs = {one.id for one in loaded if one.interview.customer.id in themselves}
    return tuple(one for one in tellings if one.story_id not in theirs)


async def places_of(
    desk: Desk, client: AsyncWebClient, workspace_id: str, customer_id: int, user_id: str
) -> tuple[tuple[int, int], ...]:
    """Where this customer's stories stand in channels that they are in themselves: (story, post) each."""
    async with desk.read() as session:
        told = await stories.told_of(session, workspace_id, customer_id)
        stands = [
            (one.id, post) for one in told for post in await tellings.of_story(session, workspace_id, one.id)
        ]
    found: list[tuple[int, int]] = []
    for story_id, post in stands:
        there = await desk.colleagues.members.of(client, workspace_id, post.channel_id)
        if there is None or user_id in there:
            found.append((story_id, post.delivery_id))
    return tuple(found)


async def take_out(
    session: AsyncSession, workspace_id: str, places: tuple[tuple[int, int], ...], *, now: datetime
) -> None:
    """Take stories out of these posts, which go where nothing else stands in them."""
    for story_id, delivery_id in places:
        await tellings.take_out(session, workspace_id, delivery_id, story_id)
        left = await tellings.of_delivery(session, workspace_id, delivery_id)
        payload = await digest.recompose(session, workspace_id, delivery_id, now) if left else None
        await deliveries.revise(session, workspace_id, delivery_id, payload, now=now, at_once=True)
