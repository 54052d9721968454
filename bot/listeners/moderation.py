"""Editors at the stories that wait for them, and the labels of a story."""

from __future__ import annotations

from datetime import date
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot import ids, moderation, publishing
from bot.desk import Desk
from bot.failures import whisper
from bot.listeners.clicks import open_view, workspace_of
from bot.listeners.entitled import refuse_unless
from bot.messages import moderation as words
from bot.messages.blocks import values_of
from bot.messages.dates import day
from bot.messages.reacting import done_modal
from bot.permissions import Act, Thing
from bot.settings import Settings
from storage import audit, stories
from storage import moderation as kept
from storage.moderation import Terms
from stories.errors import UserError
from stories.language import _
from stories.story import Story, StoryState
from stories.text import clean


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to editors who decide, and to labels."""
    app.action(ids.WAITING_YES)(approve)
    app.action(ids.WAITING_BACK)(ask_why)
    app.view(ids.WAITING_BACK_VIEW)(send_back)
    app.action(ids.WAITING_OPEN)(open_queue)
    app.action(ids.WAITING_EARLIER)(turn_page)
    app.action(ids.WAITING_LATER)(turn_page)
    app.action(ids.LABELS_OPEN)(open_labels)
    app.view(ids.LABELS_VIEW)(label)


async def page(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, skip: int = 0
) -> dict[str, Any]:
    """A page of the stories that wait for an editor. Raises UserError for somebody who is none."""
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    async with desk.read() as session:
        found = await kept.waiting(session, workspace_id, kept.EDITOR, most=words.PAGE + 1, skip=skip)
    return words.queue(found[: words.PAGE], skip=skip, more=len(found) > words.PAGE)


async def turn_page(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Put another page in the place of the one that stands."""
    skip = int(body["actions"][0]["value"])
    payload = await page(desk, client, workspace_of(body), body["user"]["id"], skip=skip)
    await ack()
    await respond(response_type="ephemeral", replace_original=True, **payload)


async def open_queue(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, desk: Desk
) -> None:
    """Show all that waits, under the note that says so."""
    payload = await page(desk, client, workspace_of(body), body["user"]["id"])
    await ack()
    await respond(response_type="ephemeral", replace_original=False, **payload)


async def approve(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """An editor's yes."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    story_id = int(body["actions"][0]["value"])
    async with desk.begin() as session:
        said = await moderation.approve(session, workspace_id, story_id, by=user_id, now=desk.now())
    await ack()
    desk.wake_outbox()
    await whisper(client, body, said)


async def ask_why(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Ask an editor what is to be changed."""
    await refuse_unless(desk, client, workspace_of(body), body["user"]["id"], Act.APPROVE)
    await open_view(client, body, words.send_back_modal(int(body["actions"][0]["value"])))
    await ack()


async def send_back(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """An editor's no, with the reason."""
    workspace_id, user_id = workspace_of(body), body["user"]["id"]
    await refuse_unless(desk, client, workspace_id, user_id, Act.APPROVE)
    reason = clean(values_of(view)["reason"] or "")
    if not reason:
        raise UserError(_("Please say what should change, in a sentence."), field="reason")
    async with desk.begin() as session:
        await moderation.send_back(
            session,
            workspace_id,
            int(view["private_metadata"]),
            reason=reason,
            by=user_id,
            now=desk.now(),
        )
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Sent back"), _("Its author hears why.")))


async def open_labels(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, desk: Desk) -> None:
    """Show a story's labels to its author or an editor."""
    story = await _story(desk, client, body, int(body["actions"][0]["value"]))
    async with desk.read() as session:
        terms = await kept.terms(session, workspace_of(body), story.id)
    await open_view(client, body, words.labels_modal(terms))
    await ack()


async def label(
    ack: AsyncAck, body: dict[str, Any], view: dict[str, Any], client: AsyncWebClient, desk: Desk
) -> None:
    """Put the labels on; a story that may not be told any more leaves every channel at once."""
    story = await _story(desk, client, body, int(view["private_metadata"]))
    given, workspace_id, user_id = values_of(view), workspace_of(body), body["user"]["id"]
    wanted = Terms(
        story_id=story.id,
        account_only=words.ACCOUNT_ONLY in (given["labels"] or ()),
        not_before=date.fromisoformat(given["not_before"]) if given["not_before"] else None,
    )
    async with desk.begin() as session:
        await _label(session, workspace_id, story, wanted, by=user_id, desk=desk)
    desk.wake_outbox()
    await ack(response_action="update", view=done_modal(_("Saved"), _labels_said(wanted)))


async def _label(
    session: AsyncSession, workspace_id: str, story: Story, wanted: Terms, *, by: str, desk: Desk
) -> None:
    now = desk.now()
    await kept.label(
        session, workspace_id, story.id, account_only=wanted.account_only, not_before=wanted.not_before
    )
    await audit.note(
        session,
        workspace_id,
        audit.Entry(
            at=now,
            actor_id=by,
            act="label",
            object_kind="story",
            object_id=str(story.id),
            detail={"labels": _labels_said(wanted)},
        ),
    )
    if wanted.account_only:
        await kept.wait_no_more(session, workspace_id, story.id)
    early = wanted.not_before is not None and now.date() < wanted.not_before
    if story.state is StoryState.PUBLISHED and (wanted.account_only or early):
        await publishing.withdraw(session, workspace_id, story.id, by=by, now=now, state=StoryState.KEPT)
        if not wanted.account_only:
            await moderation.hold(session, workspace_id, story, by=by, now=now, approved=True)


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


def _labels_said(wanted: Terms) -> str:
    said = [_("account team only")] if wanted.account_only else []
    said += (
        [_("not before {day}").format(day=day(wanted.not_before))] if wanted.not_before is not None else []
    )
    return ", ".join(said) or _("no labels")
