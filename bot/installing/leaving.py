"""A workspace that removed the bot: work stops at once, what was kept is deleted on a day that was said."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from operator import attrgetter

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.connections import TOKEN_DEAD, NotConnected
from bot.desk import Desk
from bot.installing.installed import Installed
from bot.installing.scope_notes import tell_of_missing
from bot.log_ids import each
from storage import connections, leaving

log = logging.getLogger(__name__)

ORGANISATIONS_EVERY = timedelta(hours=1)
"""How often an organisation is asked which of its workspaces let the bot in."""

_NEVER = datetime.min.replace(tzinfo=UTC)
_NO_WORD = (aiohttp.ClientError, SlackClientError, TimeoutError, OSError)

UNSURE_FOR = timedelta(days=1)
"""How long Slack may refuse a token before the workspace counts as gone: its event may have been missed."""


async def removed(
    desk: Desk,
    installed: Installed,
    workspace_id: str,
    *,
    told_at: datetime,
    enterprise_id: str | None = None,
) -> None:
    """Slack says that the bot was removed (`told_at`: when), or that its token was revoked.

    It says so in two events that come in either order, perhaps late and twice. A workspace that installed
    the bot again meanwhile has a token that lives, and stays.
    """
    for one in await _spoken_for(desk, workspace_id, enterprise_id):
        installed.forget(one)
        if not await _came_back(desk, installed, one, told_at):
            await leave(desk, installed, one)


async def leave(desk: Desk, installed: Installed, workspace_id: str) -> bool:
    """Stop all work for a workspace and set the day of its deletion; False when that was done before."""
    now = desk.now()
    delete_on = now + timedelta(days=desk.settings.firsthand_leavers_kept_days)
    async with desk.database.begin() as session:
        known = await connections.get(session, workspace_id)
        left = known is not None and await connections.end(
            session, workspace_id, now=now, delete_on=delete_on
        )
    installed.forget(workspace_id)
    if not left or known is None:
        return False
    log.info("%s removed the bot: what it kept is deleted after %s", workspace_id, delete_on.date())
    await _drop_installation(desk, installed, known)
    return True


async def keep_house(desk: Desk) -> None:
    """To be called at every tick: look at what workspaces lack, whose token is refused, and what is to go."""
    installed, now = desk.connections, desk.now()
    if not isinstance(installed, Installed):
        return
    async with desk.read() as session:
        live = await connections.live(session)
        over = await connections.to_delete(session, now)
    for one in each(live, attrgetter("workspace_id")):
        if one.lost_at is not None:
            await _look_again(desk, installed, one, now)
        elif one.workspace_id not in installed.looked_at_scopes:
            await tell_of_missing(desk, installed, one.workspace_id)
            installed.looked_at_scopes.add(one.workspace_id)
    await _leave_what_lets_in_no_more(desk, installed, live, now)
    for workspace_id in each(over):
        await delete_all(desk, workspace_id)


async def _leave_what_lets_in_no_more(
    desk: Desk, installed: Installed, live: Iterable[connections.Connection], now: datetime
) -> None:
    """Ask each organisation now and then which workspaces let the bot in: Slack's event may have been missed.

    While Slack does not say, nothing is left.
    """
    spoken_for: dict[str, list[str]] = {}
    for one in live:
        if one.org_wide and one.enterprise_id and one.lost_at is None:
            spoken_for.setdefault(one.enterprise_id, []).append(one.workspace_id)
    for enterprise_id, workspaces in spoken_for.items():
        if now - installed.looked_at_organisations.get(enterprise_id, _NEVER) < ORGANISATIONS_EVERY:
            continue
        installed.looked_at_organisations[enterprise_id] = now
        try:
            let_in = await installed.let_in(enterprise_id)
        except (*_NO_WORD, NotConnected) as trouble:
            log.info("an organisation does not say which workspaces let the bot in: %s", trouble)
            continue
        for workspace_id in each(workspaces):
            if let_in is not None and workspace_id not in let_in:
                await leave(desk, installed, workspace_id)


async def _look_again(desk: Desk, installed: Installed, one: connections.Connection, now: datetime) -> None:
    """A token that Slack refused may live again; one that it refuses after a whole day does not."""
    unsure_no_more = one.lost_at is not None and one.lost_at <= now - UNSURE_FOR
    if unsure_no_more:
        installed.forget(one.workspace_id)
    alive = await _is_alive(installed, one.workspace_id)
    if alive:
        async with desk.database.begin() as session:
            await connections.find_again(session, one.workspace_id)
        log.info("Slack takes the token of %s again", one.workspace_id)
    elif alive is False and unsure_no_more:
        await leave(desk, installed, one.workspace_id)


async def delete_all(desk: Desk, workspace_id: str) -> int:
    """Delete everything that a workspace kept, in pieces; tells how many rows that were.

    A workspace that comes back in the middle of it is left as it is then.
    """
    gone = 0
    while True:
        async with desk.database.begin() as session:
            if not await connections.hold_to_delete(session, workspace_id):
                return gone
            piece = await leaving.delete_some(session, workspace_id)
        if not piece:
            break
        gone += piece
    log.info("everything that %s kept was deleted: %d rows", workspace_id, gone)
    return gone


async def _spoken_for(desk: Desk, workspace_id: str, enterprise_id: str | None) -> Iterable[str]:
    """The workspaces that an installation spoke for: one, or all of its organisation."""
    if enterprise_id is None:
        return (workspace_id,)
    async with desk.read() as session:
        return await connections.by_organisation(session, enterprise_id)


async def _came_back(desk: Desk, installed: Installed, workspace_id: str, told_at: datetime) -> bool:
    alive = await _is_alive(installed, workspace_id)
    if alive is not None:
        return alive
    async with desk.read() as session:
        known = await connections.get(session, workspace_id)
    return known is not None and known.live and known.connected_at > told_at


async def _is_alive(installed: Installed, workspace_id: str) -> bool | None:
    """Whether Slack takes the workspace's token; None when it does not say."""
    try:
        await (await installed.client(workspace_id)).auth_test()
    except NotConnected:
        return None
    except SlackApiError as error:
        return False if error.response.get("error") in TOKEN_DEAD else None
    except (aiohttp.ClientError, SlackClientError, TimeoutError, OSError):
        return None
    return True


async def _drop_installation(desk: Desk, installed: Installed, known: connections.Connection) -> None:
    """Forget the token; an organisation's once none of its workspaces is left."""
    team_id: str | None = known.workspace_id
    if known.org_wide:
        async with desk.read() as session:
            if await connections.by_organisation(session, known.enterprise_id or ""):
                return
        team_id = None
    await installed.store.async_delete_all(enterprise_id=known.enterprise_id, team_id=team_id)


def moment_of(body: dict[str, object]) -> datetime:
    """When Slack says an event happened."""
    told = body.get("event_time")
    return datetime.fromtimestamp(told if isinstance(told, int) else 0, UTC)
