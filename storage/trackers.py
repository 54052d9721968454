"""Trackers outside Slack in which avatars comment: which place, with which label, and how it goes there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import connections
from storage.rows import add
from storage.tables_trackers import TrackerRow
from stories.values import dataclass

ON, OFF = "on", "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracking:
    """A tracker of a project, without its secrets. `state` is ON or OFF.

    `trouble` says in words what has to be mended ("" while all is well), `heard_at` when it called last.
    """

    id: int
    workspace_id: str
    project_id: int
    kind: str
    site: str
    place: str
    place_key: str
    label: str
    key: str
    account: str
    state: str
    trouble: str
    trouble_since: datetime | None
    outsiders_allowed_by: str | None
    heard_at: datetime | None
    set_up_by: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTracking:
    """What somebody switches on. `secret` signs what the tracker sends, `token` speaks for `account`."""

    project_id: int
    kind: str
    site: str
    place: str
    place_key: str
    label: str
    key: str
    token: str
    secret: str
    account: str
    outsiders_allowed_by: str | None = None


_COLUMNS = tuple(Tracking.__dataclass_fields__)


async def begin(session: AsyncSession, workspace_id: str, new: NewTracking, *, by: str, now: datetime) -> int:
    """Switch a tracker on; its id. Raises sqlalchemy.exc.IntegrityError where the project has one that is."""
    values = {name: getattr(new, name) for name in NewTracking.__dataclass_fields__}
    return await add(
        session,
        TrackerRow,
        workspace_id=workspace_id,
        state=ON,
        trouble="",
        set_up_by=by,
        created_at=now,
        **values,
    )


async def get(session: AsyncSession, workspace_id: str, tracker_id: int) -> Tracking | None:
    """This tracker, on or off."""
    own = (TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id)
    return await _one(session, *own)


async def of_project(session: AsyncSession, workspace_id: str, project_id: int) -> Tracking | None:
    """The tracker of this project that is on."""
    own = (TrackerRow.workspace_id == workspace_id, TrackerRow.project_id == project_id)
    return await _one(session, *own, TrackerRow.state == ON)


async def by_key(session: AsyncSession, kind: str, key: str) -> Tracking | None:
    """The tracker of this kind that is on and calls the address with this key, of whichever workspace.

    None for one of who has left.
    """
    found = await _one(session, TrackerRow.key == key, TrackerRow.kind == kind, TrackerRow.state == ON)
    return None if found is None or await connections.has_left(session, found.workspace_id) else found


async def in_need(session: AsyncSession, workspace_id: str, *, most: int) -> tuple[Tracking, ...]:
    """Those with something to mend, the longest first."""
    query = (
        select(TrackerRow)
        .where(TrackerRow.workspace_id == workspace_id, TrackerRow.trouble != "")
        .order_by(TrackerRow.trouble_since, TrackerRow.id)
        .limit(most)
    )
    return tuple(_tracking(row) for row in (await session.execute(query)).scalars())


async def off_with_token(session: AsyncSession, workspace_id: str) -> tuple[Tracking, ...]:
    """Those that are off and still have their token, as something of ours stood there."""
    query = select(TrackerRow).where(
        TrackerRow.workspace_id == workspace_id, TrackerRow.state == OFF, TrackerRow.token.is_not(None)
    )
    return tuple(_tracking(row) for row in (await session.execute(query.order_by(TrackerRow.id))).scalars())


async def secret_of(session: AsyncSession, workspace_id: str, tracker_id: int) -> str | None:
    """What signs the tracker's calls."""
    query = select(TrackerRow.secret).where(
        TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def token_of(session: AsyncSession, workspace_id: str, tracker_id: int) -> str | None:
    """What speaks for the account; None once it is forgotten."""
    query = select(TrackerRow.token).where(
        TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id
    )
    return (await session.execute(query)).scalar_one_or_none()


async def change(
    session: AsyncSession,
    workspace_id: str,
    tracker_id: int,
    *,
    label: str,
    outsiders_allowed_by: str | None = None,
    token: str | None = None,
    account: str | None = None,
    secret: str | None = None,
) -> None:
    """Comment where this label is, with these readers; what else is None stays.

    With a new token, or other readers, what was to be mended is tried anew.
    """
    mended = {"trouble": "", "trouble_since": None}
    values: dict[str, Any] = {"label": label, "outsiders_allowed_by": outsiders_allowed_by, **mended}
    if secret is not None:
        values["secret"] = secret
    if token is not None:
        values |= {"token": token, "account": account}
    await _set(session, workspace_id, tracker_id, **values)


async def end(session: AsyncSession, workspace_id: str, tracker_id: int) -> bool:
    """Switch a tracker off; tells whether it was on. Its token stays until its comments are gone."""
    ended = await session.execute(
        update(TrackerRow)
        .where(TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id, TrackerRow.state == ON)
        .values(state=OFF)
        .returning(TrackerRow.id)
    )
    return ended.first() is not None


async def forget_token(session: AsyncSession, workspace_id: str, tracker_id: int) -> None:
    """Nothing of ours stands there any more, and nothing will: its token is not needed."""
    await _set(session, workspace_id, tracker_id, token=None, trouble="", trouble_since=None)


async def heard(
    session: AsyncSession, workspace_id: str, tracker_id: int, *, place: str, now: datetime
) -> None:
    """The tracker called, from its place as that is called now."""
    await _set(session, workspace_id, tracker_id, heard_at=now, place=place)


async def went_wrong(
    session: AsyncSession, workspace_id: str, tracker_id: int, trouble: str, *, now: datetime
) -> bool:
    """Somebody has to mend something; tells whether that is news."""
    own = (TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id)
    news = await session.execute(
        update(TrackerRow)
        .where(*own, TrackerRow.trouble != trouble)
        .values(trouble=trouble, trouble_since=now)
        .returning(TrackerRow.id)
    )
    return news.first() is not None


async def went_well(session: AsyncSession, workspace_id: str, tracker_id: int) -> None:
    """It works again."""
    await _set(session, workspace_id, tracker_id, trouble="", trouble_since=None)


async def _set(session: AsyncSession, workspace_id: str, tracker_id: int, **values: Any) -> None:
    await session.execute(
        update(TrackerRow)
        .where(TrackerRow.workspace_id == workspace_id, TrackerRow.id == tracker_id)
        .values(**values)
    )


async def _one(session: AsyncSession, *where: Any) -> Tracking | None:
    query = select(TrackerRow).where(*where).execution_options(populate_existing=True)
    row = (await session.execute(query)).scalar_one_or_none()
    return None if row is None else _tracking(row)


def _tracking(row: TrackerRow) -> Tracking:
    return Tracking(**{name: getattr(row, name) for name in _COLUMNS})
