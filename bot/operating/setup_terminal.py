"""`firsthand setup`: asks, checks, and writes each answer down before the next question."""

from __future__ import annotations

import asyncio
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click
from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import SystemClock
from bot.operating import checks_slack
from bot.operating.env_file import EnvFile
from bot.operating.findings import Finding, State
from bot.operating.setup_questions import (
    ADDRESS,
    AGAINST,
    APP_TOKEN,
    ASKED,
    BOT_TOKEN,
    CLIENT_ID,
    DATABASE,
    Question,
    Way,
    without_password,
)
from bot.operating.setup_telling import API_URL, again, agreed, tell_of_the_app, tell_what_next, usual
from storage.database import database_file
from storage.encryption import new_key
from stories.errors import UserError
from stories.language import _

KEYS = "FIRSTHAND_KEYS"
PORT = "FIRSTHAND_PORT"
CHOSEN = "SETUP_CHOSE"
"""Under which name the file remembers the way that was chosen: half of its answers do not tell."""

PASSWORD = "POSTGRES_PASSWORD"  # noqa: S105 the name of a setting
_SECONDS = 10
_WAYS = {
    Way.SOCKET: "Socket Mode: one workspace, no address of your own. The simplest.",
    Way.HTTP: "HTTP: one workspace, Slack calls an https address of yours.",
    Way.MANY: "Many workspaces install it by themselves, over an https address of yours.",
}


def run_setup(path: Path, *, compose: bool = False) -> None:
    """Ask for what this copy needs and keep it in the file at `path`.

    With `compose` it is for compose.yaml, which brings a database of its own: that is not asked for, and its
    password is made. Raises UserError where the file cannot be written, and click.Abort when somebody leaves:
    what they answered before is kept.
    """
    file = EnvFile(path)
    try:
        _go_through(file, compose=compose)
    except click.Abort:
        if file.path.exists():
            click.echo(f"\nWhat you answered is in {file.path}. Go on with: {again()}")
        raise
    except OSError as error:
        said = _("{file} cannot be written: {reason}.")
        raise UserError(said.format(file=file.path, reason=error.strerror or error)) from error


def _go_through(file: EnvFile, *, compose: bool) -> None:
    click.echo(
        f"Settings go into {file.path}, which only you can read. Enter keeps what stands in brackets; Ctrl-C "
        "leaves, and keeps what you answered.\n"
    )
    _settle_where_slack_is(file)
    way = _asked_way(file.values())
    file.put(CHOSEN, way.value)
    told = False
    for question in ASKED[way]:
        if question is not ADDRESS and not told:
            known = file.values()
            is_there = BOT_TOKEN.name in known or CLIENT_ID.name in known
            tell_of_the_app(way, known.get(ADDRESS.name, ""), slack=_slack(known), known=is_there)
            told = True
        _ask(file, question)
        if question is ADDRESS:
            _settle_port(file)
    _take_out(file, AGAINST[way])
    if compose:
        _make_password(file)
    else:
        _ask(file, DATABASE, default=os.environ.get(DATABASE.name) or usual(DATABASE.name))
    _make_key(file, beside=not compose)
    _warn_of_environment(file)
    tell_what_next(way, file.path, compose=compose, real=_slack(file.values()) == usual(API_URL))


def _settle_where_slack_is(file: EnvFile) -> None:
    """Keep an address of Slack's that the environment gives: what is started later does not have it."""
    given, known = os.environ.get(API_URL), file.values().get(API_URL)
    if given and given != (known or usual(API_URL)):
        file.put(API_URL, given)
        click.echo(f"{API_URL}={given}, from the environment, is written down too.\n")
    elif not given and known and known != usual(API_URL):
        click.echo(f"{API_URL} in the file leads to {known} in place of Slack itself.")
        if not agreed("  Keep it?", default=True):
            file.set_aside(API_URL)
        click.echo()


def _settle_port(file: EnvFile) -> None:
    """An address on this machine, without a proxy's https, leads to Firsthand itself: its port is meant."""
    known = file.values()
    address, port = urlsplit(known[ADDRESS.name]), known.get(PORT) or usual(PORT)
    if address.scheme == "http" and address.port and str(address.port) != port:
        file.put(PORT, str(address.port))
        click.echo(f"  Firsthand listens there itself: {PORT}={address.port} is written down too.")


def _slack(known: Mapping[str, str]) -> str:
    """Where the Web API is."""
    return os.environ.get(API_URL) or known.get(API_URL) or usual(API_URL)


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
    for way in Way:
        if known.get(CHOSEN) == way.value:
            return way
    if "SLACK_CLIENT_ID" in known:
        return Way.MANY
    return Way.HTTP if "SLACK_SIGNING_SECRET" in known and APP_TOKEN.name not in known else Way.SOCKET


def _ask(file: EnvFile, question: Question, *, default: str = "") -> None:
    """Ask until the answer is right, or is to be kept all the same."""
    known = file.values().get(question.name, default)
    click.echo(f"\n{question.words}: {question.where}")
    while True:
        value = _typed(question, known)
        wrong = question.wrong(value)
        if wrong:
            click.echo(f"  {wrong}")
            if question.sure or not agreed("  Use it all the same?", default=False):
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
    return not refused or agreed("  Keep it all the same?", default=False)


async def _tried(question: Question, value: str, known: Mapping[str, str]) -> list[Finding]:
    url = _slack(known)
    if question is BOT_TOKEN:
        client = AsyncWebClient(token=value, base_url=url, timeout=_SECONDS, retry_handlers=[])
        return [one async for one in checks_slack.workspace(client, SystemClock().now)]
    if question is APP_TOKEN:
        client = AsyncWebClient(base_url=url, timeout=_SECONDS, retry_handlers=[])
        return [await checks_slack.socket(client, value)]
    return []


def _take_out(file: EnvFile, against: tuple[str, ...]) -> None:
    for name in against:
        if name in file.values():
            click.echo(f"\n{name} is set, which cannot be beside this way of connecting.")
            if agreed("  Take it out (its line stays, behind a #)?", default=True):
                file.set_aside(name)


def _make_password(file: EnvFile) -> None:
    """The password of compose.yaml's database, unless there is one: the database would not know a second."""
    if PASSWORD not in file.values():
        file.put(PASSWORD, secrets.token_hex(24))
        click.echo(f"\nA password for the database that compose.yaml starts was made: {PASSWORD}.")


def _make_key(file: EnvFile, *, beside: bool) -> None:
    """A key for secrets at rest, unless there is one: a second would leave what is stored unreadable.

    `beside` says whether a key may be kept beside the database.
    """
    known = file.values()
    database = database_file(known[DATABASE.name]) if beside else None
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
