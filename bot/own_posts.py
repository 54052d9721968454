"""What stands of a customer's words in channels that they read themselves is taken out again."""

from __future__ import annotations

from datetime import datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import digest, notices
from bot.avatars import restating
from bot.desk import Desk
from bot.own_customers import meets
from bot.routing.following import follow_story
from bot.series import following as series_following
from storage import (
    avatar_quotes,
    customer_absences,
    customer_colleagues,
    deliveries,
    homes_due,
    projects,
    stories,
    tellings,
)
from stories.values import dataclass

LOOKED_BACK = timedelta(days=90)
"""How old a message may be that somebody who joins its channel has taken out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Who a customer is in Slack, and the channels with their words in which that person is not."""

    user_id: str
    not_in: frozenset[str]


async def look_for(
    desk: Desk, client: AsyncWebClient, workspace_id: str, customer_id: int, user_id: str
) -> Named:
    """Ask Slack of each channel in which this customer's words stand; before a transaction begins."""
    async with desk.read() as session:
        places = await tellings.channels_of(session, workspace_id, customer_id)
        quoting = await avatar_quotes.posts_quoting(session, workspace_id, customer_id)
    channels = {*places, *(post.channel_id for post in quoting)}
    found = {one: await desk.colleagues.members.ask(client, workspace_id, one) for one in sorted(channels)}
    away = {one for one, there in found.items() if there is not None and user_id not in there}
    return Named(user_id=user_id, not_in=frozenset(away))


async def follow_naming(
    session: AsyncSession, workspace_id: str, customer_id: int, named: Named, *, now: datetime
) -> None:
    """Have all that stands follow who this customer is, in the transaction that says so."""
    for channel_id in sorted(named.not_in):
        await customer_absences.is_not_in(session, workspace_id, customer_id, channel_id, now=now)
    for channel_id in await tellings.channels_of(session, workspace_id, customer_id):
        if customer_id in await meets(session, workspace_id, channel_id):
            await _take_stories_out(session, workspace_id, customer_id, channel_id, since=None, now=now)
    await restating.follow_customer(session, workspace_id, customer_id, now=now)
    await series_following.follow_customer(session, workspace_id, customer_id, now=now)
    for story in await stories.told_of(session, workspace_id, customer_id):
        await follow_story(session, workspace_id, story.id, now=now)
        await notices.refresh(session, workspace_id, story.id, now=now)
        await homes_due.mark(session, workspace_id, story.id)


async def joined(desk: Desk, workspace_id: str, channel_id: str, user_id: str) -> bool:
    """Take out what somebody who joins a channel would read there of themself; tells whether it might be.

    Messages of the last 90 days, and the project's own one however old it is.
    """
    async with desk.read() as session:
        themselves = await customer_colleagues.customers_who_are(session, workspace_id, user_id)
    if not themselves:
        return False
    desk.colleagues.members.forget(workspace_id, channel_id)
    now = desk.now()
    async with desk.begin() as session:
        for customer_id in sorted(themselves):
            await customer_absences.joined(session, workspace_id, customer_id, channel_id)
            await _leave(session, workspace_id, customer_id, channel_id, now=now)
    desk.wake_outbox()
    return True


async def _leave(
    session: AsyncSession, workspace_id: str, customer_id: int, channel_id: str, *, now: datetime
) -> None:
    since = now - LOOKED_BACK
    await _take_stories_out(session, workspace_id, customer_id, channel_id, since=since, now=now)
    await restating.follow_customer(
        session, workspace_id, customer_id, now=now, channel_id=channel_id, since=since
    )
    await series_following.follow_customer(session, workspace_id, customer_id, now=now)
    for story in await stories.told_of(session, workspace_id, customer_id):
        await follow_story(session, workspace_id, story.id, now=now)
        await notices.refresh(session, workspace_id, story.id, now=now)
    project = await projects.of_channel(session, workspace_id, channel_id)
    if project is not None:
        await restating.refresh_why(session, workspace_id, project.id, now=now)


async def _take_stories_out(
    session: AsyncSession,
    workspace_id: str,
    customer_id: int,
    channel_id: str,
    *,
    since: datetime | None,
    now: datetime,
) -> None:
    """Take a customer's stories out of a channel's posts, which go where nothing else stands in them."""
    found = await tellings.of_customer(session, workspace_id, customer_id, channel_id, since)
    for story_id, delivery_id in found:
        await tellings.take_out(session, workspace_id, delivery_id, story_id)
        payload = await digest.recompose(session, workspace_id, delivery_id, now)
        await deliveries.revise(session, workspace_id, delivery_id, payload, now=now, at_once=True)
