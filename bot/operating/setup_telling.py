"""What `firsthand setup` tells beside its questions: where the app is created, and what comes next."""

from __future__ import annotations

import os
from pathlib import Path

import click

from bot.operating import app_manifest
from bot.operating.setup_questions import Way
from bot.settings import Settings
from stories.errors import UserError
from stories.language import _

API_URL = "SLACK_API_URL"
_APPS = "https://api.slack.com/apps"


def usual(name: str) -> str:
    """What this setting is where nobody sets it."""
    return str(Settings.model_fields[name.lower()].default)


def tell_of_the_app(way: Way, address: str, *, slack: str, known: bool) -> None:
    """Where the Slack app is created, and its manifest to paste there.

    `slack` is where the Web API is, `known` whether the app seems to be there already.
    """
    if slack != usual(API_URL):
        click.echo(
            f"\n{slack} takes Slack's place. A playground has the app already, from the manifest that it was "
            "started with; the tokens to type in here are those that it printed."
        )
        return
    click.echo(f"\nIn Slack: {_APPS} → Create New App → From a manifest. Paste what this prints there:\n")
    options = {Way.SOCKET: "", Way.HTTP: f" --http {address}", Way.MANY: f" --http {address} --many"}[way]
    click.echo(f"    firsthand manifest{options}\n")
    if agreed("Print it here, to copy?", default=not known):
        over = "" if way is Way.SOCKET else address
        click.echo(f"\n{app_manifest.as_text(over, many=way is Way.MANY)}\n")
        click.echo("That is all of it, from the first { to the last }.")


def by_make() -> bool:
    """Whether the Makefile called this: then its targets are what goes on."""
    return "MAKELEVEL" in os.environ and Path("Makefile").is_file()


def again() -> str:
    """How setup is gone on with."""
    return "make setup" if by_make() else "firsthand setup"


def agreed(asked: str, *, default: bool) -> bool:
    """Whether somebody says yes. Raises UserError for what is neither yes nor no: answers that are piped in
    are for other questions, and would go astray from here on.
    """
    likely = "y" if default else "n"
    choice = "[Y/n]" if default else "[y/N]"
    typed = str(click.prompt(f"{asked} {choice}", default=likely, show_default=False)).strip().lower()
    if typed in ("y", "yes", "n", "no"):
        return typed.startswith("y")
    said = _("“{asked}” takes y or n, and got something else. Nothing more was read. Go on with: {again}")
    raise UserError(said.format(asked=asked.strip(), again=again()))


def tell_what_next(way: Way, file: Path, *, compose: bool, real: bool) -> None:
    """What to type now that all is written; `real` says that it is Slack itself, not a playground."""
    begin, look = "firsthand run --migrate", "firsthand doctor"
    if compose:
        begin, look = "docker compose up --build --detach", "docker compose exec web firsthand doctor"
    elif by_make():
        begin, look = "make run", "make doctor"
    click.echo(
        f"\nWritten to {file}. Now start Firsthand, and look in another terminal whether all is well:\n"
    )
    click.echo(f"    {begin}\n    {look}\n")
    if real and way is not Way.SOCKET:
        click.echo(
            f"Once it runs, open {_APPS} → your app → Event Subscriptions. Slack asks your address whether "
            "it answers, and could not before: press Retry where it says so.\n"
        )
    if way is Way.MANY:
        click.echo("Then open ADDRESS/slack/install in a browser. See docs/installing.md.")
    else:
        click.echo("Then open Firsthand in Slack, under Apps. Installing posts nothing anywhere.")
