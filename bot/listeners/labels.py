"""A story's labels, put on by its author or an editor; what may be told no more leaves every channel."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import account_team, ids, labelling, publishing
from bot.desk import Desk
from bot.listeners.chosen import chosen_colleague
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages.blocks import values_of
from bot.messages.labels import ACCOUNT_ONLY, Labels, labels_modal, labels_said
from bot.messages.reacting import done_modal
from bot.own_posts import look_for
from bot.permissions import Act, Thing
from bot.settings import Settings
from storage import customer_colleagues, moderation, stories
from stories.errors import UserError
from stories.language import _
from stories.story import Story


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to labels."""
    app.action(ids.LABELS_OPEN)(open_labels)
    app.view(ids.LABELS_VIEW)(label)


async def open_labels(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show a story's labels to its author or an editor."""
    story = await _story(desk, client, body, int(body["actions"][0]["value"]))
    async with desk.read() as session:
        standing = await _standing(session, workspace_of(body), story, by=body["user"]["id"])
    await open_view(client, body, labels_modal(story.id, standing))
    await ack()


async def label(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Put the labels on; a story that may not be told any more leaves every channel at once."""
    story = await _story(desk, client, body, int(view["private_metadata"]))
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    wanted = _wanted(view, story, by=user_id)
    await _refuse_outsiders(desk, client, workspace_id, wanted)
    named = None
    if wanted.colleague:
        customer_id = story.interview.customer.id
        named = await look_for(desk, client, workspace_id, customer_id, wanted.colleague)
    async with desk.begin() as session:
        said = await labelling.label(
            session, workspace_id, story, wanted, named=named, by=user_id, now=desk.now()
        )
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Saved"), said or labels_said(wanted)))


def _wanted(view: dict[str, Any], story: Story, *, by: str) -> Labels:
    given = values_of(view)
    own = by == story.interview.author_id
    return Labels(
        account_only=ACCOUNT_ONLY in (given["labels"] or ()),
        not_before=date.fromisoformat(given["not_before"]) if given["not_before"] else None,
        team=tuple(given.get("team") or ()) if own else None,
        colleague=given.get("colleague"),
    )


async def _standing(session: AsyncSession, workspace_id: str, story: Story, *, by: str) -> Labels:
    terms = await moderation.terms(session, workspace_id, story.id)
    customer, own = story.interview.customer, by == story.interview.author_id
    return Labels(
        account_only=terms.account_only,
        not_before=terms.not_before,
        team=await account_team.readers(session, workspace_id, story) if own else None,
        account=customer.company or customer.name if own else "",
        colleague=await customer_colleagues.get(session, workspace_id, customer.id),
    )


async def _refuse_outsiders(desk: Desk, client: AsyncWebClient, workspace_id: str, wanted: Labels) -> None:
    for field, people in (("team", wanted.team or ()), ("colleague", filter(None, (wanted.colleague,)))):
        for person in people:
            colleague = await chosen_colleague(desk, client, workspace_id, person, field=field)
            if colleague.guest:
                raise UserError(
                    _("{name} is a guest or an app; only the company’s own people can stand here.").format(
                        name=colleague.name
                    ),
                    field=field,
                )


async def _story(desk: Desk, client: AsyncWebClient, body: dict[str, Any], story_id: int) -> Story:
    """A story that this person may label. Raises UserError for anybody else."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.read() as session:
        story = await stories.get(session, workspace_id, story_id)
    if story is None:
        raise UserError(publishing.gone())
    thing = Thing(owner_id=story.interview.author_id)
    await refuse_unless(desk, client, workspace_id, user_id, Act.LABEL, thing)
    return story
