"""conversations.*: https://docs.slack.dev/reference/methods?family=conversations"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from playground.acting.rooms import enter
from playground.api.calling import Call, Method, cursor_for, paged
from playground.errors import SlackError
from playground.faces import channel_json, message_json
from playground.model import Json
from playground.rules.rates import COMMERCIAL_ITEMS

KINDS = {"public_channel": "public", "private_channel": "private", "im": "im", "mpim": "mpim"}
_FAMILY = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
READS = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORIES = ("channels:history", "groups:history", "im:history", "mpim:history")


def wanted_kinds(call: Call) -> set[str]:
    """Conversation kinds asked for in `types`; raises invalid_types, and missing_scope for each."""
    words = [w.strip() for w in str(call.args.get("types") or "public_channel").split(",")]
    if any(w not in KINDS for w in words):
        raise SlackError("invalid_types")
    for word in words:
        call.need(f"{_FAMILY[KINDS[word]]}:read")
    return {KINDS[word] for word in words}


def info(call: Call) -> Json:
    """conversations.info."""
    channel = call.channel("read")
    locale = call.ws.bot().locale if call.flag("include_locale") else ""
    face = channel_json(call.ws, channel, with_count=call.flag("include_num_members"), locale=locale)
    return {"ok": True, "channel": face}


def list_(call: Call) -> Json:
    """conversations.list: what the app may know of; private ones only where it is in."""
    ws, kinds, team = call.ws, wanted_kinds(call), call.team()
    live = call.flag("exclude_archived")
    entries = [
        c
        for c in ws.channels.values()
        if c.kind in kinds
        and c.team_id == team
        and not (live and c.is_archived)
        and (c.kind == "public" or ws.app.user_id in c.members)
    ]
    page, more = paged(call, entries, 100, 1000)
    return {"ok": True, "channels": [channel_json(ws, c, with_count=True) for c in page], **more}


def members(call: Call) -> Json:
    """conversations.members."""
    page, more = paged(call, list(call.channel("read").members), 100, 1000)
    return {"ok": True, "members": page, **more}


def open_(call: Call) -> Json:
    """conversations.open: direct messages with one person or several."""
    ws = call.ws
    if call.args.get("channel"):
        channel, known = call.channel(), True
    else:
        given = call.args.get("users") or ""
        ids = [i.strip() for i in (given if isinstance(given, list) else str(given).split(",")) if i.strip()]
        if not ids:
            raise SlackError("users_list_not_supplied")
        call.need("im:write" if len(ids) == 1 else "mpim:write")
        if any(i not in ws.users for i in ids):
            raise SlackError("user_not_found")
        known = frozenset((*ids, ws.app.user_id)) in ws.dms
        channel = ws.direct(*ids, ws.app.user_id)
    full = call.flag("return_im")
    face = channel_json(ws, channel) if full else {"id": channel.id}
    return {"ok": True, "channel": face} | ({"no_op": True, "already_open": True} if known else {})


def join(call: Call) -> Json:
    """conversations.join: public channels only."""
    channel = call.channel()
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackError("is_archived")
    already = call.ws.app.user_id in channel.members
    enter(call.ws, channel, call.ws.app.user_id)
    answer: Json = {"ok": True, "channel": channel_json(call.ws, channel)}
    return answer | ({"warning": "already_in_channel"} if already else {})


def leave(call: Call) -> Json:
    """conversations.leave."""
    channel = call.channel()
    if call.ws.app.user_id not in channel.members:
        return {"ok": True, "not_in_channel": True}
    call.ws.leave(channel, call.ws.app.user_id)
    return {"ok": True}


def _stamp(call: Call, name: str) -> str:
    """A timestamp argument padded so that text order is time order; empty when absent."""
    value = str(call.args.get(name) or "")
    if value in ("", "0", "now"):
        return ""
    seconds, _, micros = value.partition(".")
    if not seconds.isdigit() or (micros and not micros.isdigit()):
        raise SlackError(f"invalid_ts_{name}")
    return f"{seconds.zfill(10)}.{micros.ljust(6, '0')}"


def _between(call: Call, line: list[str]) -> tuple[int, int]:
    """The slice of `line` (oldest first) that oldest, latest and inclusive leave."""
    inclusive = call.flag("inclusive")
    oldest, latest = _stamp(call, "oldest"), _stamp(call, "latest")
    low, high = 0, len(line)
    if oldest:
        low = bisect_left(line, oldest) if inclusive else bisect_right(line, oldest)
    if latest:
        high = bisect_right(line, latest) if inclusive else bisect_left(line, latest)
    return low, high


def _page_size(call: Call) -> int:
    most = COMMERCIAL_ITEMS if call.ws.setup.tuning.is_commercial else 999
    return call.number("limit", min(100, most), most)


def history(call: Call) -> Json:
    """conversations.history: newest first, replies left out, metadata only on request."""
    channel = call.channel("history", joined=True)
    size = _page_size(call)
    low, high = _between(call, channel.order)
    cursor = call.cursor("next_ts")
    if cursor:
        high = min(high, bisect_right(channel.order, cursor))
    start = max(low, high - size)
    page = [channel.messages[ts] for ts in reversed(channel.order[start:high])]
    told = call.flag("include_all_metadata")
    answer: Json = {
        "ok": True,
        "messages": [message_json(call.ws, m, with_metadata=told) for m in page],
        "has_more": start > low,
        "pin_count": len(channel.pins),
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    if start > low:
        following = cursor_for("next_ts", channel.order[start - 1])
        answer["response_metadata"] = {"next_cursor": following}
    return answer


def replies(call: Call) -> Json:
    """conversations.replies: oldest first after the root; in channels refused to bots unless switched on."""
    ws = call.ws
    channel = call.channel("history", joined=True)
    if channel.kind in ("public", "private") and not ws.setup.tuning.thread_replies_for_bots:
        raise SlackError("not_allowed_token_type")
    root = call.message(channel, missing="thread_not_found")
    line = [root.ts, *channel.threads.get(root.ts, [])]
    low, high = _between(call, line)
    size = _page_size(call)
    page, more = paged(call, line[low:high], size, size)
    told = call.flag("include_all_metadata")
    faces = [message_json(ws, channel.messages[ts], with_metadata=told) for ts in page]
    return {"ok": True, "messages": faces, "has_more": bool(more["response_metadata"]["next_cursor"]), **more}


METHODS = {
    "conversations.history": Method(history, _HISTORIES),
    "conversations.info": Method(info, READS),
    "conversations.join": Method(join, ("channels:join",)),
    "conversations.leave": Method(leave, ("channels:manage", "groups:write", "im:write", "mpim:write")),
    "conversations.list": Method(list_),
    "conversations.members": Method(members, READS),
    "conversations.open": Method(open_, ("im:write", "mpim:write")),
    "conversations.replies": Method(replies, _HISTORIES),
}
