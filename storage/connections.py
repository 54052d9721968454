"""Which workspaces are connected, by which installation, and which have left."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage import workspaces
from storage.deliveries import POST
from storage.rows import table_of
from storage.tables import WorkspaceRow
from storage.tables_installs import ConnectionRow
from storage.tables_posts import DeliveryRow
from stories.values import dataclass

STALE_AFTER = timedelta(days=1)
"""A post that waited longer than this for its workspace to come back is not made any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """How a workspace is connected. `org_wide`: by its organisation's installation. Times are aware."""

    workspace_id: str
    enterprise_id: str | None
    org_wide: bool
    connected_at: datetime
    lost_at: datetime | None = None
    ended_at: datetime | None = None
    delete_on: datetime | None = None
    scopes_told: str = ""

    @property
    def live(self) -> bool:
        """Whether the bot is still installed there."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A workspace as an installation tells of it. `scopes_told`: what its page said was not granted."""

    name: str
    enterprise_id: str | None
    org_wide: bool
    installed_by: str | None
    scopes_told: str = ""


async def connect(session: AsyncSession, workspace_id: str, arrival: Arrival, *, now: datetime) -> None:
    """Connect a workspace, or again: what it had is kept, its deletion is called off.

    Posts that waited too long for it are cancelled; what takes posts back still goes out. Whoever installed
    the bot first stays its installer here.
    """
    await workspaces.ensure(
        session, workspace_id, name=arrival.name, installed_by=arrival.installed_by, now=now
    )
    await _say_who(session, workspace_id, arrival)
    embedded = session.get_bind().dialect.name == "sqlite"
    table = table_of(ConnectionRow)
    values = {
        "enterprise_id": arrival.enterprise_id,
        "org_wide": arrival.org_wide,
        "connected_at": now,
        "lost_at": None,
        "ended_at": None,
        "delete_on": None,
        "scopes_told": arrival.scopes_told,
    }
    insert = (sqlite.insert if embedded else postgresql.insert)(table).values(
        workspace_id=workspace_id, **values
    )
    await session.execute(insert.on_conflict_do_update(index_elements=["workspace_id"], set_=values))
    await session.execute(
        update(DeliveryRow)
        .where(
            DeliveryRow.workspace_id == workspace_id,
            DeliveryRow.state == "pending",
            DeliveryRow.method == POST,
            DeliveryRow.created_at < now - STALE_AFTER,
        )
        .values(state="cancelled")
    )


async def get(session: AsyncSession, workspace_id: str) -> Connection | None:
    """How this workspace is or was connected; None when it never was over OAuth."""
    query = select(ConnectionRow).where(ConnectionRow.workspace_id == workspace_id)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _value(row)


async def has_left(session: AsyncSession, workspace_id: str) -> bool:
    """Whether this workspace removed the bot, and did not come back."""
    query = select(ConnectionRow.workspace_id).where(
        ConnectionRow.workspace_id == workspace_id, ConnectionRow.ended_at.is_not(None)
    )
    return (await session.execute(query)).first() is not None


async def live(session: AsyncSession) -> tuple[Connection, ...]:
    """Every workspace that the bot is installed in, in a steady order."""
    query = select(ConnectionRow).where(ConnectionRow.ended_at.is_(None))
    rows = (await session.execute(query.order_by(ConnectionRow.workspace_id))).scalars()
    return tuple(_value(row) for row in rows)


async def by_organisation(session: AsyncSession, enterprise_id: str) -> tuple[str, ...]:
    """The live workspaces that this organisation's own installation speaks for."""
    query = select(ConnectionRow.workspace_id).where(
        ConnectionRow.enterprise_id == enterprise_id,
        ConnectionRow.org_wide,
        ConnectionRow.ended_at.is_(None),
    )
    return tuple((await session.execute(query.order_by(ConnectionRow.workspace_id))).scalars())


async def lose(session: AsyncSession, workspace_id: str, *, now: datetime) -> bool:
    """Remember since when Slack refuses the token; tells whether that is news."""
    query = (
        update(ConnectionRow)
        .where(ConnectionRow.workspace_id == workspace_id, ConnectionRow.lost_at.is_(None))
        .values(lost_at=now)
        .returning(ConnectionRow.workspace_id)
    )
    return (await session.execute(query)).first() is not None


async def find_again(session: AsyncSession, workspace_id: str) -> None:
    """Slack takes the token after all."""
    query = update(ConnectionRow).where(ConnectionRow.workspace_id == workspace_id)
    await session.execute(query.values(lost_at=None))


async def end(session: AsyncSession, workspace_id: str, *, now: datetime, delete_on: datetime) -> bool:
    """The bot was removed: what it kept there is deleted on that day. False when that was known."""
    query = (
        update(ConnectionRow)
        .where(ConnectionRow.workspace_id == workspace_id, ConnectionRow.ended_at.is_(None))
        .values(ended_at=now, delete_on=delete_on)
        .returning(ConnectionRow.workspace_id)
    )
    return (await session.execute(query)).first() is not None


async def to_delete(session: AsyncSession, now: datetime) -> tuple[str, ...]:
    """The workspaces whose time is over: they left, and did not come back before the day set for it."""
    query = select(ConnectionRow.workspace_id).where(
        ConnectionRow.ended_at.is_not(None), ConnectionRow.delete_on <= now
    )
    return tuple((await session.execute(query.order_by(ConnectionRow.delete_on))).scalars())


async def hold_to_delete(session: AsyncSession, workspace_id: str) -> bool:
    """Whether this workspace may be deleted; on PostgreSQL nobody connects it until the transaction ends."""
    query = select(ConnectionRow.ended_at).where(ConnectionRow.workspace_id == workspace_id)
    found = (await session.execute(query.with_for_update())).first()
    return found is None or found.ended_at is not None


async def told_of_scopes(session: AsyncSession, workspace_id: str, lacking: str) -> None:
    """Remember which missing scopes somebody here was told of."""
    query = update(ConnectionRow).where(ConnectionRow.workspace_id == workspace_id)
    await session.execute(query.values(scopes_told=lacking))


async def _say_who(session: AsyncSession, workspace_id: str, arrival: Arrival) -> None:
    if arrival.installed_by:
        await workspaces.name_installer(session, workspace_id, arrival.installed_by)
    if arrival.name:
        query = update(WorkspaceRow).where(WorkspaceRow.id == workspace_id)
        await session.execute(query.values(name=arrival.name))


def _value(row: ConnectionRow) -> Connection:
    return Connection(
        workspace_id=row.workspace_id,
        enterprise_id=row.enterprise_id,
        org_wide=row.org_wide,
        connected_at=row.connected_at,
        lost_at=row.lost_at,
        ended_at=row.ended_at,
        delete_on=row.delete_on,
        scopes_told=row.scopes_told,
    )
