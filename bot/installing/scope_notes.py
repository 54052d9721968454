"""What a workspace has not granted: said once to whoever installed the bot, with the way to grant it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.connections import NotConnected
from bot.desk import Desk
from bot.installing import scopes
from bot.installing.installed import Installed
from bot.installing.scopes import Scope
from bot.messages import blocks
from bot.tongues import speaking_to
from storage import connections, deliveries, workspaces
from storage.deliveries import Post
from stories.language import _


async def tell_of_missing(desk: Desk, installed: Installed, workspace_id: str) -> bool:
    """Tell whoever installed the bot here what it does without; False when nothing is new.

    A workspace is told again only when more is missing, or something else.
    """
    try:
        bot = await installed.bot(workspace_id)
    except NotConnected:
        return False
    missing = scopes.lacking(bot.bot_scopes)
    names = scopes.missing_names(bot.bot_scopes)
    async with desk.database.begin() as session:
        known = await connections.get(session, workspace_id)
        if known is None or known.scopes_told == names:
            return False
        await connections.told_of_scopes(session, workspace_id, names)
        installer = await workspaces.installer(session, workspace_id)
        if not missing or installer is None:
            return False
        slot = f"scopes:{names}:{known.connected_at.isoformat()}"
        async with speaking_to(session, workspace_id, installer):
            lacking = scopes.lacking(bot.bot_scopes)
            payload = note(lacking, f"{desk.settings.firsthand_address}/slack/install")
        post = Post(channel_id=installer, kind="notice", slot_key=slot, payload=payload)
        await deliveries.plan(session, workspace_id, post, now=desk.now())
    desk.wake_outbox()
    return True


def note(missing: Sequence[Scope], install: str) -> dict[str, Any]:
    """The message: what is missing, what it costs, and where to grant it. `install` is an address of ours."""
    said = _("Firsthand works here without some permissions. Everything else works; these do not:")
    lines = "\n".join(f"• `{scope.name}`: {blocks.escaped(scope.without)}" for scope in missing)
    link = f"<{install}|{_('Install Firsthand again to grant them')}>"
    why = _("You get this once, because you installed Firsthand here.")
    plain = "; ".join(scope.without for scope in missing)
    return {
        "text": blocks.escaped(f"{said} {plain}"),
        "blocks": [blocks.section(f"{said}\n{lines}"), blocks.section(link), blocks.context(why)],
    }
