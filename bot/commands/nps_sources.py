"""firsthand nps sources: where answers come from, how pulling from there goes, what their verbatims may."""

from __future__ import annotations

import getpass
from shlex import quote
from typing import TYPE_CHECKING

import click

from bot.commands.options import WORKSPACE
from stories.errors import UserError
from stories.language import _

if TYPE_CHECKING:
    from bot.terminal import Terminal
    from storage.nps_sources import Source


@click.group()
def sources() -> None:
    """Where answers come from."""


@sources.command("list")
@WORKSPACE
def list_(*, workspace: str) -> None:
    """Show every source: how many answers, how pulling goes, the last error in words."""
    from rich.console import Console

    from bot.nps.sources.care import overview
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        Console().print(terminal.run(overview(terminal)), soft_wrap=True)


@sources.command("add")
@click.argument("kind")
@click.option("--name", default="", help="What to call it; the tool's name when left out.")
@click.option(
    "--set", "given", multiple=True, metavar="NAME=VALUE", help="A setting of the tool's, for each."
)
@click.option(
    "--key", envvar="FIRSTHAND_SOURCE_KEY", help="The tool's key; asked for (unseen) when left out."
)
@WORKSPACE
def add(kind: str, *, name: str, given: tuple[str, ...], key: str | None, workspace: str) -> None:
    """Pull answers from a survey tool, every quarter of an hour.

    KIND is asknicely, formbricks, hubspot, retently, surveymonkey, typeform, or what a package of
    yours adds (docs/extending.md).

    The key is kept encrypted. Its comments stay silent until you share them: sources share.
    """
    from bot.clock import SystemClock
    from bot.nps.sources.care import add_source
    from bot.nps.sources.tools import checked, tool_of
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    tool = tool_of(kind)
    wrong = [one for one in given if "=" not in one]
    if wrong:
        raise click.BadParameter(_("Write settings as NAME=VALUE."), param_hint="--set")
    settings = checked(tool, dict(one.split("=", 1) for one in given))
    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        secret = key or click.prompt(tool.key_name, hide_input=True)
        made = add_source(terminal, kind, name or tool.title, settings, secret, now=SystemClock().now())
        terminal.run(made)
    click.echo(
        _("Added. Try it now: firsthand nps sources pull {name}").format(name=quote(name or tool.title))
    )


@sources.command("pull")
@click.argument("name")
@WORKSPACE
def pull(name: str, *, workspace: str) -> None:
    """Pull from a source now, and say what came."""
    from bot.nps.sources.care import pull_now
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        pulled = terminal.run(pull_now(terminal, _named(terminal, name)))
    taken = pulled.taken
    said = _(
        "{new:,} new, {changed:,} changed, {same:,} already there, {left_out:,} left out (no NPS answers)."
    )
    click.echo(said.format(new=taken.new, changed=taken.changed, same=taken.same, left_out=pulled.left_out))
    if pulled.trouble:
        raise UserError(pulled.trouble)


@sources.command("key")
@click.argument("name")
@click.option("--key", envvar="FIRSTHAND_SOURCE_KEY", help="The new key; asked for (unseen) when left out.")
@WORKSPACE
def new_key(name: str, *, key: str | None, workspace: str) -> None:
    """Give a source a new key; pulling goes on at once."""
    from bot.clock import SystemClock
    from bot.nps.sources.care import give_key
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        source = _named(terminal, name)
        secret = key or click.prompt(_("Key"), hide_input=True)
        terminal.run(give_key(terminal, source, secret, now=SystemClock().now()))
    click.echo(_("“{name}” has a new key.").format(name=source.name))


@sources.command("share")
@click.argument("name")
@click.option("--verbatims/--no-verbatims", default=None, help="Whether its comments may be shown.")
@click.option(
    "--avatars/--no-avatars",
    default=None,
    help="Whether projects' avatars may quote its comments, as long as they may be shown.",
)
@click.option("--counted/--left-out", default=None, help="Whether its scores are part of NPS.")
@WORKSPACE
def share(
    name: str, *, verbatims: bool | None, avatars: bool | None, counted: bool | None, workspace: str
) -> None:
    """Say what a source's comments and scores may be used for; it holds at once, for the past too.

    Nobody asked those who wrote comments whether an avatar may quote them: say --avatars where your survey
    told them so.
    """
    from bot.clock import SystemClock
    from bot.nps.sources.allowing import Allowed
    from bot.nps.sources.care import allow_from_here
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        source = _named(terminal, name)
        said = Allowed(verbatims=verbatims, avatars=avatars, counted=counted)
        by, now = f"terminal:{getpass.getuser()}", SystemClock().now()
        terminal.run(allow_from_here(terminal, source, said, by=by, now=now))
    click.echo(_("Kept for “{name}”.").format(name=source.name))


@sources.command("remove")
@click.argument("name")
@click.confirmation_option(prompt=_("Delete this source with every answer that came from it?"))
@WORKSPACE
def remove(name: str, *, workspace: str) -> None:
    """Delete a source with its answers, out of all counts."""
    from bot.nps.sources.care import remove_source
    from bot.settings import load_storage_settings
    from bot.terminal import open_terminal

    with open_terminal(load_storage_settings(), workspace=workspace) as terminal:
        source = _named(terminal, name)
        count = remove_source(terminal, source)
    said = _("“{name}” is gone, with {count:,} answers.")
    click.echo(said.format(name=source.name, count=count))


def _named(terminal: Terminal, name: str) -> Source:
    from bot.nps.sources.care import find

    return terminal.run(find(terminal, name))
