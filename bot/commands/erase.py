"""firsthand erase, erasures and export: taking back what is held of somebody, and showing it."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.options import WORKSPACE

_SAID = click.option(
    "--yes", "said", metavar="NAME", help="Their name once more, instead of being asked for it."
)


@click.group()
def erase() -> None:
    """Take back all that is held of a customer, a colleague or a whole workspace.

    You see what would go, and type the name to say that you mean it. What is stored goes at once; messages in
    Slack are taken down by the running bot. Backups are yours to delete.
    """


@erase.command()
@click.argument("name")
@_SAID
@click.option(
    "--also",
    multiple=True,
    metavar="WORD",
    help="Take this out of others' texts too, as a whole word: a company or first name that is offered.",
)
@WORKSPACE
def customer(*, name: str, said: str | None, also: tuple[str, ...], workspace: str) -> None:
    """Erase the customer of this NAME, or of this number where several are called alike."""
    from bot.erasing.terminal import erase_customer

    erase_customer(name, said, workspace, also)


@erase.command()
@click.argument("user_id", metavar="U…")
@_SAID
@WORKSPACE
def colleague(*, user_id: str, said: str | None, workspace: str) -> None:
    """Erase the colleague with this Slack id; what they published stays, as a former colleague's."""
    from bot.erasing.terminal import erase_colleague

    erase_colleague(user_id, said, workspace)


@erase.command("workspace")
@_SAID
@WORKSPACE
def everything(*, said: str | None, workspace: str) -> None:
    """Erase everything of a workspace, and every message in Slack; it stays connected."""
    from bot.erasing.terminal import erase_workspace

    erase_workspace(said, workspace)


@click.command()
@click.option(
    "--again", type=click.IntRange(min=1), metavar="ID", help="Ask Slack once more what it refused."
)
@WORKSPACE
def erasures(*, again: int | None, workspace: str) -> None:
    """How far erasures are, the newest first, and which messages Slack did not take down."""
    from bot.erasing.terminal import show_erasures

    show_erasures(again, workspace)


@click.command()
@click.argument("about", type=click.Choice(["customer", "colleague"]))
@click.argument("name")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Write the files even where nothing is held, without asking.")
@WORKSPACE
def export(*, about: str, name: str, folder: Path, yes: bool, workspace: str) -> None:
    """Write all that is held ABOUT a customer (NAME or number) or a colleague (Slack id) into a FOLDER.

    Two files: a page to read, and JSON. They are yours to look after: Firsthand forgets where they are. Where
    nothing is held of a colleague you are asked first: look at the id once more.
    """
    from bot.erasing.terminal_export import write_export

    write_export(about, name, folder, workspace, sure=yes)
