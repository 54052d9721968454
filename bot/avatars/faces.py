"""Pictures of avatars: brought in a form, kept as pictures and nothing else, shown where Slack finds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.office import Confirm
from bot.desk import Desk
from bot.dropping.download import NotNow, describe, fetch
from storage import avatar_pictures
from storage.sending import Claimed
from stories.avatars.project import PICTURES, Project
from stories.errors import UserError
from stories.language import _
from stories.pictures import LARGEST, cleaned, too_large

FIELD = "picture"


def can_be_seen(address: str | None) -> bool:
    """Whether Slack can fetch a picture from this copy: it has an address of its own."""
    return bool(address)


def chosen_file(view: Mapping[str, Any]) -> str | None:
    """The file that somebody chose in a form; None for none. Raises UserError for one that is too large."""
    held = (view["state"]["values"].get(FIELD) or {}).values()
    file = next((one for element in held for one in element.get("files") or ()), None)
    if file is None:
        return None
    if int(file.get("size") or 0) > LARGEST:
        raise UserError(too_large(), field=FIELD)
    return str(file["id"])


async def take_picture(
    desk: Desk, client: AsyncWebClient, workspace_id: str, project: Project, file_id: str, *, by: str
) -> None:
    """Fetch a picture that somebody brought, and have the avatar show it from its next post on.

    Raises UserError for what is no picture, too large, or cannot be fetched.
    """
    try:
        file = await describe(client, file_id)
        if file.size > LARGEST:
            raise UserError(too_large(), field=FIELD)
        token, api_url = str(client.token), desk.settings.slack_api_url
        data = await fetch(file, token=token, api_url=api_url, most=LARGEST)
    except NotNow:
        raise UserError(_("Slack wouldn’t hand the picture over just now. Please try again.")) from None
    picture = cleaned(data)
    async with desk.begin() as session:
        await avatar_pictures.put(session, workspace_id, project.id, picture, by=by, now=desk.now())


def with_faces(confirm: Confirm, address: str | None) -> Confirm:
    """Has posts show their avatar's picture from where this copy is now, or its emoji where it is nowhere."""

    async def confirmed(
        session: AsyncSession, claimed: Sequence[Claimed]
    ) -> dict[int, dict[str, Any] | None]:
        said = await confirm(session, claimed)
        return {one: payload and faced(payload, address) for one, payload in said.items()}

    return confirmed


def faced(payload: dict[str, Any], address: str | None) -> dict[str, Any]:
    """A message's own picture with its whole address, in place of its emoji, which Slack would prefer."""
    path = str(payload.get("icon_url") or "")
    if not path.startswith(PICTURES):
        return payload
    left_out = "icon_emoji" if address else "icon_url"
    kept = {name: value for name, value in payload.items() if name != left_out}
    return kept | ({"icon_url": f"{address}{path}"} if address else {})
