"""What the owner's check costs a submission; `benchmarks.isolation` says what it is and tells the figures."""

from __future__ import annotations

import re
import sqlite3
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.web.async_client import AsyncWebClient

from benchmarks.load import SECRET
from benchmarks.sending import requests_of
from bot import once
from bot.app import create_app
from bot.clock import SystemClock
from bot.colleagues import Colleague, Colleagues
from bot.desk import Desk
from bot.installing.installed import Installed
from bot.settings import Settings
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate

TEAM = "T0BENCH"
BLOCK, ROUNDS, DIRECTLY = 40, 400, 20_000


class Known(Colleagues):
    """Knows everybody, so that Slack is not asked who somebody is."""

    async def get(self, client: AsyncWebClient, workspace_id: str, user_id: str) -> Colleague:  # noqa: ARG002 the interface names them
        """An ordinary colleague."""
        return Colleague(
            user_id=user_id, name=user_id, time_zone="UTC", locale="en-GB", admin=False, guest=False
        )


class Unasked(Installed):
    """Takes every request for the one workspace's, without a look."""

    one: Bot

    async def bot(self, workspace_id: str) -> Bot:  # noqa: ARG002 nobody is asked
        """The one bot there is."""
        return self.one


async def apps(url: str, keys: str, database: Database) -> tuple[AsyncApp, AsyncApp]:
    """The app as it is, and one without the owner's check in front of its listeners."""
    settings = Settings(
        slack_client_id="1.2",
        slack_client_secret=SecretStr("benchmark"),
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url="http://127.0.0.1:9/api/",
        firsthand_address="https://firsthand.example.com",
        database_url=url,
        firsthand_keys=SecretStr(keys),
        _env_file=None,
    )
    installed = Installed(settings, database, SystemClock())
    installation = Installation(
        app_id="A1",
        team_id=TEAM,
        user_id="U1",
        bot_token="xoxb-benchmark",  # noqa: S106 of nobody
        bot_id="B1",
        bot_user_id="U0",
        installed_at=time.time(),
    )
    await installed.store.async_save(installation)
    await installed.arrived(installation)
    unasked = Unasked(settings, database, SystemClock())
    unasked.one = installation.to_bot()
    known = Known()
    with_it = create_app(Desk(settings, database, SystemClock(), installed, known))
    desk = Desk(settings, database, SystemClock(), unasked, known)
    return with_it, _unmet(create_app(desk), desk)


def _unmet(app: AsyncApp, desk: Desk) -> AsyncApp:
    """The same app; its listeners find the desk, and nobody asks whether the person is known."""

    async def introduce(
        body: dict[str, Any],
        context: Any,
        next: Callable[[], Awaitable[Any]],  # noqa: A002 Bolt's name
    ) -> None:
        context["desk"] = desk
        once.notice(body, context.team_id or "")
        await next()

    async def authorize(**asked: Any) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=None, team_id=TEAM, user_id=asked["user_id"], bot_token="x")  # noqa: S106 of nobody

    for middleware in app._async_middleware_list:  # noqa: SLF001 Bolt has no other way to take one out
        if _is_introduce(middleware):
            middleware.passing = introduce  # type: ignore[attr-defined]  # what was just asked for
        if hasattr(middleware, "authorize"):
            middleware.authorize = authorize
    return app


def _is_introduce(middleware: object) -> bool:
    return getattr(getattr(middleware, "passing", None), "__name__", "") == "introduce"


async def blocks(with_it: AsyncApp, without: AsyncApp, requests: Sequence[bytes]) -> tuple[float, float]:
    """Processor seconds of one submission with the check, and the share of it that the check takes."""
    seconds: dict[bool, list[float]] = {True: [], False: []}
    parts = [requests[at : at + BLOCK] for at in range(0, len(requests), BLOCK)]
    for turn, part in enumerate(parts):
        # Two pairs in opposite order: what grows with the run meets both alike.
        checked = turn % 4 in (0, 3)
        began = time.process_time()
        for raw in part:
            await _dispatch(with_it if checked else without, raw)
        if turn >= 4:
            seconds[checked].append((time.process_time() - began) / len(part))
    whole = statistics.median(seconds[True])
    pairs = [1 - bare / full for full, bare in zip(seconds[True], seconds[False], strict=True)]
    return whole, statistics.median(pairs)


