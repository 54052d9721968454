"""Authors and editors who give a customer a private link, and who answer what the customer corrects there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, publishing
from bot.customer_link import acting
from bot.customer_link.reading import mark_of
from bot.customer_link.secret import new_secret
from bot.desk import Desk
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import customer_links as words
from bot.messages.blocks import Block, values_of
from bot.messages.reacting import done_modal
from bot.permissions import Act, Role, Thing
from bot.settings import Settings
from storage import audit, corrections, customer_links, stories
from stories.errors import UserError
from stories.language import _
from stories.story import Story, StoryState


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to whoever gives a link, takes it away, or answers a correction."""
    app.action(ids.LINKS_OPEN)(open_links)
    app.view(ids.LINKS_VIEW)(give)
    app.action(ids.LINK_REVOKE)(revoke)
    app.action(ids.CORRECTION_OPEN)(look)
    app.view(ids.CORRECTION_VIEW)(take)
    app.action(ids.CORRECTION_LEAVE)(leave)


async def open_links(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show the links that open a story, and how to make one; where none can be, why."""
    story = await _story(desk, client, body, int(body["actions"][0]["value"]))
    await open_view(client, body, await _links_view(desk, workspace_of(body), story.id))
    await ack()


async def give(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Make a link; it is shown once, to whoever asked."""
    story = await _story(desk, client, body, int(view["private_metadata"]))
    workspace_id, user_id, now = workspace_of(body), body["user"]["id"], desk.now()
    days, base = _days(values_of(view).get("days")), desk.settings.firsthand_address
    if base is None:
        raise UserError(_("No link can be made here any more: the operator took its address away."))
    secret, ends_at = new_secret(), now + timedelta(days=days)
    async with desk.begin() as session:
        standing = await customer_links.of_story(session, workspace_id, story.id, now)
        if len(standing) >= words.MOST_LINKS:
            raise UserError(_("Too many links open this story. Revoke one first."), field="days")
        await customer_links.give(
            session,
            workspace_id,
            story.id,
            public_id=secret.public_id,
            secret=secret.secret,
            by=user_id,
            now=now,
            ends_at=ends_at,
        )
        detail = {"days": days}
        await audit.note(session, workspace_id, _entry("give_link", story.id, user_id, desk, detail))
    customer = story.interview.customer
    made = words.link_modal(
        secret.address(base),
        first_name=customer.name.partition(" ")[0],
        talked_on=story.interview.talked_on,
        ends_on=ends_at.date(),
    )
    await ack(response_action="update", view=made)


async def revoke(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Let a link open nothing more."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    link_id = int(body["actions"][0]["value"])
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        link = await customer_links.get(session, workspace_id, link_id)
    if link is None:
        raise UserError(publishing.gone())
    await _story(desk, client, body, link.story_id)
    async with desk.begin() as session:
        if await customer_links.revoke(session, workspace_id, link_id, now=desk.now()):
            entry = _entry("revoke_link", link.story_id, user_id, desk)
            await audit.note(session, workspace_id, entry)
    await ack()
    view = await _links_view(desk, workspace_id, link.story_id)
    await client.views_update(view_id=body["view"]["id"], view=view)


async def look(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show what a customer says their words should be."""
    found = await _correction(desk, client, body, int(body["actions"][0]["value"]))
    await open_view(client, body, words.correction_modal(found, mark_of(found.words)))
    await ack()


async def take(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Put the customer's words in, wherever the story stands."""
    correction_id, _colon, seen = view["private_metadata"].partition(":")
    said = await _settle(desk, client, body, int(correction_id), corrections.TAKEN, seen=seen)
    await ack(response_action="update", view=done_modal(_("Their words"), said))


async def leave(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Leave the quote as it was."""
    said = await _settle(desk, client, body, int(body["actions"][0]["value"]), corrections.LEFT)
    await ack()
    await client.views_update(view_id=body["view"]["id"], view=done_modal(_("As it was"), said))


async def _settle(
    desk: Desk,
    client: AsyncWebClient,
    body: dict[str, Any],
    correction_id: int,
    outcome: str,
    *,
    seen: str = "",
) -> str:
    await _correction(desk, client, body, correction_id)
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.begin() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        editor = bool({Role.EDITOR, Role.ADMIN} & set(actor.roles))
        said = await acting.settle(
            session,
            workspace_id,
            correction_id,
            outcome,
            by=user_id,
            now=desk.now(),
            editor=editor,
            seen=seen,
        )
    desk.wake_outbox()
    return said


async def _links_view(desk: Desk, workspace_id: str, story_id: int) -> Block:
    if desk.settings.firsthand_address is None:
        return words.no_links_modal(socket=desk.settings.slack_app_token is not None)
    async with desk.read() as session:
        standing = await customer_links.of_story(session, workspace_id, story_id, desk.now())
    return words.links_modal(story_id, standing)


async def _story(desk: Desk, client: AsyncWebClient, body: dict[str, Any], story_id: int) -> Story:
    """A story whose customer this person may give a link. Raises UserError for anybody else.

    Editors do that for what is told: they do not read what is kept to its author, by no link either.
    """
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        story = await stories.get(session, workspace_id, story_id)
    if story is None:
        raise UserError(publishing.gone())
    author = story.interview.author_id
    await refuse_unless(desk, client, workspace_id, user_id, Act.SERVE_CUSTOMER, Thing(owner_id=author))
    if user_id != author and story.state is not StoryState.PUBLISHED:
        raise UserError(_("Only its author can do that while nobody else reads this story."))
    return story


async def _correction(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], correction_id: int
) -> corrections.Correction:
    workspace_id = workspace_of(body)
    await desk.colleagues.get(client, workspace_id, body["user"]["id"])
    async with desk.read() as session:
        found = await corrections.get(session, workspace_id, correction_id)
    if found is None or not found[0].open:
        raise UserError(_("This was answered already, or its story is gone."))
    await _story(desk, client, body, found[1])
    return found[0]


def _days(typed: str | None) -> int:
    try:
        days = int(typed or "")
    except ValueError:
        days = 0
    if not 1 <= days <= words.MOST_DAYS:
        raise UserError(_("A link opens for 1 to {most} days.").format(most=words.MOST_DAYS), field="days")
    return days


def _entry(act: str, story_id: int, by: str, desk: Desk, detail: dict[str, Any] | None = None) -> audit.Entry:
    return audit.Entry(
        at=desk.now(),
        actor_id=by,
        act=act,
        object_kind="story",
        object_id=str(story_id),
        detail=detail or {},
    )
