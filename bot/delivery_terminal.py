"""What somebody at a terminal sees of the outbox, and the decisions they make there."""

from __future__ import annotations

import asyncio
import getpass
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import delivery_care
from bot.delivery_care import Decision, found
from bot.messages.delivery_kinds import kind_said, place_named
from bot.messages.delivery_trouble_words import became_said, reason_said
from bot.settings import StartError, StorageSettings, load_storage_settings
from bot.starting import check_schema
from storage import delivery_care as care
from storage import workspaces
from storage.database import Database, open_database
from storage.deliveries import POST
from storage.delivery_care import Delivery
from stories.errors import UserError
from stories.language import _, ngettext

T = TypeVar("T")
Work = Callable[[AsyncSession, str], Awaitable[T]]
_Listed = tuple[care.Counts, Sequence[Delivery], Sequence[Delivery]]

MOST = 20
EVERYTHING = 100_000
LAST_POSTED = 5
"""How many that went out stand below what did not."""

_STYLES = {"failed": "red", "in_doubt": "yellow"}


def show_list(workspace: str, *, whole: bool, as_json: bool) -> None:
    """Print what waits, is in doubt or failed. Raises UserError for a workspace or database it can't use."""

    async def look(session: AsyncSession, workspace_id: str) -> _Listed:
        most = EVERYTHING if whole else MOST
        troubled = await care.troubled(session, workspace_id, most=most)
        waiting = await care.waiting(session, workspace_id, most=most)
        gone = await care.posted(session, workspace_id, most=LAST_POSTED)
        return await care.counts(session, workspace_id), [*troubled, *waiting], gone

    counts, listed, gone = _run(workspace, look)
    if as_json:
        _print_json([_plain(one) for one in listed])
        return
    console = Console()
    console.print(_summary(counts))
    if listed:
        console.print(_table(listed))
    hidden = counts.waiting + counts.in_doubt + counts.failed - len(listed)
    if hidden > 0:
        console.print(Text(_("… and {number} more: add --all").format(number=hidden), style="dim"))
    if gone:
        console.print(Text("\n" + _("Posted last (more: add --posted):"), style="bold"))
        console.print(_gone(gone))


def show_posted(workspace: str, *, whole: bool, as_json: bool) -> None:
    """Print what went out, the latest first, without its words. Raises UserError as `show_list` does."""

    async def look(session: AsyncSession, workspace_id: str) -> Sequence[Delivery]:
        return await care.posted(session, workspace_id, most=EVERYTHING if whole else MOST)

    gone = _run(workspace, look)
    if as_json:
        _print_json([{key: value for key, value in _plain(one).items() if key != "text"} for one in gone])
    elif gone:
        Console().print(_gone(gone))
    else:
        Console().print(_("Nothing was posted yet."))


def show_one(workspace: str, number: int, *, as_json: bool) -> None:
    """Print everything about one post. Raises UserError when there is none of this number."""

    async def look(session: AsyncSession, workspace_id: str) -> Delivery:
        return await found(session, workspace_id, number)

    one = _run(workspace, look)
    if as_json:
        _print_json(_plain(one))
    else:
        Console().print(_whole(one))


def decide(workspace: str, number: int, decision: Decision, *, as_json: bool, link: str = "") -> None:
    """Carry out what was decided and print the post as it is then. Raises UserError when it can't be."""

    async def do(session: AsyncSession, workspace_id: str) -> Delivery:
        who = f"terminal:{getpass.getuser()}"
        now = datetime.now(UTC)
        return await delivery_care.decide(session, workspace_id, number, decision, by=who, now=now, link=link)

    one = _run(workspace, do, writing=True)
    if as_json:
        _print_json(_plain(one))
        return
    Console().print(Group(Text(_DECIDED[decision]().format(number=number), style="bold"), _whole(one)))


def _run(workspace: str, work: Work[T], *, writing: bool = False) -> T:
    """Do this with the database of the settings. Raises UserError with what to do when that is impossible."""
    settings = load_storage_settings()
    try:
        check_schema(settings.database_url)
    except StartError as error:
        raise UserError(str(error)) from None
    try:
        return asyncio.run(_with_database(settings, workspace, work, writing=writing))
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().split("\n")[0]
        said = _("The database (DATABASE_URL) cannot be used right now: {reason}.").format(reason=reason)
        raise UserError(said) from None