async def _dispatch(app: AsyncApp, raw: bytes) -> None:
    head, _, body = raw.partition(b"\r\n\r\n")
    headers: dict[str, str | Sequence[str]] = {}
    for line in head.decode().split("\r\n")[1:]:
        name, _, value = line.partition(": ")
        headers[name] = value
    answer = await app.async_dispatch(AsyncBoltRequest(body=body.decode(), headers=headers))
    assert answer.status == 200, answer.body


async def directly(app: AsyncApp) -> float:
    """Processor seconds that asking and meeting take by themselves."""
    context = AsyncBoltContext({"team_id": TEAM, "user_id": "U1"})
    seen = app._async_middleware_list  # noqa: SLF001 Bolt has no other way to take one out
    authorize: Any = next(one for one in seen if hasattr(one, "authorize"))
    introduce: Any = next(one for one in seen if _is_introduce(one))

    async def nothing() -> None:
        """Goes nowhere."""

    context["client"] = AsyncWebClient(base_url="http://127.0.0.1:9/api/")
    began = time.process_time()
    for _ in range(DIRECTLY):
        await authorize.authorize(context=context, enterprise_id=None, team_id=TEAM, user_id="U1")
        await introduce.passing({}, context, nothing)
    return (time.process_time() - began) / DIRECTLY


async def statements(app: AsyncApp, database: Database, raw: bytes) -> list[str]:
    """What one submission asks of SQLite, its values put in."""
    seen: list[str] = []
    async with database.begin() as session:
        driver = session._driver  # type: ignore[attr-defined]  # noqa: SLF001 the one connection that writes
    driver.set_trace_callback(seen.append)
    await _dispatch(app, raw)
    driver.set_trace_callback(None)
    return [one for one in seen if "workspace_id = " in one.partition("WHERE")[2]]


def conditions(file: Path, found: Sequence[str]) -> float:
    """Seconds that the conditions on the owner take in these statements together: the median of turns."""
    connection = sqlite3.connect(file, isolation_level=None)
    bare = [_without_owner(one) for one in found]
    differences = []
    for _ in range(ROUNDS):
        with_it, without = _timed(connection, found), _timed(connection, bare)
        differences.append(with_it - without)
    connection.close()
    return statistics.median(differences)


def _timed(connection: sqlite3.Connection, found: Sequence[str]) -> float:
    connection.execute("BEGIN")
    began = time.perf_counter()
    for one in found:
        connection.execute(one).fetchall()
    took = time.perf_counter() - began
    connection.execute("ROLLBACK")
    return took


def _without_owner(statement: str) -> str:
    head, where, rest = statement.partition("WHERE")
    owner = rf"(\w+\.)?workspace_id = '{TEAM}'"
    rest = re.sub(rf"{owner} AND | AND {owner}", "", rest)
    return head + where + re.sub(owner, "1", rest)


async def cost(file: Path, number: int) -> dict[str, Any]:
    """What the owner's check costs a submission on an embedded database."""
    url, keys = f"sqlite:///{file}", new_key()
    migrate(url)
    database = open_database(url, Keyring([keys]))
    with_it, without = await apps(url, keys, database)
    users = [f"U{at}" for at in range(64)]
    count = (number // (4 * BLOCK) + 1) * 4 * BLOCK
    requests = await requests_of("keep", database, TEAM, users, count + 1)
    whole, share = await blocks(with_it, without, requests[:-1])
    by_itself = await directly(with_it)
    found = await statements(with_it, database, requests[-1])
    await database.close()
    of_conditions = conditions(file, found)
    return {
        "submission_us": round(whole * 1e6, 1),
        "with_and_without_share": round(share, 4),
        "asking_and_meeting_us": round(by_itself * 1e6, 2),
        "statements_with_condition": len(found),
        "conditions_us": round(of_conditions * 1e6, 2),
        "owner_check_share": round((by_itself + max(of_conditions, 0.0)) / whole, 4),
    }
