"""Events, sent only when the manifest subscribes to them and the scopes for them are granted.

https://docs.slack.dev/apis/events-api
"""

from __future__ import annotations

import asyncio
import contextlib

from playground.model import Channel, Json
from playground.org import authorizations, is_let_in, team_of
from playground.workspace import Workspace

_KIND_WORDS = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
CHANNEL_TYPES = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
#: Event type → the scope it needs; `{}` stands for channels, groups, im or mpim.
_SCOPES = {
    "app_mention": "app_mentions:read",
    "message": "{}:history",
    "member_joined_channel": "{}:read",
    "member_left_channel": "{}:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "channel_deleted": "channels:read",
    "channel_left": "channels:read",
    "channel_rename": "channels:read",
    "channel_shared": "channels:read",
    "channel_unshared": "channels:read",
    "file_shared": "files:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
    "group_deleted": "groups:read",
    "group_left": "groups:read",
    "pin_added": "pins:read",
    "pin_removed": "pins:read",
    "team_join": "users:read",
    "user_change": "users:read",
}
_FREE = frozenset(("app_home_opened", "app_uninstalled", "tokens_revoked"))


def is_subscribed(ws: Workspace, kind: str, channel: Channel | None = None) -> bool:
    """Whether the app gets events of that kind, from that conversation if it is about one."""
    app = ws.app
    word = _KIND_WORDS[channel.kind] if channel else "channels"
    name = f"message.{word}" if kind == "message" else kind
    if name not in app.events:
        return False
    return kind in _FREE or (kind in _SCOPES and _SCOPES[kind].format(word) in app.scopes)


def publish(ws: Workspace, event: Json, channel: Channel | None = None) -> None:
    """Send an event in the background, if the app gets it. About a channel: only when the app is in it."""
    kind = str(event["type"])
    if not (ws.app.installed or kind in ("app_uninstalled", "tokens_revoked")):
        return
    if channel is not None and ws.app.user_id not in channel.members and kind != "channel_left":
        return
    if not is_subscribed(ws, kind, channel) or not is_let_in(ws, team_of(ws, channel)):
        return
    event.setdefault("event_ts", ws.clock.stamp())
    envelope = _envelope(ws, event, channel)
    fault = ws.faults.strike(f"event:{kind}")
    if fault and fault.kind == "lose":
        return
    if fault and fault.kind == "reorder":
        ws.spawn(_overtaken(ws, envelope, fault.seconds))
        return
    wait = fault.seconds if fault and fault.kind == "delay" else 0.0
    for _ in range(2 if fault and fault.kind == "twice" else 1):
        ws.spawn(_deliver(ws, envelope, wait))


def _envelope(ws: Workspace, event: Json, channel: Channel | None) -> Json:
    event_id, team_id = ws.new_id("Ev"), team_of(ws, channel)
    return {
        "token": "playground-verification",
        "team_id": team_id,
        "enterprise_id": ws.setup.enterprise_id or None,
        "context_team_id": team_id,
        "context_enterprise_id": ws.setup.enterprise_id or None,
        "api_app_id": ws.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": int(ws.clock.seconds()),
        "authorizations": authorizations(ws, team_id),
        "is_ext_shared_channel": bool(channel and channel.is_shared),
        "event_context": f"4-{event_id}",
    }


async def _overtaken(ws: Workspace, envelope: Json, seconds: float) -> None:
    passed = asyncio.Event()
    ws.overtaking.append(passed)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await passed.wait()
    await _deliver(ws, envelope, 0.0)


async def _deliver(ws: Workspace, envelope: Json, wait: float) -> None:
    if wait:
        await ws.faults.hold_up(wait)
    ws.settle()
    ack = await ws.link.send("events_api", envelope)
    for passed in ws.overtaking:
        passed.set()
    ws.overtaking.clear()
    for number, pause in enumerate(ws.setup.tuning.retry_seconds, start=1):
        if ack.ok or not ack.again:
            return
        await asyncio.sleep(pause)
        ack = await ws.link.send("events_api", envelope, retry=number, reason=ack.reason)
