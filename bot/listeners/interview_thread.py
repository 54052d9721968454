"""A write-up as replies in a direct message: every reply is kept, and the form is filled in from them."""

from __future__ import annotations

import logging
from typing import Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot import ids, interviewing
from bot.desk import Desk
from bot.failures import DATABASE_TROUBLE
from bot.interview_notes import Reply, continue_in_form, reply_of, take_in
from bot.listeners.interview_showing import put, show
from bot.messages import interview
from bot.messages.interview_frame import Place
from bot.settings import Settings
from bot.stage.writing import take_note
from bot.visitors import Visitor, visitor, writer
from storage import drafts
from storage.drafts import Draft

log = logging.getLogger(__name__)
MOST_REPLIES = 200


def register(app: AsyncApp, settings: Settings) -> None:  # noqa: ARG001 every feature registers alike
    """Listen to the thread and to the buttons that lead into it and out of it."""
    app.action(ids.INTERVIEW_IN_THREAD)(into_thread)
    app.action(ids.INTERVIEW_FROM_THREAD)(from_thread)
    app.action(ids.INTERVIEW_THREAD_LINK)(follow_link)
    app.event("message", matchers=[_is_reply])(hear)


async def into_thread(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """Go on in a direct message: its first message explains, the replies to it are the write-up."""
    who = await writer(desk, context)
    async with desk.begin() as session:
        sheet = await interviewing.laid_over(session, who, body["view"])
        if sheet is not None:
            await interviewing.keep(session, who, sheet.place, sheet.form)
            draft = await interviewing.own_draft(session, who, sheet.place.draft_id)
        else:
            draft = None
            view = await interviewing.sent_before(session, who, Place.of(body["view"]))
    await ack()
    if draft is not None:
        channel, ts = await _thread_of(client, desk, who, draft)
        view = interview.thread_view(await _link(client, channel, ts))
    await put(client, body, view)


async def _thread_of(client: AsyncWebClient, desk: Desk, who: Visitor, draft: Draft) -> tuple[str, str]:
    """The draft's thread; begun now if there is none."""
    if draft.thread_channel and draft.thread_ts:
        return draft.thread_channel, draft.thread_ts
    channel = str((await client.conversations_open(users=who.user_id))["channel"]["id"])
    ts = str((await client.chat_postMessage(channel=channel, **interview.thread_root(draft.id)))["ts"])
    try:
        async with desk.begin() as session:
            await drafts.move_to_thread(session, who.workspace_id, draft.id, channel_id=channel, thread_ts=ts)
    except DATABASE_TROUBLE:
        # Nothing would keep what is written under it.
        await client.chat_delete(channel=channel, ts=ts)
        raise
    return channel, ts


async def from_thread(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk
) -> None:
    """*Continue in the form*: what can be found in the replies is filled in, nothing typed is replaced."""
    who = await visitor(desk, context)
    draft_id, root = int(body["actions"][0]["value"]), body["message"]["ts"]
    channel = str(body["channel"]["id"])
    replies = await _replies(client, channel, root, who.user_id)
    async with desk.begin() as session:
        view = await continue_in_form(session, who, draft_id, replies, thread=(channel, root))
    await ack()
    await show(client, body, view)


async def follow_link(ack: AsyncAck) -> None:
    """Slack tells of a link that was followed; there is nothing to do."""
    await ack()


async def hear(event: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext, desk: Desk) -> None:
    """A reply was written, changed or deleted: the draft follows, and the first one is answered."""
    reply = reply_of(event)
    if reply is None:
        return
    try:
        async with desk.begin() as session:
            await take_note(session, context.team_id or "", reply, desk.now())
            answer = await take_in(session, context.team_id or "", reply)
    except DATABASE_TROUBLE:
        log.exception("a reply to a draft's thread could not be kept")
        answer = "not_kept"
    if answer:
        note = interview.thread_note(answer)
        await client.chat_postMessage(channel=reply.channel_id, thread_ts=reply.thread_ts, **note)


async def close_thread(client: AsyncWebClient, was: Draft | None) -> None:
    """Say in a draft's thread, if it has one, that nothing more is read there."""
    if was is None or not (was.thread_channel and was.thread_ts):
        return
    try:
        note = interview.thread_note("finished")
        await client.chat_postMessage(channel=was.thread_channel, thread_ts=was.thread_ts, **note)
    except SlackClientError as trouble:
        log.warning("could not close the thread of a draft: %s", trouble)


async def _is_reply(event: dict[str, Any]) -> bool:
    # What comes with a file is looked at there first (see `bot.listeners.dropped_files`).
    return reply_of(event) is not None and event.get("subtype") != "file_share"


async def _replies(client: AsyncWebClient, channel: str, root: str, user_id: str) -> tuple[Reply, ...]:
    """What stands in the thread now, for what was missed while the bot was away; none if Slack won’t say."""
    try:
        answer = await client.conversations_replies(channel=channel, ts=root, limit=MOST_REPLIES)
    except SlackApiError as refused:
        log.warning("Slack would not read a thread back: %s", refused.response.get("error"))
        return ()
    told = ({**message, "channel": channel, "channel_type": "im"} for message in answer["messages"])
    found = (reply_of(message) for message in told)
    return tuple(reply for reply in found if reply is not None and reply.user_id == user_id)


async def _link(client: AsyncWebClient, channel: str, ts: str) -> str | None:
    try:
        return str((await client.chat_getPermalink(channel=channel, message_ts=ts))["permalink"])
    except SlackApiError:
        return None
