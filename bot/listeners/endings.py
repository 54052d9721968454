"""How stories end: the customer is told, the sentence is said otherwise or taken back."""

from __future__ import annotations

from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids, notices, publishing
from bot.desk import Desk
from bot.endings.notes import to_tell, to_tell_slot
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.follow_ups import gone, sentence
from bot.messages import follow_up_views as views
from bot.messages.follow_up_views import over_view
from bot.permissions import Act, Thing, may
from bot.settings import Settings
from storage import audit, deliveries, endings, follow_ups, posted
from storage.follow_ups import DONE, FollowUp
from stories.errors import UserError
from stories.language import _


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to what is done about endings, wherever their buttons stand."""
    app.action(ids.ENDING_TOLD)(told)
    app.action(ids.ENDING_CHANGE)(ask)
    app.view(ids.ENDING_VIEW)(reword)
    app.action(ids.ENDING_TAKE_BACK)(take_back)


async def told(ack: AsyncAck, body: dict[str, Any], desk: Desk) -> None:
    """Note that its owner has told the customer; their note says so from then on."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    async with desk.begin() as session:
        task = await follow_ups.get(session, workspace_id, int(body["actions"][0]["value"]))
        if task is None or task.owner_id != user_id or task.outcome != DONE:
            raise UserError(gone())
        await endings.customer_told(session, workspace_id, task.id, owner_id=user_id, now=desk.now())
        slot = to_tell_slot(task.id)
        note = await posted.decided(session, workspace_id, user_id, notices.NOTICE, slot)
        payload = await to_tell(session, workspace_id, task.id, desk.now())
        if note is not None and payload is not None:
            await deliveries.revise(session, workspace_id, note.id, payload, now=desk.now(), at_once=True)
    await ack()
    desk.wake_outbox()


async def ask(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Open the sentence to whoever said it, and to editors."""
    task = await _changeable(desk, client, body, int(body["actions"][0]["value"]))
    await open_view(client, body, views.ending_view(task))
    await ack()


async def reword(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Have the ending read so wherever it stands."""
    closing = sentence(view, _("A few words, please: what is different now?"))
    task = await _changeable(desk, client, body, int(view["private_metadata"]))
    async with desk.begin() as session:
        await endings.reword(session, workspace_of(body), task.id, closing)
        await _follow(session, body, task, "reword_ending", desk)
    desk.wake_outbox()
    said = _("Saved. Every message that says it follows.")
    await ack(response_action="update", view=over_view(_("What came of it"), said))


async def take_back(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Have the ending told nowhere any more."""
    task = await _changeable(desk, client, body, int(body["actions"][0]["value"]))
    async with desk.begin() as session:
        await endings.take_back(session, workspace_of(body), task.id)
        await _follow(session, body, task, "take_back_ending", desk)
    desk.wake_outbox()
    said = _("Taken back. It is disappearing from every message it stands in.")
    done = over_view(_("What came of it"), said)
    await client.views_update(view_id=body["view"]["id"], view=done)
    await ack()


async def _changeable(
    desk: Desk, client: AsyncWebClient, body: dict[str, Any], follow_up_id: int
) -> FollowUp:
    """What somebody may say otherwise. Raises UserError for what is another's, or gone."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
        task = await follow_ups.get(session, workspace_id, follow_up_id)
    if task is None or task.outcome != DONE or not may(actor, Act.WITHDRAW, Thing(owner_id=task.owner_id)):
        raise UserError(_("Only the one who said what came of it (or an editor) can change that."))
    return task


async def _follow(session: AsyncSession, body: dict[str, Any], task: FollowUp, act: str, desk: Desk) -> None:
    """Have every message follow; the log says who did it."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await publishing.follow_edit(session, workspace_id, task.story_id, by=user_id, now=desk.now())
    number = str(task.story_id)
    entry = audit.Entry(at=desk.now(), actor_id=user_id, act=act, object_kind="story", object_id=number)
    await audit.note(session, workspace_id, entry)
