"""Coming and going: channels joined, left, archived, shared, deleted; the app uninstalled; the clock."""

from __future__ import annotations

from datetime import datetime

from playground import oauth
from playground.acting.outcome import Outcome
from playground.acting.payloads import room_of, somebody
from playground.errors import PersonError
from playground.model import Channel, Json
from playground.scheduled import post_due
from playground.transport.events import publish
from playground.workspace import Workspace


async def join(ws: Workspace, user_id: str, channel_id: str) -> Outcome:
    """Join a public channel."""
    somebody(ws, user_id)
    enter(ws, room_of(ws, user_id, channel_id), user_id)
    return Outcome()


async def invite(ws: Workspace, user_id: str, channel_id: str, guest_id: str) -> Outcome:
    """Bring somebody, or the app, into a channel one is in."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    if user_id not in channel.members:
        raise PersonError(f"Join #{channel.name} before you invite others.")
    if guest_id not in ws.users:
        raise PersonError(f"There is nobody {guest_id} in this workspace.")
    enter(ws, channel, guest_id, inviter=user_id)
    return Outcome()


def enter(ws: Workspace, channel: Channel, user_id: str, *, inviter: str = "") -> None:
    """Make somebody a member and tell the app if it is there."""
    if user_id in channel.members:
        return
    ws.enter(channel, user_id)
    event: Json = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": "C" if channel.kind == "public" else "G",
        "team": ws.team_id,
    }
    publish(ws, event | ({"inviter": inviter} if inviter else {}), channel)


async def leave(ws: Workspace, user_id: str, channel_id: str, who: str = "") -> Outcome:
    """Leave a channel, or take `who` (the app, say) out of it."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    gone = who or user_id
    if gone not in channel.members:
        raise PersonError("They are not in that channel.")
    ws.leave(channel, gone)
    if gone == ws.app.user_id:
        kind = "group_left" if channel.kind == "private" else "channel_left"
        publish(ws, {"type": kind, "channel": channel.id, "actor_id": user_id})
    else:
        publish(ws, {"type": "member_left_channel", "user": gone, "channel": channel.id}, channel)
    return Outcome()


async def archive(ws: Workspace, user_id: str, channel_id: str, *, archived: bool = True) -> Outcome:
    """Archive a channel, or bring it back."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    channel.is_archived = archived
    ws.notify("channel", channel.id)
    kind = "group" if channel.kind == "private" else "channel"
    word = "archive" if archived else "unarchive"
    publish(ws, {"type": f"{kind}_{word}", "channel": channel.id, "user": user_id}, channel)
    return Outcome()


async def delete_channel(ws: Workspace, user_id: str, channel_id: str) -> Outcome:
    """Delete a channel for good, with everything in it."""
    channel = room_of(ws, user_id, channel_id)
    if not somebody(ws, user_id).is_admin:
        raise PersonError("Only workspace admins delete channels.")
    if channel.kind not in ("public", "private"):
        raise PersonError("A direct conversation can't be deleted.")
    kind = "group_deleted" if channel.kind == "private" else "channel_deleted"
    publish(ws, {"type": kind, "channel": channel.id}, channel)
    _remove(ws, channel)
    return Outcome()


def _remove(ws: Workspace, channel: Channel) -> None:
    for ts in channel.messages:
        ws.notify("deleted", channel.id, ts=ts)
    for member in list(channel.members):
        ws.leave(channel, member)
    ws.scheduled = {key: one for key, one in ws.scheduled.items() if one.channel_id != channel.id}
    del ws.names[channel.name], ws.channels[channel.id]
    ws.notify("channel", channel.id)


async def share(ws: Workspace, user_id: str, channel_id: str, *, shared: bool = True) -> Outcome:
    """Share a channel with another company (Slack Connect), or end that."""
    somebody(ws, user_id)
    channel = room_of(ws, user_id, channel_id)
    channel.is_shared = shared
    ws.notify("channel", channel.id)
    kind = "channel_shared" if shared else "channel_unshared"
    event: Json = {"type": kind, "channel": channel.id}
    event |= (
        {"connected_team_id": "T0NEIGHBOUR"} if shared else {"previously_connected_team_id": "T0NEIGHBOUR"}
    )
    publish(ws, event, channel)
    return Outcome()


async def create_channel(ws: Workspace, user_id: str, name: str, *, private: bool = False) -> Channel:
    """Open a channel with oneself in it."""
    somebody(ws, user_id)
    if name in ws.names:
        raise PersonError(f"There is already a channel called #{name}.")
    return ws.add_channel(name, "private" if private else "public", [user_id])


async def open_dm(ws: Workspace, user_id: str, *others: str) -> Channel:
    """Open the direct-message conversation with these people (or the app)."""
    somebody(ws, user_id)
    if any(other not in ws.users for other in others):
        raise PersonError("There is nobody like that in this workspace.")
    return ws.direct(user_id, *others)


async def uninstall(ws: Workspace, user_id: str) -> Outcome:
    """Remove the app from the workspace: its tokens stop working and it hears so."""
    if not somebody(ws, user_id).is_admin:
        raise PersonError("Only workspace admins remove apps.")
    oauth.uninstall(ws)
    return Outcome()


async def set_clock(ws: Workspace, when: datetime) -> Outcome:
    """Make it `when` (aware) in the workspace; timestamps never go back."""
    ws.clock.set(when)
    post_due(ws)
    ws.notify("clock")
    return Outcome()
