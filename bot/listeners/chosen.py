"""People who were chosen in a form."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.colleagues import Colleague
from bot.desk import Desk
from stories.errors import UserError
from stories.language import _

UNKNOWN = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
"""Slack's words for somebody whom it does not know in this workspace, or does not tell about."""


async def chosen_colleague(
    desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str, *, field: str
) -> Colleague:
    """Whom a form names, by Slack's id. Raises UserError beside `field` for somebody unknown here.

    Raises as `Colleagues.get` does when Slack does not answer.
    """
    try:
        return await desk.colleagues.get(client, workspace_id, user_id)
    except SlackApiError as error:
        if error.response.get("error") not in UNKNOWN:
            raise
    said = _("Slack doesn’t know {person} in this workspace. Please take them off, or choose somebody else.")
    raise UserError(said.format(person=user_id), field=field)
