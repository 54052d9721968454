"""What Slack says of a click under a story, read once for all listeners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.desk import Desk
from bot.messages.blocks import Block
from bot.own_customers import not_about
from bot.permissions import Act, Actor, may
from bot.publishing import gone
from bot.showing import show
from stories.errors import UserError
from stories.language import _
from stories.story import Telling
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Click:
    """Somebody's click on something of a story; `channel_id` None where no channel is about."""

    workspace_id: str
    user_id: str
    story_id: int
    channel_id: str | None

    async def telling(self, session: AsyncSession, desk: Desk) -> Telling:
        """The story as it may be told now to this person. Raises UserError when it may not."""
        found = await show(session, self.workspace_id, self.story_id, desk.now())
        if found is None or not await not_about(session, self.workspace_id, self.user_id, [found]):
            raise UserError(gone())
        return found


def click_of(body: Mapping[str, Any]) -> Click:
    """The click that a block_actions payload tells of; the story's id is the value, or its last part."""
    action = body["actions"][0]
    value = action["selected_option"]["value"] if "selected_option" in action else action["value"]
    return Click(
        workspace_id=workspace_of(body),
        user_id=body["user"]["id"],
        story_id=int(value.rpartition(":")[2]),
        channel_id=channel_of(body),
    )


async def may_click(desk: Desk, client: AsyncWebClient, body: Mapping[str, Any], act: Act) -> Click:
    """The click under a story, of somebody who may do this. Raises UserError for a guest who may not."""
    click = click_of(body)
    await refuse(desk, client, click, act)
    return click


async def refuse(desk: Desk, client: AsyncWebClient, click: Click, act: Act) -> None:
    """Raise UserError for a guest who may not do this; to be asked before a transaction begins."""
    colleague = await desk.colleagues.get(client, click.workspace_id, click.user_id)
    if not may(Actor(user_id=click.user_id, guest=colleague.guest), act):
        raise UserError(
            _(
                "You are welcome to read the stories here. Answering, reporting and sharing them is for the "
                "company’s own people; please tell one of them what you would like to say."
            )
        )


def channel_of(body: Mapping[str, Any]) -> str | None:
    """The channel in which somebody clicked; None for private messages, modals and App Home."""
    channel = (body.get("channel") or {}).get("id") or (body.get("container") or {}).get("channel_id")
    return channel if channel and not channel.startswith("D") else None


def workspace_of(body: Mapping[str, Any]) -> str:
    """The workspace in which it happened."""
    return str((body.get("team") or {}).get("id") or body["user"]["team_id"])


async def refuse_guests(desk: Desk, client: AsyncWebClient, workspace_id: str, user_id: str) -> None:
    """Raise UserError for a guest: customers' stories are for colleagues."""
    if (await desk.colleagues.get(client, workspace_id, user_id)).guest:
        raise UserError(
            _("Customers’ stories are for the company’s own people, so I can’t show them to guests.")
        )


async def open_view(client: AsyncWebClient, body: dict[str, Any], view: Block) -> None:
    """Open a modal; on top of the one that stands when the click came from there."""
    if (body.get("view") or {}).get("type") == "modal":
        await client.views_push(trigger_id=body["trigger_id"], view=view)
    else:
        await client.views_open(trigger_id=body["trigger_id"], view=view)
