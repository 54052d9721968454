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
    if act is Act.NAME_PEOPLE:
        return _("Only workspace admins name people. Please ask one of them.")
    if act is Act.ISSUE_SCREENS:
        return _("Only workspace admins let screens show the centre. Please ask one of them.")
    if act is Act.SET_WORKSPACE:
        return _("Only workspace admins settle what holds for everybody. Please ask one of them.")
    if act in (Act.READ_AUDIT, Act.ERASE, Act.EXPORT):
        return _("That is for workspace admins and the privacy officers they name. Please ask one of them.")
    if act is Act.READ_PART:
        return _("That is for managers whom admins named, about people who let them see it.")
    return _("Only editors and workspace admins decide that. Please ask one of them.")
