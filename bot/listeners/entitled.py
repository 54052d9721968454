"""Who is refused what, in words that say whom to ask."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.permissions import NOTHING, Act, Thing, may
from stories.errors import UserError
from stories.language import _


async def refuse_unless(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, act: Act, thing: Thing = NOTHING
) -> None:
    """Raise UserError for somebody who may not do this; to be asked before a transaction begins."""
    await desk.colleagues.get(client, workspace_id, user_id)
    async with desk.read() as session:
        actor = await desk.colleagues.actor(session, client, workspace_id, user_id)
    if not may(actor, act, thing):
        raise UserError(_refusal(act))


def _refusal(act: Act) -> str:
    privacy = _("That is for workspace admins and the privacy officers they name. Please ask one of them.")
    for_all = _("Only workspace admins settle what holds for everybody. Please ask one of them.")
    by_act = {
        Act.NAME_PEOPLE: _("Only workspace admins name people. Please ask one of them."),
        Act.ISSUE_SCREENS: _("Only workspace admins let screens show the centre. Please ask one of them."),
        Act.SET_WORKSPACE: for_all,
        Act.READ_AUDIT: privacy,
        Act.ERASE: privacy,
        Act.EXPORT: privacy,
        Act.READ_PART: _("That is for managers whom admins named, about people who let them see it."),
        Act.SET_RHYTHM: _("That is for managers and workspace admins. Please ask one of them."),
    }
    return by_act.get(act) or _("Only editors and workspace admins decide that. Please ask one of them.")
