"""In which language people and channels are spoken to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.prepared import Prepared
from storage.rows import run, table_of
from storage.tables import PersonRow
from storage.tables_posts import ChannelRow
from storage.tables_trust import WorkspaceSettingsRow


async def of_place(session: AsyncSession, workspace_id: str, place: str) -> str:
    """The language of a person or a channel by their id, or else the workspace's; "" where none is known.

    A person's is Slack's ("de-DE"), the others are catalogues' ("de").
    """
    rows = await run(session, _OF_PLACE, {"workspace": workspace_id, "place": place})
    return str(rows.scalar_one())


async def of_channels(
    session: AsyncSession, workspace_id: str, channel_ids: Collection[str]
) -> dict[str, str]:
    """The languages of many channels, as `of_place` tells them; no entry for one that was not set up."""
    values = {"workspace": workspace_id, "channels": sorted(channel_ids)}
    return {row.channel_id: row.language for row in await run(session, _OF_CHANNELS, values)}


async def of_person(session: AsyncSession, workspace_id: str, user_id: str) -> tuple[str, str]:
    """A person's own language, "" until it is known, and the workspace's."""
    row = (await run(session, _OF_PERSON, {"workspace": workspace_id, "place": user_id})).first()
    return (str(row[0]), str(row[1])) if row else ("", "")


async def keep(session: AsyncSession, workspace_id: str, user_id: str, locale: str) -> None:
    """Remember in which language somebody whom the bot has met uses Slack."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.workspace_id == workspace_id, PersonRow.user_id == user_id)
        .values(locale=locale)
    )


_PEOPLE, _CHANNELS, _SETTINGS = (table_of(row) for row in (PersonRow, ChannelRow, WorkspaceSettingsRow))
_FOR_ALL = (
    select(_SETTINGS.c.chosen["language"].as_string())
    .where(_SETTINGS.c.workspace_id == bindparam("workspace"))
    .scalar_subquery()
)
_THEIRS = (
    select(func.nullif(_PEOPLE.c.locale, ""))
    .where(_PEOPLE.c.workspace_id == bindparam("workspace"), _PEOPLE.c.user_id == bindparam("place"))
    .scalar_subquery()
)
_CHOSEN = (
    select(func.nullif(_CHANNELS.c.language, ""))
    .where(_CHANNELS.c.workspace_id == bindparam("workspace"), _CHANNELS.c.channel_id == bindparam("place"))
    .scalar_subquery()
)
# Built once: every post and every note asks.
_OF_PLACE = Prepared(select(func.coalesce(_THEIRS, _CHOSEN, _FOR_ALL, literal("")).label("language")))
_OF_PERSON = Prepared(
    select(
        func.coalesce(_THEIRS, literal("")).label("own"),
        func.coalesce(_FOR_ALL, literal("")).label("for_all"),
    )
)
_OF_CHANNELS = select(
    _CHANNELS.c.channel_id,
    func.coalesce(func.nullif(_CHANNELS.c.language, ""), _FOR_ALL, literal("")).label("language"),
).where(
    _CHANNELS.c.workspace_id == bindparam("workspace"),
    _CHANNELS.c.channel_id.in_(bindparam("channels", expanding=True)),
)