async def _with_database(settings: StorageSettings, workspace: str, work: Work[T], *, writing: bool) -> T:
    database = open_database(settings.database_url, settings.keyring())
    try:
        workspace_id = await _chosen(database, workspace)
        async with database.begin() if writing else database.read() as session:
            return await work(session, workspace_id)
    finally:
        await database.close()


async def _chosen(database: Database, wanted: str) -> str:
    async with database.read() as session:
        known = await workspaces.known(session)
    ids = [workspace_id for workspace_id, _name in known]
    if wanted in ids or (not wanted and len(ids) == 1):
        return wanted or ids[0]
    if not ids:
        raise UserError(_("This database knows no Slack workspace yet. Start the bot once: firsthand run"))
    listed = ", ".join(f"{workspace_id} ({name})" for workspace_id, name in known)
    raise UserError(
        _("Say which Slack workspace is meant, with --workspace. Known are: {listed}").format(listed=listed)
    )


def _summary(counts: care.Counts) -> RenderableType:
    waiting = ngettext("{number} waits", "{number} wait", counts.waiting).format(number=counts.waiting)
    said = _("{waiting}, {doubt} in doubt, {failed} failed").format(
        waiting=waiting, doubt=counts.in_doubt, failed=counts.failed
    )
    if counts.unasked:
        kept = ngettext("{number} waits for room", "{number} wait for room", counts.unasked)
        said += "; " + kept.format(number=counts.unasked) + " " + _("(docs/attention.md)")
    return Text(said + ".", style="bold")


def _table(listed: Sequence[Delivery]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (_("ID"), _("What"), _("Where"), _("State"), _("Since (UTC)")):
        table.add_column(heading, no_wrap=True)
    table.add_column(_("Why, and what to do"), overflow="fold")
    for one in listed:
        table.add_row(
            str(one.id),
            kind_said(one.kind, one.method),
            place_named(one.channel_id),
            Text(_state(one), style=_STYLES.get(one.state, "")),
            _moment(one.created_at),
            _why(one),
        )
    return table


def _gone(gone: Sequence[Delivery]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in (_("ID"), _("What"), _("Where"), _("State"), _("When (UTC)")):
        table.add_column(heading, no_wrap=True)
    for one in gone:
        when = _moment(one.sending_at or one.created_at)
        said = kind_said(one.kind, one.method), place_named(one.channel_id), _state(one)
        table.add_row(str(one.id), *said, when)
    return table


def _whole(one: Delivery) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    stands = f"{one.posted_in} {one.slack_ts}" if one.slack_ts else "–"
    for label, value in (
        (_("ID"), str(one.id)),
        (_("What"), f"{kind_said(one.kind, one.method)} ({one.kind}, {one.slot_key})"),
        (_("Where"), one.channel_id),
        (_("State"), _state(one)),
        (_("Why"), _why(one)),
        (_("Planned"), _moment(one.created_at)),
        (_("Tries"), str(one.attempt)),
        (_("Last try"), _moment(one.sending_at)),
        (_("Not before"), _moment(one.not_before)),
        (_("Stands at"), stands),
        (_("Says"), one.text or "–"),
    ):
        table.add_row(label, Text(value))
    return table


def _state(one: Delivery) -> str:
    return became_said(one.state, revises=one.method != POST, taken_down=one.taken_down)


def _why(one: Delivery) -> str:
    if one.state in care.TROUBLED or one.last_error:
        return reason_said(one.last_error)
    return _("Its turn comes.") if one.state == "pending" else "–"


def _moment(when: datetime | None) -> str:
    return when.strftime("%Y-%m-%d %H:%M:%S") if when else "–"


def _plain(one: Delivery) -> dict[str, Any]:
    """A delivery as JSON: its columns, and the reason in words."""
    values = asdict(one) | {"reason": reason_said(one.last_error) if one.last_error else None}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


_DECIDED: dict[Decision, Callable[[], str]] = {
    Decision.AGAIN: lambda: _("Post {number} waits to be sent; the running bot sends it."),
    Decision.GIVE_UP: lambda: _("Post {number} is given up."),
    Decision.STANDS: lambda: _("Post {number} is settled: it stands."),
}
