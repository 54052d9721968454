"""The command line: `firsthand`, whose commands are found by their entry points."""

from __future__ import annotations

import sys
from difflib import get_close_matches
from importlib.metadata import EntryPoint, version

import click

from bot.extensions import extensions
from bot.settings import SettingsError, StartError
from stories.errors import UserError

GROUP = "firsthand.commands"
"""The entry-point group; a package of yours can add a command by naming it there."""


class Commands(click.Group):
    """Loads a command only when it is asked for: `run` never imports the demo or the playground."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click's interface
        """The names of all commands that are installed."""
        return sorted(_found())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 click's interface
        """The command of this name, imported now."""
        point = _found().get(cmd_name)
        loaded = point.load() if point else None
        return loaded if isinstance(loaded, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed. Raises UsageError that says where it belongs, or which one is near."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            from bot.commands.elsewhere import hint

            said = hint(args[0]) or _meant(args[0])
            raise click.UsageError(f"{error.format_message()} {said}".strip(), ctx) from None


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked:
        return
    from storage.versions import newest

    click.echo(f"Firsthand {version('firsthand')}, schema {newest()}")
    context.exit()


@click.group(cls=Commands)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_tell_version,
    help="Say the version, and the schema that its database has, and end.",
)
def main() -> None:
    """Firsthand keeps every employee within earshot of real customers."""


def _found() -> dict[str, EntryPoint]:
    return {point.name: point for point in extensions(GROUP)}


def _meant(word: str) -> str:
    near = [f"firsthand {one}" for one in get_close_matches(word, sorted(_found()), n=2)]
    return f"Did you mean {' or '.join(near)}?" if near else ""


def run_main() -> None:
    """Run the command line; what a person can mend is said in words, without a trace."""
    try:
        main()
    except SettingsError as error:
        way = (
            "firsthand setup (from the repository: make setup) asks for them; docs/settings.md has them all."
        )
        click.echo(f"Firsthand cannot start yet:\n{error}\n{way}", err=True)
        sys.exit(2)
    except StartError as error:
        click.echo(f"Firsthand cannot start: {error}", err=True)
        sys.exit(2)
    except UserError as error:
        click.echo(error.message, err=True)
        sys.exit(1)


if __name__ == "__main__":
    run_main()
