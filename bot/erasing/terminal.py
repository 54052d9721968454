"""Taking back and showing at a terminal, by whoever runs Firsthand: the same as in Slack, without Slack."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.erasing import asking
from bot.erasing.asking import Preview, Subject
from bot.erasing.exporting import Export
from bot.erasing.exporting import export as put_together
from bot.erasing.work import Worker, carry_on
from bot.messages.erasing import counted, state_said
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import audit, erasing, held
from storage.erasing import Erasure
from storage.holdings import About
from stories.errors import UserError
from stories.language import _

LONGEST_NUMBER = 18
"""Digits of the longest number that a database takes."""


def erase_customer(name: str, said: str | None, workspace: str, also: Sequence[str] = ()) -> None:
    """Erase the customer of this name or number, and `also` these words from others' texts.

    Raises UserError for none, or several.
    """
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        _erase(terminal, terminal.run(_customer(terminal, name)), said, also)


def erase_colleague(user_id: str, said: str | None, workspace: str) -> None:
    """Erase the colleague with this Slack id."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = Subject(about=About.EMPLOYEE, object_key=user_id, called=user_id)
        _erase(terminal, whom, said)


def erase_respondent(person: str, workspace: str) -> tuple[int, int]:
    """Erase all answers given under this key; how many, and how many messages quote them.

    Raises UserError for an empty key.
    """
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = terminal.run(_respondent(terminal, person))
        found = terminal.run(_preview(terminal, whom))
        terminal.run(_begin(terminal, whom))
        _carry_on(terminal)
    return found.rows.get("nps_answers", 0), found.posts


def erase_workspace(said: str | None, workspace: str) -> None:
    """Erase everything of a workspace."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = terminal.run(_subject(terminal, About.WORKSPACE, terminal.workspace_id))
        _erase(terminal, whom, said)


def show_erasures(again: int | None, workspace: str) -> None:
    """List the newest erasures. Raises UserError for a number that is no finished erasure's."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        if again is not None and not terminal.run(_again(terminal, again)):
            raise UserError(_("There is no finished erasure of this number."))
        for one in terminal.run(_latest(terminal)):
            click.echo(
                _("{number}  {when}  {what}: {state}").format(
                    number=one.id,
                    when=one.asked_at.strftime("%Y-%m-%d %H:%M"),
                    what=one.about.value,
                    state=state_said(one),
                )
            )
            for refused in one.counts.get("refused", []):
                click.echo(f"    {refused['channel']} {refused['ts']} {refused['reason']}")


def write_export(about: str, name: str, folder: Path, workspace: str) -> None:
    """Write both files. Raises UserError for nobody, and for files that are there already."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        if about == "customer":
            whom = terminal.run(_customer(terminal, name))
        else:
            whom = Subject(about=About.EMPLOYEE, object_key=name, called=name)
        made = terminal.run(_export(terminal, whom))
    folder.mkdir(parents=True, exist_ok=True)
    for ending, content in (("html", made.page), ("json", made.json)):
        path = folder / f"{made.name}.{ending}"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(content)
        except FileExistsError:
            raise UserError(_("{path} is there already; name another folder.").format(path=path)) from None
        click.echo(_("{path} is written.").format(path=path))


def _erase(terminal: Terminal, whom: Subject, said: str | None, also: Sequence[str] = ()) -> None:
    found = terminal.run(_preview(terminal, whom))
    if whom.about is not About.WORKSPACE:
        click.echo(_("Stored: {rows}").format(rows=counted(found.rows) or _("nothing")))
    if found.named:
        click.echo(_("Named in: {rows} (these stay, as nobody’s)").format(rows=counted(found.named)))
    click.echo(_("Posted: {number} messages").format(number=found.posts))
    _tell_maybe(found, also)
    typed = (
        said if said is not None else click.prompt(_("Type “{called}” to erase").format(called=whom.called))
    )
    asking.refuse_other_name(whom, typed, whom.object_key)
    erasure_id = terminal.run(_begin(terminal, whom, also))
    _carry_on(terminal)
    click.echo(
        _(
            "Erasure {number} has begun: what is stored is gone. The running bot takes the messages down and "
            "cleans up after them; `firsthand erasures` says how far it is."
        ).format(number=erasure_id)
    )


def _tell_maybe(found: Preview, also: Sequence[str]) -> None:
    """Say what may name them elsewhere and stays there. Raises UserError for `also` that is not among it."""
    offered = {one.words for one in found.maybe}
    strange = [one for one in also if one not in offered]
    if strange:
        raise UserError(
            _("“{word}” is not among what may name them: {offered}.").format(
                word=strange[0], offered=", ".join(sorted(offered)) or _("nothing")
            )
        )
    for one in found.maybe:
        said = _("goes as a whole word") if one.words in also else _("stays; --also takes it out")
        click.echo(
            _("May name them: {word} (in {number} other texts that can be found): {said}").format(
                word=one.words, number=one.texts, said=said
            )
        )


def _carry_on(terminal: Terminal) -> None:
    worker = Worker(database=terminal.database, now=_now)
    terminal.run(carry_on(worker, terminal.workspace_id))


async def _respondent(terminal: Terminal, person: str) -> Subject:
    async with terminal.database.begin() as session:
        return await asking.respondent(session, terminal.workspace_id, person)


async def _customer(terminal: Terminal, name: str) -> Subject:
    if name.isdecimal() and len(name) <= LONGEST_NUMBER:
        return await _subject(terminal, About.CUSTOMER, name)
    async with terminal.database.read() as session:
        found = await held.customers_like(session, terminal.workspace_id, name, most=20)
    exact = [one for one in found if one.name.casefold() == name.casefold()] or list(found)
    if len(exact) != 1:
        listed = ", ".join(f"{one.id} {one.name} ({one.company})" for one in exact)
        raise UserError(
            _("Several are called so; name one by its number: {listed}").format(listed=listed)
            if exact
            else _("There is no customer of this name.")
        )
    return await _subject(terminal, About.CUSTOMER, str(exact[0].id))


async def _subject(terminal: Terminal, about: About, key: str) -> Subject:
    async with terminal.database.read() as session:
        return await asking.subject(session, terminal.workspace_id, about, key)


async def _preview(terminal: Terminal, whom: Subject) -> Preview:
    async with terminal.database.read() as session:
        return await asking.preview(session, terminal.workspace_id, whom)


async def _begin(terminal: Terminal, whom: Subject, also: Sequence[str] = ()) -> int:
    async with terminal.database.begin() as session:
        return await asking.begin(session, terminal.workspace_id, whom, by=_by(), now=_now(), also=also)


async def _latest(terminal: Terminal) -> tuple[Erasure, ...]:
    async with terminal.database.read() as session:
        return await erasing.latest(session, terminal.workspace_id)


async def _again(terminal: Terminal, number: int) -> bool:
    async with terminal.database.begin() as session:
        return await erasing.open_again(session, terminal.workspace_id, number)


async def _export(terminal: Terminal, whom: Subject) -> Export:
    async with terminal.database.read() as session:
        made = await put_together(
            session, terminal.workspace_id, whom.about, whom.object_key, called=whom.called, now=_now()
        )
    kind = "person" if whom.about is About.EMPLOYEE else "customer"
    entry = audit.Entry(
        at=_now(), actor_id=_by(), act="export_held", object_kind=kind, object_id=whom.object_key
    )
    async with terminal.database.begin() as session:
        await audit.note(session, terminal.workspace_id, entry)
    return made


def _by() -> str:
    return f"terminal:{getpass.getuser()}"


def _now() -> datetime:
    return datetime.now(UTC)
