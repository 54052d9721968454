"""What a call of a tracker costs: from the webhook to its answer, and to the comment that stands.

    python -m benchmarks.trackers [--calls 300] [--quotes 24]

Issues that come near one of the quotes of a project (which has 25 at most), each with the label, told to the
product's own endpoint in this process; comments go over real connections to a GitHub on this machine that
answers at once. Baseline of the same run: a bare endpoint that checks the same signature of the same bodies,
reads them, and does nothing.
"""

from __future__ import annotations

import asyncio
import json
import logging
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import click
import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from benchmarks.reporting import conclude, milliseconds, percentile, say
from bot.connections import OneWorkspace
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.drain import Drain
from bot.delivery.office import open_office
from bot.desk import Desk
from bot.settings import Settings
from bot.trackers.endpoint import tracker_routes
from bot.trackers.github import github
from bot.trackers.tracker import Call
from storage import workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from tests.bot.avatars.conftest import QUOTABLE, told
from tests.bot.trackers.conftest import KEY, LABEL, ON_TOPIC, SECRET, set_up
from tests.bot.trackers.fake_github import FakeGitHub, github_at_work
from tests.conftest import NOW, WORKSPACE, SetClock

FAST = 100_000.0
"""So much faster than GitHub's pace that nothing waits for it."""

ROUTE = f"/trackers/github/{KEY}"
Post = Callable[[dict[str, str], bytes], Awaitable[float]]


@click.command()
@click.option("--calls", default=300, show_default=True, help="Issues that are told.")
@click.option("--quotes", default=24, show_default=True, help="Further quotes behind the reason.")
def main(calls: int, quotes: int) -> None:
    """Print what was measured; the last line is one JSON object."""
    logging.disable(logging.INFO)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(Path(folder), calls, quotes))


async def _measure(folder: Path, calls: int, quotes: int) -> None:
    url = f"sqlite:///{folder}/firsthand.sqlite3"
    migrate(url)
    database = open_database(url, Keyring([new_key()]))
    async with database.begin() as session:
        await workspaces.ensure(session, WORKSPACE, name="Bench", installed_by=None, now=NOW)
    others = tuple(f"Supplier {number} sends paper, and I type it in by hand." for number in range(quotes))
    story_id = await told(database, replace(QUOTABLE, quotes=(*QUOTABLE.quotes, *others)))
    async with github_at_work() as fake:
        settings = _settings(url, fake)
        desk = Desk(settings, database, SetClock(), OneWorkspace(settings))
        await set_up(database, story_id, fake)
        bare = await _bare(fake, calls)
        answered, standing, seconds = await _product(desk, fake, calls)
    await database.close()
    _report(bare, answered, standing, seconds, calls)


async def _product(desk: Desk, fake: FakeGitHub, calls: int) -> tuple[list[float], list[float], float]:
    """Seconds to the answer and to the comment, one issue after the other; then of many comments at once."""
    answered, standing = [], []
    app = Starlette(routes=tracker_routes(desk))
    async with (
        _client(app) as web,
        open_office(desk, consent_asked(desk), refusal_followed(desk), pace_scale=FAST) as office,
    ):
        post = _posting(web)
        await post(*_call(fake, 1_000_000))
        for number in range(calls):
            headers, body = _call(fake, number)
            began = time.perf_counter()
            answered.append(await post(headers, body))
            await Drain(office, WORKSPACE).run()
            standing.append(time.perf_counter() - began)
            if not fake.app.issues[number].comments:
                raise click.ClickException(f"issue {number} has no comment")
        for number in range(calls, 2 * calls):
            await post(*_call(fake, number))
        began = time.perf_counter()
        await Drain(office, WORKSPACE).run()
        return answered, standing, time.perf_counter() - began


async def _bare(fake: FakeGitHub, calls: int) -> list[float]:
    async def thank(request: Request) -> Response:
        body = await request.body()
        if not github.is_signed(Call(headers=dict(request.headers), body=body), SECRET):
            return JSONResponse({}, status_code=401)
        return JSONResponse({"did": json.loads(body)["action"]}, status_code=202)

    async with _client(Starlette(routes=[Route(ROUTE, thank, methods=["POST"])])) as web:
        post = _posting(web)
        return [await post(*_call(fake, 2_000_000 + number)) for number in range(calls)]


def _report(
    bare: list[float], answered: list[float], standing: list[float], seconds: float, calls: int
) -> None:
    for name, values in (("bare endpoint", bare), ("answered", answered), ("comment stands", standing)):
        told_of = milliseconds(values)
        say(f"{name:16} {told_of['p50_ms']:>8.1f} ms median {told_of['p99_ms']:>8.1f} ms at worst of 100")
    ratio = percentile(answered, 0.5) / percentile(bare, 0.5)
    say(f"an answer costs {ratio:.1f} bare ones; {calls / seconds:.0f} comments a second when many wait")
    conclude(
        {
            "bare": milliseconds(bare),
            "answered": milliseconds(answered),
            "comment_stands": milliseconds(standing),
            "answered_in_bare": round(ratio, 1),
            "comments_a_second": round(calls / seconds),
            "calls": calls,
        }
    )


def _call(fake: FakeGitHub, number: int) -> tuple[dict[str, str], bytes]:
    issue = fake.issue(number, **{**ON_TOPIC, "title": f"{ON_TOPIC['title']} ({number})"})
    return fake.about("labeled", issue, SECRET, label={"name": LABEL})


def _client(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://firsthand.test")


def _posting(web: httpx.AsyncClient) -> Post:
    async def post(headers: dict[str, str], body: bytes) -> float:
        began = time.perf_counter()
        answer = await web.post(ROUTE, content=body, headers=headers)
        taken = time.perf_counter() - began
        if answer.status_code != 202:
            raise click.ClickException(f"{answer.status_code}: {answer.text}")
        return taken

    return post


def _settings(url: str, fake: FakeGitHub) -> Settings:
    return Settings(
        slack_bot_token="xoxb-bench",  # noqa: S106 a playground of our own
        slack_signing_secret="bench",  # noqa: S106 the same
        slack_api_url=f"{fake.server.url}/slack/",
        database_url=url,
        firsthand_outgoing_allowed=fake.server.place,
        _env_file=None,
    )


if __name__ == "__main__":
    main()
