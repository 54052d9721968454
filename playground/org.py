"""Organisations with several workspaces: which one a thing belongs to, and where an app is let in.

https://docs.slack.dev/enterprise/organization-ready-apps
"""

from __future__ import annotations

from playground.errors import SlackError
from playground.model import Channel, Json
from playground.workspace import Workspace


def enterprise_json(ws: Workspace) -> Json | None:
    """The organisation as payloads name it; None for a workspace of its own."""
    key = ws.setup.enterprise_id
    return {"id": key, "name": f"{ws.team_name} organisation"} if key else None


def team_of(ws: Workspace, channel: Channel | None) -> str:
    """The workspace that a conversation belongs to; the first one for none."""
    return channel.team_id if channel is not None and channel.team_id else ws.team_id


def is_let_in(ws: Workspace, team_id: str) -> bool:
    """Whether the app may work in that workspace."""
    return team_id in ws.app.teams


def check_team(ws: Workspace, team_id: str) -> None:
    """Raise team_access_not_granted where the app may not work, team_not_found where there is nothing."""
    if team_id not in ws.teams:
        raise SlackError("team_not_found")
    if not is_let_in(ws, team_id):
        raise SlackError("team_access_not_granted")


def authorizations(ws: Workspace, team_id: str) -> list[Json]:
    """For whom an event was sent: the app's one installation."""
    return [
        {
            "enterprise_id": ws.setup.enterprise_id or None,
            "team_id": team_id,
            "user_id": ws.app.user_id,
            "is_bot": True,
            "is_enterprise_install": ws.app.is_org,
        }
    ]
