"""firsthand deliveries: the posts that wait, are in doubt or failed, and what a person decides about them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from bot.commands.options import WORKSPACE

Command = Callable[..., Any]


class ListByDefault(click.Group):
    """Lists when no other command is named: `firsthand deliveries --json` is enough."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the command in that was meant."""
        if not args or (args[0].startswith("-") and args[0] not in ctx.help_option_names):
            args = ["list", *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Tell the listing's options as one's own, for they are; then the commands."""
        self.commands["list"].format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


def _as_json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


_NUMBER = click.argument("number", type=click.IntRange(min=1), metavar="ID")


@click.group(cls=ListByDefault)
def deliveries() -> None:
    """What is posted: what waits, what is in doubt, what failed and why."""


@deliveries.command("list")
@click.option("--all", "whole", is_flag=True, help="List all of them, not the first 20.")
@click.option(
    "--posted", is_flag=True, help="List what went out, the latest first, in place of what did not."
)
@WORKSPACE
@_as_json
def list_(*, whole: bool, posted: bool, workspace: str, as_json: bool) -> None:
    """List posts that wait, are in doubt or failed, each with the reason and what to do about it.

    The same as `firsthand deliveries`. The five that went out last stand below; with `--json` they don't.
    What posts say is not listed, and those that were called off are not: `show` tells of any.
    """
    from bot.delivery_terminal import show_list, show_posted

    show = show_posted if posted else show_list
    show(workspace, whole=whole, as_json=as_json)


@deliveries.command()
@_NUMBER
@WORKSPACE
@_as_json
def show(number: int, *, workspace: str, as_json: bool) -> None:
    """Show one post: where it goes, what it says, what became of it."""
    from bot.delivery_terminal import show_one

    show_one(workspace, number, as_json=as_json)


@deliveries.command()
@_NUMBER
@WORKSPACE
@_as_json
def retry(number: int, *, workspace: str, as_json: bool) -> None:
    """Have a failed post sent again, or one in doubt that is missing.

    Look into the channel first: one in doubt that stands after all is then there twice. The running bot
    sends it; consent is asked again before it goes.
    """
    from bot.delivery_care import Decision
    from bot.delivery_terminal import decide

    decide(workspace, number, Decision.AGAIN, as_json=as_json)


@deliveries.command("give-up")
@_NUMBER
@WORKSPACE
@_as_json
def give_up(number: int, *, workspace: str, as_json: bool) -> None:
    """Never send this post: one that waits, failed or is in doubt and missing."""
    from bot.delivery_care import Decision
    from bot.delivery_terminal import decide

    decide(workspace, number, Decision.GIVE_UP, as_json=as_json)


@deliveries.command()
@_NUMBER
@click.argument("link")
@WORKSPACE
@_as_json
def stands(number: int, link: str, *, workspace: str, as_json: bool) -> None:
    """Settle a post in doubt that stands in its channel, at this LINK (in Slack: ⋮, Copy link).

    From then on it follows its stories again: it is changed or taken down with them.
    """
    from bot.delivery_care import Decision
    from bot.delivery_terminal import decide

    decide(workspace, number, Decision.STANDS, as_json=as_json, link=link)
