"""The parts that every interaction payload shares: https://docs.slack.dev/reference/interaction-payloads"""

from __future__ import annotations

from dataclasses import dataclass

from playground.errors import PersonError
from playground.faces import message_json, view_json
from playground.model import Channel, Json, Message, User, View
from playground.org import enterprise_json, team_of
from playground.posting import find_ephemeral
from playground.transport.replies import reply_url
from playground.workspace import Workspace

TOKEN = "playground-verification"  # noqa: S105 - Slack's deprecated verification field, no secret
DOMAIN = "playground"


@dataclass(frozen=True, slots=True)
class InMessage:
    """A message somebody sees in a channel, ephemeral ones included."""

    channel_id: str
    ts: str


@dataclass(frozen=True, slots=True)
class InView:
    """A modal or App Home somebody has open."""

    view_id: str


Where = InMessage | InView


@dataclass(slots=True)
class Spot:
    """Where an element stands: a message in its channel, or a view."""

    blocks: list[Json]
    channel: Channel | None = None
    message: Message | None = None
    view: View | None = None


def somebody(ws: Workspace, user_id: str) -> User:
    """The person with that id; raises PersonError."""
    user = ws.users.get(user_id)
    if user is None or user.is_bot:
        raise PersonError(f"There is no person {user_id} in this workspace.")
    return user


def room_of(ws: Workspace, user_id: str, channel_id: str) -> Channel:
    """A conversation that person may look into; raises PersonError."""
    channel = ws.channels.get(channel_id)
    hidden = channel is None or (channel.kind != "public" and user_id not in channel.members)
    if channel is None or hidden:
        raise PersonError(f"There is no conversation {channel_id} that you can see.")
    if ws.users[user_id].is_guest and user_id not in channel.members:
        raise PersonError("Guests see only the channels they were added to.")
    return channel


def spot(ws: Workspace, user_id: str, where: Where) -> Spot:
    """Find the message or view that person sees; raises PersonError when it is gone."""
    if isinstance(where, InView):
        view = ws.views.get(where.view_id)
        if view is None or view.user_id != user_id:
            raise PersonError("That window is no longer open.")
        return Spot(view.body["blocks"], view=view)
    channel = room_of(ws, user_id, where.channel_id)
    message = channel.messages.get(where.ts) or find_ephemeral(channel, user_id, where.ts)
    if message is None:
        raise PersonError("That message is no longer there.")
    blocks = [*message.blocks, *(b for a in message.attachments for b in a.get("blocks") or ())]
    return Spot(blocks, channel=channel, message=message)


def base(ws: Workspace, kind: str, user: User, channel: Channel | None = None) -> Json:
    """Team, user, app and token, as in every interaction payload."""
    team_id = team_of(ws, channel)
    return {
        "type": kind,
        "token": TOKEN,
        "api_app_id": ws.app.id,
        "team": {"id": team_id, "domain": DOMAIN},
        "enterprise": enterprise_json(ws),
        "is_enterprise_install": ws.app.is_org,
        "user": {"id": user.id, "username": user.handle, "name": user.handle, "team_id": team_id},
    }


def channel_name(channel: Channel) -> str:
    """A channel's name as payloads give it: `directmessage` for direct ones."""
    return {"im": "directmessage", "mpim": "mpdm", "private": "privategroup"}.get(channel.kind, channel.name)


def placed(ws: Workspace, user: User, at: Spot) -> Json:
    """The part of a payload that says where something was done, with an address to answer to in messages."""
    if at.view is not None:
        return {"view": view_json(ws, at.view), "container": {"type": "view", "view_id": at.view.id}}
    channel, message = at.channel, at.message
    if channel is None or message is None:
        raise PersonError("That message is no longer there.")
    is_ephemeral = message.ephemeral_to is not None
    part: Json = {
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": is_ephemeral,
        },
        "response_url": reply_url(ws, channel.id, user.id, ts=message.ts, is_ephemeral=is_ephemeral),
    }
    if message.thread_ts:
        part["container"]["thread_ts"] = message.thread_ts
    # Slack gives the message itself only when others see it too; of an ephemeral one only the container.
    return part if is_ephemeral else part | {"message": message_json(ws, message)}
