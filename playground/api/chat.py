"""chat.*: https://docs.slack.dev/reference/methods?family=chat"""

from __future__ import annotations

from typing import Any

from playground.api.calling import Call, Method
from playground.drafting import draft_from
from playground.errors import SlackError
from playground.faces import message_json
from playground.model import Channel, Json, Message
from playground.posting import Draft, edit, post, post_ephemeral, remove
from playground.text import MAX_TEXT

MAX_UPDATE = 4_000
_CUSTOM = ("username", "icon_emoji", "icon_url")


def target_of(call: Call) -> Channel:
    """Where to post: a conversation, or a person's direct messages when given a user id."""
    ws = call.ws
    given = call.text("channel", "channel_not_found")
    if given in ws.users and given != ws.app.user_id:
        return ws.direct(given, ws.app.user_id)
    channel = call.channel()
    if channel.is_archived:
        raise SlackError("is_archived")
    if ws.app.user_id not in channel.members and "chat:write.public" not in ws.app.scopes:
        raise SlackError("not_in_channel")
    return channel


def _customised(call: Call, draft: Draft) -> None:
    if not any(call.args.get(name) for name in _CUSTOM):
        return
    call.need("chat:write.customize")
    draft.username = str(call.args.get("username") or call.ws.app.name)
    if call.args.get("icon_emoji"):
        draft.icons = {"emoji": str(call.args["icon_emoji"])}
    elif call.args.get("icon_url"):
        draft.icons = {"image_48": str(call.args["icon_url"])}


def post_message(call: Call) -> Json:
    """chat.postMessage: text over 40,000 characters is cut, not refused."""
    ws = call.ws
    draft = draft_from(call.args)
    channel = target_of(call)
    _customised(call, draft)
    _check_thread(channel, draft)
    ws.rates.spend_post(channel.id, call.token)
    was_long = len(draft.text) > MAX_TEXT
    if call.flag("reply_broadcast") and draft.thread_ts:
        draft.subtype = "thread_broadcast"
    message = post(ws, channel, ws.app.user_id, draft)
    answer: Json = {"ok": True, "channel": channel.id, "ts": message.ts, "message": message_json(ws, message)}
    return answer | ({"response_metadata": {"warnings": ["message_truncated"]}} if was_long else {})


def _check_thread(channel: Channel, draft: Draft) -> None:
    if draft.thread_ts is None:
        return
    root = channel.messages.get(draft.thread_ts)
    # Slack starts no thread under what is not there: it posts the message as one of its own.
    draft.thread_ts = root.thread_ts or root.ts if root else None


def post_one(call: Call) -> Json:
    """chat.postEphemeral: for one member, kept nowhere."""
    draft = draft_from(call.args)
    channel = target_of(call)
    user = call.user()
    if user.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = post_ephemeral(call.ws, channel, user.id, draft)
    return {"ok": True, "message_ts": message.ts}


def update(call: Call) -> Json:
    """chat.update: one's own messages; text without blocks drops the old blocks."""
    ws = call.ws
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    given: Any = call.args.get("text") or ""
    if len(str(given)) > MAX_UPDATE:
        raise SlackError("msg_too_long")
    draft = draft_from(call.args)
    edit(ws, channel, message, draft)
    face = message_json(ws, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": face}


def _own(call: Call, channel: Channel, word: str) -> Message:
    if channel.is_archived:
        raise SlackError("is_archived")
    message = call.message(channel)
    if message.bot_id != call.ws.app.bot_id:
        raise SlackError(word)
    return message


def delete(call: Call) -> Json:
    """chat.delete: one's own messages, whatever name they were posted under."""
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    remove(call.ws, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    """chat.getPermalink: an address of a message, on this playground's page."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    base = call.ws.base_url
    address = f"{base}/archives/{channel.id}/p{message.ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": address}


METHODS = {
    "chat.postMessage": Method(post_message, ("chat:write",)),
    "chat.postEphemeral": Method(post_one, ("chat:write",)),
    "chat.update": Method(update, ("chat:write",)),
    "chat.delete": Method(delete, ("chat:write",)),
    "chat.getPermalink": Method(permalink),
}
