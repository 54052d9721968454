"""Where answers come from: kinds, settings, consent of verbatims, and how pulling goes."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.rows import add
from storage.tables_nps import NpsSourceRow
from stories.values import dataclass

FILE, PUSH, INTERVIEW = "file", "push", "interview"
"""The kinds of sources that nobody pulls from; every other kind is the name of a survey tool."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source. `verbatims_shared`: its comments may be shown. `counted`: its scores are part of NPS.

    `avatars_quote`: where they may be shown, a project's avatar may quote them too.

    `settings` are what pulling needs beside the key, `cursor` where it goes on. `trouble` says in words what
    went wrong the last `failures` times ("" while all is well).
    """

    id: int
    kind: str
    name: str
    settings: dict[str, Any] = field(default_factory=dict)
    verbatims_shared: bool = False
    avatars_quote: bool = False
    counted: bool = True
    cursor: dict[str, Any] = field(default_factory=dict)
    pulled_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0
    trouble: str = ""
    due_at: datetime | None = None


_COLUMNS = tuple(Source.__dataclass_fields__)


async def create(
    session: AsyncSession,
    workspace_id: str,
    *,
    kind: str,
    name: str,
    now: datetime,
    settings: dict[str, Any] | None = None,
    secret: str | None = None,
    counted: bool = True,
    due_at: datetime | None = None,
) -> int:
    """A new source, whose verbatims are not shared; its id.

    Raises sqlalchemy.exc.IntegrityError for a name that another source has.
    """
    start: dict[str, Any] = {"cursor": {}, "failures": 0, "trouble": "", "verbatims_shared": False}
    return await add(
        session,
        NpsSourceRow,
        workspace_id=workspace_id,
        kind=kind,
        name=name,
        settings=settings or {},
        secret=secret,
        counted=counted,
        due_at=due_at,
        created_at=now,
        **start,
    )


async def ensure(
    session: AsyncSession, workspace_id: str, *, kind: str, name: str, now: datetime, counted: bool = True
) -> int:
    """The source of this name, made where there is none; its id."""
    found = await named(session, workspace_id, name)
    if found is not None:
        return found.id
    return await create(session, workspace_id, kind=kind, name=name, now=now, counted=counted)


async def every(session: AsyncSession, workspace_id: str) -> tuple[Source, ...]:
    """All sources of a workspace, the oldest first."""
    query = select(NpsSourceRow).where(NpsSourceRow.workspace_id == workspace_id).order_by(NpsSourceRow.id)
    return tuple(_source(row) for row in (await session.execute(query)).scalars())


async def get(session: AsyncSession, workspace_id: str, source_id: int) -> Source | None:
    """One source by its id; None when it is not there."""
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.id == source_id)
    row = (await session.execute(select(NpsSourceRow).where(own))).scalar_one_or_none()
    return None if row is None else _source(row)


async def named(session: AsyncSession, workspace_id: str, name: str) -> Source | None:
    """One source by its name; None when it is not there."""
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.name == name)
    row = (await session.execute(select(NpsSourceRow).where(own))).scalar_one_or_none()
    return None if row is None else _source(row)


async def secret_of(session: AsyncSession, workspace_id: str, source_id: int) -> str | None:
    """The key with which a source is pulled from."""
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.id == source_id)
    return (await session.execute(select(NpsSourceRow.secret).where(own))).scalar_one_or_none()


async def change_secret(
    session: AsyncSession, workspace_id: str, source_id: int, secret: str, *, due_at: datetime
) -> None:
    """Keep another key, with which the source is pulled from at `due_at`; what went wrong before is past."""
    values: dict[str, Any] = {"secret": secret, "due_at": due_at, "failures": 0, "trouble": ""}
    await _set(session, workspace_id, source_id, **values)


async def share_verbatims(session: AsyncSession, workspace_id: str, source_id: int, *, shared: bool) -> None:
    """Let this source's comments be shown, or keep them silent."""
    await _set(session, workspace_id, source_id, verbatims_shared=shared)


async def let_avatars_quote(
    session: AsyncSession, workspace_id: str, source_id: int, *, allowed: bool
) -> None:
    """Let projects' avatars quote this source's comments as long as they are shared, or not (any more)."""
    await _set(session, workspace_id, source_id, avatars_quote=allowed)


async def count_in(session: AsyncSession, workspace_id: str, source_id: int, *, counted: bool) -> None:
    """Make this source's scores part of NPS, or leave them out; at once, for its past too."""
    await _set(session, workspace_id, source_id, counted=counted)


async def remove(session: AsyncSession, workspace_id: str, source_id: int) -> None:
    """Forget a source; empty it first (`storage.nps_erasing.empty_source`): this deletes in one go."""
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.id == source_id)
    await session.execute(delete(NpsSourceRow).where(own))


async def due(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Source, ...]:
    """The sources whose time to be pulled from has come, longest waiting first."""
    query = select(NpsSourceRow).where(NpsSourceRow.workspace_id == workspace_id, NpsSourceRow.due_at <= now)
    rows = (await session.execute(query.order_by(NpsSourceRow.due_at, NpsSourceRow.id))).scalars()
    return tuple(_source(row) for row in rows)


async def claim(
    session: AsyncSession, workspace_id: str, source: Source, *, now: datetime, until: datetime
) -> bool:
    """Take a due source for oneself until then; False when another process was faster."""
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.id == source.id)
    unclaimed = or_(NpsSourceRow.due_at <= now, NpsSourceRow.due_at == source.due_at)
    taken = await session.execute(
        update(NpsSourceRow).where(own, unclaimed).values(due_at=until).returning(NpsSourceRow.id)
    )
    return taken.first() is not None


async def advance(
    session: AsyncSession,
    workspace_id: str,
    source_id: int,
    cursor: dict[str, Any],
    *,
    until: datetime | None = None,
) -> None:
    """Remember where pulling goes on, in the transaction of the answers that came until there.

    `until`: the source stays one's own until then, where there is more to pull.
    """
    held = {"due_at": until} if until else {}
    await _set(session, workspace_id, source_id, cursor=cursor, **held)


async def went_well(
    session: AsyncSession, workspace_id: str, source_id: int, *, now: datetime, due_at: datetime
) -> None:
    """A pull came to its end."""
    values: dict[str, Any] = {"failures": 0, "trouble": "", "due_at": due_at}
    await _set(session, workspace_id, source_id, pulled_at=now, succeeded_at=now, **values)


async def went_wrong(
    session: AsyncSession,
    workspace_id: str,
    source_id: int,
    trouble: str,
    *,
    now: datetime,
    due_at: datetime | None,
) -> None:
    """A pull failed, with words that say why; tried again at `due_at`, or (None) not before somebody asks."""
    values: dict[str, Any] = {"failures": NpsSourceRow.failures + 1, "trouble": trouble, "due_at": due_at}
    await _set(session, workspace_id, source_id, pulled_at=now, **values)


async def _set(session: AsyncSession, workspace_id: str, source_id: int, **values: Any) -> None:
    own = (NpsSourceRow.workspace_id == workspace_id) & (NpsSourceRow.id == source_id)
    await session.execute(update(NpsSourceRow).where(own).values(**values))


def _source(row: NpsSourceRow) -> Source:
    return Source(**{name: getattr(row, name) for name in _COLUMNS})
