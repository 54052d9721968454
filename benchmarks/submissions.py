"""Submissions acknowledged a second, each durable before its acknowledgement.

The whole path is driven: signed HTTP, Bolt, the database on disk, the next view in the answer. The baseline
is a Bolt app whose handler only acknowledges, on the same server in the same run. Four kinds are measured:

    next     a step's *Next*: what was typed is kept in its draft, the next view is built
    keep     the last button, where the customer agreed to no sharing: stored with consent, quotes, story
    publish  the last button, told to others: stored, filed, made searchable

`--database postgresql` starts a server of its own from the package that the tests use.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from benchmarks.load import SECRET, fire, signed_request
from benchmarks.reporting import conclude, milliseconds, say
from bot import ids
from bot.interview_stories import as_story
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place
from bot.messages.interview_hidden import findings_blocks
from demo.workspace import manifest
from playground.client import Playground
from playground.setup import Person, Room, Setup, Tuning
from storage import drafts, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from stories.consent import Purpose
from stories.forms import Form, Step
from stories.hiding import findings, fingerprint
from tests.postgres import fresh_postgres

CLIENTS = 32
PEOPLE = 64
RATIO_TARGET = 0.3
P99_TARGET_MS = 150
FORM = Form(
    name="Nell Ashby",
    alias="the dispatcher",
    company="Northgate Taxis",
    segment="fleets",
    talked_on="2026-01-05",
    how="call",
    trying_to="Send the nearest car without ringing round.",
    happened="She keeps a paper map under the desk and moves buttons about on it.",
    quotes=("The buttons never crash.", "I know where Ali is because he hums."),
    meaning="The map in the product is slower than cardboard.",
    score=5,
    themes=("speed", "maps"),
    consent_words="Use it, but not my name",
)


def payload(
    callback_id: str, place: Place, user: str, team: str, values: dict[str, Any], blocks: Sequence[Block] = ()
) -> dict[str, Any]:
    """A view_submission as Slack sends it."""
    view = {
        "id": f"V{place.draft_id}",
        "type": "modal",
        "callback_id": callback_id,
        "private_metadata": str(place),
        "blocks": list(blocks),
        "state": {"values": values},
    }
    who = {"id": user, "team_id": team, "username": "ana"}
    return {"type": "view_submission", "team": {"id": team}, "user": who, "view": view, "response_urls": []}


def workspace() -> Setup:
    """Those who submit, at no pace but the bot's own."""
    return Setup(
        manifest=manifest(),
        people=tuple(Person(f"p{number}", f"Person {number}") for number in range(PEOPLE)),
        channels=(Room("general"),),
        tuning=Tuning(rates=False),
    )


def typed(field: str, text: str) -> dict[str, Any]:
    """What one text field holds."""
    return {field: {field: {"type": "plain_text_input", "value": text}}}


async def prepare(
    database: Database, team: str, users: list[str], number: int, sharing: Purpose
) -> list[int]:
    """Drafts that are ready to be sent, by one person after the other."""
    form = Form.from_json(FORM.as_json() | {"sharing": sharing.value})
    now = datetime.now(UTC)
    async with database.begin() as session:
        await workspaces.ensure(session, team, name="", installed_by=None, now=now)
        return [
            await drafts.begin(session, team, users[i % len(users)], form, now=now) for i in range(number)
        ]


async def requests_of(kind: str, database: Database, team: str, users: list[str], number: int) -> list[bytes]:
    """`number` requests of one kind, signed."""
    sharing = Purpose.WITHOUT_NAME if kind == "publish" else Purpose.NOT_SHARED
    made = await prepare(database, team, users, number, sharing)
    found: list[Block] = []
    if kind in {"next", "empty"}:
        values = typed("trying_to", FORM.trying_to) | typed("happened", FORM.happened)
        places = [Place(draft_id=draft_id, step=Step.WHAT) for draft_id in made]
        callback = ids.INTERVIEW_VIEW
    else:
        values, callback = {}, ids.INTERVIEW_PREVIEW_VIEW
        told = as_story(FORM, None, author_id="", now=datetime.now(UTC)).interview
        found, seen = findings_blocks(findings(told)), fingerprint(told)
        places = [Place(draft_id=draft_id, step=Step.PREVIEW, seen=seen) for draft_id in made]
    senders = (users[i % len(users)] for i in range(number))
    return [
        signed_request(payload(callback, place, user, team, values, found))
        for place, user in zip(places, senders, strict=True)
    ]


async def measure(port: int, warm: Sequence[bytes], requests: Sequence[bytes]) -> dict[str, float]:
    """How fast they are acknowledged, once the server is warm."""
    await fire(port, warm, clients=CLIENTS)
    latencies, seconds = await fire(port, requests, clients=CLIENTS)
    return {"per_second": round(len(requests) / seconds), **milliseconds(latencies)}


async def serving(kind: str, environment: dict[str, str]) -> tuple[asyncio.subprocess.Process, int]:
    """A server process for one kind of app, and its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.serving", kind, env={**environment, "FIRSTHAND_PORT": str(port)}
    )
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return process, port
    raise TimeoutError("the server did not start")


async def run(url: str, number: int) -> dict[str, dict[str, float]]:
    """Measure every kind against the database at `url`."""
    key = new_key()
    migrate(url)
    database = open_database(url, Keyring([key]))
    figures: dict[str, dict[str, float]] = {}
    async with Playground.start(workspace()) as world:
        users = [world.person(f"p{number}").id for number in range(PEOPLE)]
        environment = {
            **os.environ,
            "SLACK_BOT_TOKEN": world.bot_token,
            "SLACK_SIGNING_SECRET": SECRET,
            "SLACK_API_URL": world.api_url,
            "DATABASE_URL": url,
            "FIRSTHAND_KEYS": key,
        }
        for kind in ("empty", "next", "keep", "publish"):
            requests = await requests_of(kind, database, world.team_id, users, number + CLIENTS * 2)
            server, port = await serving("empty" if kind == "empty" else "firsthand", environment)
            try:
                warm, rest = requests[: CLIENTS * 2], requests[CLIENTS * 2 :]
                figures[kind] = await measure(port, warm, rest)
            finally:
                server.terminate()
                await server.wait()
    await database.close()
    return figures


@click.command()
@click.option("--database", "kind", type=click.Choice(["sqlite", "postgresql"]), default="sqlite")
@click.option("--number", default=2000, show_default=True, help="Submissions of each kind.")
def main(*, kind: str, number: int) -> None:
    """Submissions acknowledged a second."""
    with ExitStack() as stack:
        if kind == "postgresql":
            url = stack.enter_context(fresh_postgres())
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            url = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        figures = asyncio.run(run(url, number))
    base = figures["empty"]["per_second"]
    say(f"{kind}, {CLIENTS} clients, {number} submissions of each kind")
    for name, found in figures.items():
        ratio = found["per_second"] / base
        say(
            f"  {name:8} {found['per_second']:6.0f}/s  p50 {found['p50_ms']:6.1f} ms  "
            f"p99 {found['p99_ms']:6.1f} ms  {ratio:.2f} of the empty handler"
        )
    say(f"targets: at least {RATIO_TARGET} of the empty handler, p99 under {P99_TARGET_MS} ms")
    ratios = {f"{name}_ratio": round(found["per_second"] / base, 3) for name, found in figures.items()}
    conclude({"database": kind, "clients": CLIENTS, **figures, **ratios})


if __name__ == "__main__":
    main()
