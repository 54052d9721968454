"""chat.scheduleMessage and its kin: https://docs.slack.dev/reference/methods/chat.scheduleMessage"""

from __future__ import annotations

from playground.api.calling import Call, Method, paged
from playground.api.chat import target_of
from playground.drafting import draft_from
from playground.errors import SlackError
from playground.model import Json, Scheduled
from playground.scheduled import wait_for

FURTHEST_SECONDS = 120 * 86_400
_SOON_SECONDS = 60


def schedule(call: Call) -> Json:
    """chat.scheduleMessage: up to 120 days ahead; with `metadata` it never posts: Slack's own bug."""
    ws, now = call.ws, int(call.ws.clock.seconds())
    given = str(call.args.get("post_at") or "")
    if not given.isdecimal():
        raise SlackError("invalid_time")
    if int(given) <= now:
        raise SlackError("time_in_past")
    if int(given) > now + FURTHEST_SECONDS:
        raise SlackError("time_too_far")
    draft_from(call.args)
    channel = target_of(call)
    key = ws.new_id("Q")
    ws.scheduled[key] = Scheduled(key, channel.id, int(given), now, dict(call.args))
    ws.notify("scheduled")
    ws.spawn(wait_for(ws, key))
    message = {"text": str(call.args.get("text") or ""), "type": "delayed_message", "bot_id": ws.app.bot_id}
    answer = {"ok": True, "channel": channel.id, "scheduled_message_id": key, "post_at": int(given)}
    return answer | {"message": message}


def withdraw(call: Call) -> Json:
    """chat.deleteScheduledMessage: until a minute before its time."""
    channel = call.channel()
    found = call.ws.scheduled.get(str(call.args.get("scheduled_message_id") or ""))
    if found is None or found.channel_id != channel.id:
        raise SlackError("invalid_scheduled_message_id")
    if found.post_at - call.ws.clock.seconds() < _SOON_SECONDS:
        raise SlackError("invalid_scheduled_message_id")
    del call.ws.scheduled[found.id]
    call.ws.notify("scheduled")
    return {"ok": True}


def list_(call: Call) -> Json:
    """chat.scheduledMessages.list: what still waits, in one channel or all."""
    wanted = call.args.get("channel")
    found = [
        {
            "id": one.id,
            "channel_id": one.channel_id,
            "post_at": one.post_at,
            "date_created": one.created,
            "text": str(one.args.get("text") or ""),
        }
        for one in sorted(call.ws.scheduled.values(), key=lambda each: each.post_at)
        if not wanted or wanted == one.channel_id
    ]
    page, more = paged(call, found, 100, 100)
    return {"ok": True, "scheduled_messages": page, **more}


METHODS = {
    "chat.deleteScheduledMessage": Method(withdraw, ("chat:write",)),
    "chat.scheduleMessage": Method(schedule, ("chat:write",)),
    "chat.scheduledMessages.list": Method(list_),
}
