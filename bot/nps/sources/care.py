"""Looking after sources from a terminal: each step on the workspace's database."""

from __future__ import annotations

from datetime import UTC, date, datetime

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text
from sqlalchemy.exc import IntegrityError

from bot.clock import SystemClock
from bot.guarded_client import GuardedClient
from bot.nps.sources.allowing import Allowed, allow
from bot.nps.sources.pulling import Pulled, Puller
from bot.settings import load_storage_settings
from bot.terminal import Terminal
from storage import nps_counts, nps_erasing, nps_sources
from storage.nps_counts import Sources
from storage.nps_sources import Source
from stories.errors import UserError
from stories.language import _

_SLICE = 2_000
_EVER = (date(1990, 1, 1), date(9999, 12, 30))


async def overview(terminal: Terminal) -> RenderableType:
    """Every source in a row, with the last trouble of each below."""
    grid = Grid(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in (_("Source"), _("kind"), _("answers"), _("part of NPS"), _("verbatims"), _("last pulled")):
        grid.add_column(heading)
    troubles: list[RenderableType] = []
    async with terminal.database.read() as session:
        for source in await nps_sources.every(session, terminal.workspace_id):
            of = Sources(ids=(source.id,))
            held = await nps_counts.total(session, terminal.workspace_id, {}, *_EVER, of=of)
            grid.add_row(Text(source.name), source.kind, f"{held.n:,}", *_states(source))
            if source.trouble:
                troubles.append(Text(f"{source.name}: {_trouble(source)}", style="yellow"))
    if grid.row_count == 0:
        return Text(
            _("No answers come in yet: firsthand nps import FILE, or firsthand nps sources add KIND.")
        )
    return Group(grid, *troubles)


def _states(source: Source) -> tuple[str, str, str]:
    shared = _("shared") if source.verbatims_shared else _("not shared")
    if source.verbatims_shared and source.avatars_quote:
        shared = _("shared, quoted by avatars")
    pulled = (
        source.succeeded_at.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if source.succeeded_at else "–"
    )
    return _("yes") if source.counted else _("left out"), shared, pulled


def _trouble(source: Source) -> str:
    if source.due_at is None:
        return _("{trouble} Nothing more is pulled until that is mended.").format(trouble=source.trouble)
    at = source.due_at.astimezone(UTC).strftime("%H:%M UTC")
    said = _("{trouble} (failed {count} times; tried again at {at})")
    return said.format(trouble=source.trouble, count=source.failures, at=at)


async def find(terminal: Terminal, name: str) -> Source:
    """The source of this name. Raises UserError that lists those there are."""
    async with terminal.database.read() as session:
        every = await nps_sources.every(session, terminal.workspace_id)
    found = next((one for one in every if one.name.casefold() == name.casefold()), None)
    if found is None:
        listed = ", ".join(f"“{one.name}”" for one in every) or _("none")
        raise UserError(
            _("There is no source “{name}”. There are: {listed}.").format(name=name, listed=listed)
        )
    return found


async def add_source(
    terminal: Terminal, kind: str, name: str, settings: dict[str, str], secret: str, *, now: datetime
) -> None:
    """Keep a new source, to be pulled from at once. Raises UserError for a name that is taken."""
    try:
        async with terminal.database.begin() as session:
            await nps_sources.create(
                session,
                terminal.workspace_id,
                kind=kind,
                name=name,
                settings=dict(settings),
                secret=secret,
                now=now,
                due_at=now,
            )
    except IntegrityError:
        said = _("There is a source “{name}” already; choose another name with --name.")
        raise UserError(said.format(name=name)) from None


async def pull_now(terminal: Terminal, source: Source) -> Pulled:
    """Pull from one source. Raises UserError for one that nothing can be pulled from."""
    if source.kind in {nps_sources.FILE, nps_sources.PUSH, nps_sources.INTERVIEW}:
        raise UserError(_("Nothing is pulled from “{name}”.").format(name=source.name))
    async with GuardedClient(load_storage_settings().outgoing()) as client:
        return await Puller(terminal.database, terminal.workspace_id, client, SystemClock()).pull(source)


async def give_key(terminal: Terminal, source: Source, secret: str, *, now: datetime) -> None:
    """Change a source's key, and try it soon."""
    async with terminal.database.begin() as session:
        await nps_sources.change_secret(session, terminal.workspace_id, source.id, secret, due_at=now)


async def allow_from_here(
    terminal: Terminal, source: Source, said: Allowed, *, by: str, now: datetime
) -> None:
    """Set what was said, with a line in the audit log."""
    async with terminal.database.begin() as session:
        await allow(session, terminal.workspace_id, source, said, by=by, now=now)


def remove_source(terminal: Terminal, source: Source) -> int:
    """Delete a source and its answers, slice by slice; how many answers there were."""

    async def some() -> int:
        async with terminal.database.begin() as session:
            return await nps_erasing.empty_source(session, terminal.workspace_id, source.id, most=_SLICE)

    async def rest() -> None:
        async with terminal.database.begin() as session:
            await nps_sources.remove(session, terminal.workspace_id, source.id)

    removed = 0
    while gone := terminal.run(some()):
        removed += gone
    terminal.run(rest())
    return removed
