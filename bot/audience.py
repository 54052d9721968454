"""Who would hear a post in a channel: asked of Slack before anything is set up or shared there."""

from __future__ import annotations

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

_UNSEEN = frozenset({"channel_not_found", "missing_scope", "not_in_channel"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A channel as Slack tells of it. `name` is empty for one the bot cannot see (private, and not joined).

    `creator` is who opened it, where Slack tells.

    `member` is whether the bot is in it; `external` whether people from other companies are, or are invited.
    """

    channel_id: str
    name: str
    member: bool
    archived: bool
    external: bool
    private: bool
    direct: bool = False
    creator: str = ""


async def audience(client: AsyncWebClient, channel_id: str) -> Audience:
    """This channel; one the bot cannot see counts as private and not joined. Raises SlackApiError."""
    try:
        told = (await client.conversations_info(channel=channel_id))["channel"]
    except SlackApiError as error:
        if error.response.get("error") not in _UNSEEN:
            raise
        return Audience(
            channel_id=channel_id, name="", member=False, archived=False, external=False, private=True
        )
    direct = bool(told.get("is_im") or told.get("is_mpim"))
    return Audience(
        channel_id=channel_id,
        name=str(told.get("name") or ""),
        member=bool(told.get("is_member") or direct),
        archived=bool(told.get("is_archived")),
        # is_shared alone may mean several workspaces of the same company.
        external=bool(told.get("is_ext_shared") or told.get("is_pending_ext_shared")),
        private=bool(told.get("is_private")),
        direct=direct,
        creator=str(told.get("creator") or ""),
    )


def refuse_unheard(there: Audience) -> None:
    """Raise UserError, saying what to do, where the bot cannot post or should not."""
    if there.archived:
        raise UserError(_("That channel is archived; please choose one that people still read."))
    if there.external:
        raise UserError(
            _(
                "People from other companies are in that channel, and customers’ stories stay in-house. "
                "Please choose another one."
            )
        )
    if not there.member:
        raise UserError(how_to_invite(there))


def how_to_invite(there: Audience) -> str:
    """How to let the bot into a channel that it is not in."""
    where = _("#{name}").format(name=there.name) if there.name else _("that channel")
    said = _("I’m not in {channel} yet. Type /invite @Firsthand there and try again; private ones work too.")
    return said.format(channel=where)
