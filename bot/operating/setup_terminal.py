"""`firsthand setup`: asks, checks, and writes each answer down before the next question."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
from slack_sdk.web.async_client import AsyncWebClient

from bot.operating import checks_slack
from bot.operating.env_file import EnvFile
from bot.operating.findings import Finding, State
from bot.operating.setup_questions import (
    ADDRESS,
    AGAINST,
    APP_TOKEN,
    ASKED,
    BOT_TOKEN,
    DATABASE,
    Question,
    Way,
    without_password,
)
from bot.settings import Settings
from storage.database import database_file
from storage.encryption import new_key
from stories.errors import UserError
from stories.language import _

KEYS = "FIRSTHAND_KEYS"
_SECONDS = 10
_WAYS = {
    Way.SOCKET: "Socket Mode: one workspace, no address of your own. The simplest.",
    Way.HTTP: "HTTP: one workspace, Slack calls an https address of yours.",
    Way.MANY: "Many workspaces install it by themselves, over an https address of yours.",
}
_APPS = "https://api.slack.com/apps"


def run_setup(path: Path) -> None:
    """Ask for what this copy needs and keep it in the file at `path`.

    Raises UserError where it cannot be written, and click.Abort when somebody leaves: what they answered
    before is kept.
    """
    file = EnvFile(path)
    try:
        _go_through(file)
    except click.Abort:
        if file.path.exists():
            click.echo(f"\nWhat you answered is in {file.path}. Go on with: firsthand setup")
        raise
    except OSError as error:
        said = _("{file} cannot be written: {reason}.")
        raise UserError(said.format(file=file.path, reason=error.strerror or error)) from error


def _go_through(file: EnvFile) -> None:
    click.echo(
        f"Settings go into {file.path}, which only you can read. Enter keeps what stands in brackets.\n"
    )
    way = _asked_way(file.values())
    told = False
    for question in ASKED[way]:
        if question is not ADDRESS and not told:
            _tell_of_the_app(way, file.values().get(ADDRESS.name, ""))
            told = True
        _ask(file, question)
    _take_out(file, AGAINST[way])
    usual = os.environ.get(DATABASE.name) or str(Settings.model_fields["database_url"].default)
    _ask(file, DATABASE, default=usual)
    _make_key(file)
    _warn_of_environment(file)
    _tell_what_next(way)


def _asked_way(known: Mapping[str, str]) -> Way:
    ways = list(Way)
    for number, way in enumerate(ways, 1):
        click.echo(f"  {number}  {_WAYS[way]}")
    chosen = click.prompt(
        "How do Slack and Firsthand reach each other?",
        type=click.IntRange(1, len(ways)),
        default=ways.index(_likely(known)) + 1,
    )
    return ways[chosen - 1]


def _likely(known: Mapping[str, str]) -> Way:
    if "SLACK_CLIENT_ID" in known:
        return Way.MANY
    return Way.HTTP if "SLACK_SIGNING_SECRET" in known and APP_TOKEN.name not in known else Way.SOCKET


def _tell_of_the_app(way: Way, address: str) -> None:
    options = {Way.SOCKET: "", Way.HTTP: f" --http {address}", Way.MANY: f" --http {address} --many"}[way]
    click.echo(
        f"\nIn Slack: {_APPS} → Create New App → From a manifest. Paste what this prints, in another "
        f"terminal:\n\n    firsthand manifest{options}\n"
    )


def _ask(file: EnvFile, question: Question, *, default: str = "") -> None:
    """Ask until the answer is right, or is to be kept all the same."""
    known = file.values().get(question.name, default)
    click.echo(f"\n{question.words}: {question.where}")
    while True:
        value = _typed(question, known)
        wrong = question.wrong(value)
        if wrong:
            click.echo(f"  {wrong}")
            if question.sure or not click.confirm("  Use it all the same?", default=False):
                continue
        elif not _stands_up(question, value, file.values()):
            continue
        file.put(question.name, value)
        return


def _typed(question: Question, known: str) -> str:
    shown = "set already" if question.secret else without_password(known)
    prompt = f"  {question.name}" + (f" [{shown}]" if known else "")
    hide = question.secret
    typed = click.prompt(prompt, default=known or None, show_default=False, hide_input=hide)
    return str(typed).strip().strip("'\"").rstrip("/" if question is ADDRESS else "")


def _stands_up(question: Question, value: str, known: Mapping[str, str]) -> bool:
    """Whether Slack takes it, or somebody wants to keep it although it does not."""
    found = asyncio.run(_tried(question, value, known))
    for one in found:
        click.echo(f"  {one.said}" + (f"\n  → {one.fix}" if one.fix else ""))
    refused = any(one.state is State.BROKEN and one.check != "slack" for one in found)
    return not refused or click.confirm("  Keep it all the same?", default=False)


async def _tried(question: Question, value: str, known: Mapping[str, str]) -> list[Finding]:
    url = os.environ.get("SLACK_API_URL") or known.get("SLACK_API_URL")
    url = url or str(Settings.model_fields["slack_api_url"].default)
    if question is BOT_TOKEN:
        client = AsyncWebClient(token=value, base_url=url, timeout=_SECONDS, retry_handlers=[])
        return [one async for one in checks_slack.workspace(client, datetime.now(UTC))]
    if question is APP_TOKEN:
        client = AsyncWebClient(base_url=url, timeout=_SECONDS, retry_handlers=[])
        return [await checks_slack.socket(client, value)]
    return []


def _take_out(file: EnvFile, against: tuple[str, ...]) -> None:
    for name in against:
        if name in file.values():
            click.echo(f"\n{name} is set, which cannot be beside this way of connecting.")
            if click.confirm("  Take it out (its line stays, behind a #)?", default=True):
                file.set_aside(name)


def _make_key(file: EnvFile) -> None:
    """A key for secrets at rest, unless there is one: a second would leave what is stored unreadable."""
    known = file.values()
    database = database_file(known[DATABASE.name])
    if KEYS in known or os.environ.get(KEYS):
        click.echo(f"\n{KEYS} is set already and stays.")
    elif database is not None and database.with_suffix(".key").exists():
        click.echo(f"\nThe key for secrets at rest is at {database.with_suffix('.key')} and stays there.")
    else:
        file.put(KEYS, new_key())
        click.echo(
            f"\nA key for secrets at rest was made: {KEYS} in {file.path}. Keep a copy of it somewhere safe, "
            "apart from backups of the database: without it nobody can read what is secret in them."
        )


def _warn_of_environment(file: EnvFile) -> None:
    other = [name for name, value in file.values().items() if os.environ.get(name, value) != value]
    if other:
        names = ", ".join(other)
        click.echo(f"\nThe environment says something else for {names}, and wins over the file.", err=True)


def _tell_what_next(way: Way) -> None:
    click.echo("\nWritten. Now (the doctor in another terminal, while it runs):\n")
    click.echo("    firsthand migrate\n    firsthand run\n    firsthand doctor\n")
    if Path("Makefile").is_file():
        click.echo("In a copy of the repository: make run (which migrates), and make doctor.\n")
    if way is Way.MANY:
        click.echo("Then open ADDRESS/slack/install in a browser. See docs/installing.md.")
    else:
        click.echo("Then open Firsthand in Slack, under Apps. Installing posts nothing anywhere.")
