"""Taking back at a terminal, by whoever runs Firsthand: the same as in Slack, without Slack."""

from __future__ import annotations

from collections.abc import Sequence

import click

from bot.erasing import asking
from bot.erasing.asking import Preview, Subject
from bot.erasing.exporting import SAID
from bot.erasing.terminal_whom import by, colleague, customer, now, respondent, subject
from bot.erasing.work import Worker, carry_on
from bot.messages.erasing import counted, state_said
from bot.settings import load_storage_settings
from bot.terminal import Terminal, open_terminal
from storage import erasing
from storage.erasing import Erasure
from storage.holdings import About
from stories.errors import UserError
from stories.language import _, ngettext


def erase_customer(name: str, said: str | None, workspace: str, also: Sequence[str] = ()) -> None:
    """Erase the customer of this name or number, and `also` these words from others' texts.

    Raises UserError for none, or several.
    """
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        _erase(terminal, terminal.run(customer(terminal, name)), said, also)


def erase_colleague(user_id: str, said: str | None, workspace: str) -> None:
    """Erase the colleague with this Slack id. Raises UserError for what is none."""
    whom = colleague(user_id)
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        _erase(terminal, whom, said)


def erase_respondent(person: str, said: str | None, workspace: str) -> tuple[int, int] | None:
    """Erase all answers given under this key; how many, and how many messages quote them.

    None where nothing is held of them and nothing was to be done either. Raises UserError for an empty key,
    and for another one typed than was asked for.
    """
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = terminal.run(respondent(terminal, person))
        found = terminal.run(_preview(terminal, whom))
        if not _meant(whom, found, said):
            return None
        terminal.run(_begin(terminal, whom))
        _carry_on(terminal)
    return found.rows.get("nps_answers", 0), found.posts


def _meant(whom: Subject, found: Preview, said: str | None) -> bool:
    """Whether that somebody's answers are to go, or to be refused where there are none yet."""
    _tell(found)
    if not found.rows and not found.posts:
        click.echo(_("Is it written as it stands in the survey tool?"))
        if said is None:
            return click.confirm(_("Leave out what a survey tool sends of them later?"), default=False)
    _typed(whom, said)
    return True


def erase_workspace(said: str | None, workspace: str) -> None:
    """Erase everything of a workspace."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        whom = terminal.run(subject(terminal, About.WORKSPACE, terminal.workspace_id))
        _erase(terminal, whom, said)


def show_erasures(again: int | None, workspace: str) -> None:
    """List the newest erasures. Raises UserError for a number that is no finished erasure's."""
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        if again is not None and not terminal.run(_again(terminal, again)):
            raise UserError(_("There is no finished erasure of this number."))
        latest = terminal.run(_latest(terminal))
        if not latest:
            click.echo(_("Nothing was erased here yet."))
        for one in latest:
            click.echo(
                _("{number}  {when}  {what}: {state}").format(
                    number=one.id,
                    when=one.asked_at.strftime("%Y-%m-%d %H:%M"),
                    what=SAID[one.about],
                    state=state_said(one),
                )
            )
            for refused in one.counts.get("refused", []):
                click.echo(f"    {refused['channel']} {refused['ts']} {refused['reason']}")


def _erase(terminal: Terminal, whom: Subject, said: str | None, also: Sequence[str] = ()) -> None:
    found = terminal.run(_preview(terminal, whom))
    _tell(found, rows=whom.about is not About.WORKSPACE)
    _tell_maybe(found, also)
    _typed(whom, said)
    erasure_id = terminal.run(_begin(terminal, whom, also))
    _carry_on(terminal)
    click.echo(
        _(
            "Erasure {number} has begun: what is stored is gone. The running bot takes the messages down and "
            "cleans up after them; `firsthand erasures` says how far it is."
        ).format(number=erasure_id)
    )


def _tell(found: Preview, *, rows: bool = True) -> None:
    """Say what would go; a workspace's `rows` are all of them."""
    if rows:
        click.echo(_("Stored: {rows}").format(rows=counted(found.rows) or _("nothing")))
    if found.named:
        click.echo(_("Named in: {rows} (these stay, as nobody’s)").format(rows=counted(found.named)))
    posted = ngettext("Posted: {number} message", "Posted: {number} messages", found.posts)
    click.echo(posted.format(number=found.posts))


def _typed(whom: Subject, said: str | None) -> None:
    """Have their name typed once more. Raises UserError for another one."""
    asked = _("Type “{called}” to erase").format(called=whom.called)
    asking.refuse_other_name(whom, click.prompt(asked) if said is None else said, whom.object_key)


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
        if not one.texts and one.words not in also:
            continue
        said = _("goes as a whole word") if one.words in also else _("stays; --also takes it out")
        click.echo(
            ngettext(
                "May name them: {word} (in {number} other text that can be found): {said}",
                "May name them: {word} (in {number} other texts that can be found): {said}",
                one.texts,
            ).format(word=one.words, number=one.texts, said=said)
        )


def _carry_on(terminal: Terminal) -> None:
    worker = Worker(database=terminal.database, now=now)
    terminal.run(carry_on(worker, terminal.workspace_id))


async def _preview(terminal: Terminal, whom: Subject) -> Preview:
    async with terminal.database.read() as session:
        return await asking.preview(session, terminal.workspace_id, whom)


async def _begin(terminal: Terminal, whom: Subject, also: Sequence[str] = ()) -> int:
    async with terminal.database.begin() as session:
        return await asking.begin(session, terminal.workspace_id, whom, by=by(), now=now(), also=also)


async def _latest(terminal: Terminal) -> tuple[Erasure, ...]:
    async with terminal.database.read() as session:
        return await erasing.latest(session, terminal.workspace_id)


async def _again(terminal: Terminal, number: int) -> bool:
    async with terminal.database.begin() as session:
        return await erasing.open_again(session, terminal.workspace_id, number)
