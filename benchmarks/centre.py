"""The centre's page and its parts at 10,000 answers and 1,000 conversations, and at a hundred times as many.

    --answers N        the larger number of answers (1,000,000); a tenth as many conversations
    --url URL          a database server of one's own instead of SQLite files, empty

A signed-in person asks for the page over HTTP (ASGI, without a network), each time with other filters, as
many as a wall of screens would; own time is the processor's, Slack's answers being remembered. Answers
lie in three years and conversations as well, told by 400 colleagues of twelve parts of the business. The
baseline counts with SQL, in the same run, the raw answers of the period and of the one before, which is the
heaviest look that the page would need without the counts that are kept.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import httpx
from aiohttp import web
from pydantic import SecretStr
from sqlalchemy import create_engine, text

from benchmarks.centre_planting import NOW, TEAM, planted
from benchmarks.isolation_cost import Known
from benchmarks.reporting import conclude, percentile, say
from bot.app import create_app
from bot.centre.viewers import Door
from bot.connections import OneWorkspace
from bot.desk import Desk
from bot.settings import Settings
from bot.web import create_web
from bot.web_limits import MOST_A_MINUTE
from storage import nps_deeper
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate

ADDRESS = "https://firsthand.example.com"
FEW = 10_000
RUNS, WARMING = 60, 8
MOST_MS = 150.0
"""The target for a page at the larger size."""

VIEWS = (
    "",
    "?period=last+12+months",
    "?segment=Firm",
    "?segment=UK&period=last+quarter",
    "?product=Desk",
    "?segment=Firm&product=App&period=last+12+months",
)


class StoppedClock:
    """The day after the last answer."""

    def now(self) -> datetime:
        """Always the same moment."""
        return NOW


@asynccontextmanager
async def slack() -> AsyncIterator[str]:
    """A Slack that knows every channel as a public one."""

    async def answer(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True, "channel": {"id": "C", "name": "c", "is_private": False}})

    served = web.Application()
    served.router.add_route("*", "/{any:.*}", answer)
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    await runner.cleanup()


async def timed(http: httpx.AsyncClient, path: str) -> tuple[list[float], list[float]]:
    """Seconds by the clock, and of this process's processor, of requests each with other filters."""
    clock, processor = [], []
    for number in range(WARMING + RUNS):
        begin, at_work = time.perf_counter(), time.process_time()
        page = await http.get(f"{path}{VIEWS[number % len(VIEWS)]}")
        clock.append(time.perf_counter() - begin)
        processor.append(time.process_time() - at_work)
        if page.status_code != 200 or "In their own words" not in page.text or "± " not in page.text:
            raise RuntimeError(f"{path} answered {page.status_code} without what it should hold")
    return clock[WARMING:], processor[WARMING:]


async def counting(database: Database) -> float:
    """Seconds of counting the raw answers of twelve months and of the twelve before, by SQL."""
    begin = time.perf_counter()
    async with database.read() as session:
        for first, last in ((date(2025, 1, 1), date(2025, 12, 31)), (date(2024, 1, 1), date(2024, 12, 31))):
            await nps_deeper.counted(session, TEAM, {"plan": "Firm", "product": "App"}, first, last)
    return time.perf_counter() - begin


async def measure(url: str, answers: int) -> dict[str, float]:
    """The figures of one size."""
    migrate(url)
    database = open_database(url, Keyring([new_key()]))
    begin = time.perf_counter()
    await planted(database, answers)
    _settle(url)
    took = time.perf_counter() - begin
    say(f"{answers:,} answers, {answers // 10:,} conversations: planted in {took:.0f} s")
    async with slack() as api:
        settings = Settings(
            slack_bot_token=SecretStr("xoxb-benchmark"),
            slack_signing_secret=SecretStr("benchmark"),
            slack_api_url=api,
            firsthand_address=ADDRESS,
            database_url=url,
            firsthand_keys=SecretStr(new_key()),
            _env_file=None,
        )
        desk = Desk(settings, database, StoppedClock(), OneWorkspace(settings), Known())
        held, door = await Door(desk).sign_in(TEAM, "U1"), Door(desk)
        transport = httpx.ASGITransport(create_web(create_app(desk), desk))
        cookies = {door.cookie: held or ""}
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=cookies) as http:
            page, parts = await timed(http, "/centre"), await timed(http, "/centre/parts")
    naive = min([await counting(database) for _again in range(2)])
    await database.close()
    return {
        **_told("page", *page),
        **_told("partial", *parts),
        "naive_count_ms": _ms(naive),
    }


def _told(name: str, clock: list[float], processor: list[float]) -> dict[str, float]:
    return {
        f"{name}_p50_ms": _ms(statistics.median(clock)),
        f"{name}_own_p50_ms": _ms(statistics.median(processor)),
        f"{name}_own_p95_ms": _ms(percentile(processor, 0.95)),
    }


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 1)


def _settle(url: str) -> None:
    """Have the database know its own tables, as it would after a while."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))
    engine.dispose()


def main() -> None:
    """Measure both sizes and tell the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--answers", type=int, default=1_000_000)
    parser.add_argument("--url", default="")
    asked = parser.parse_args()
    MOST_A_MINUTE["/centre"] = 1_000_000
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="firsthand-centre-") as folder:
        for name, answers in (("small", FEW), ("large", asked.answers)):
            url = asked.url or f"sqlite:///{Path(folder) / name}.sqlite3"
            figures[name] = {"answers": answers, **asyncio.run(measure(url, answers))}
            if asked.url:
                break
    large = figures.get("large", figures["small"])
    for name, size in figures.items():
        say(f"{name}: page {size['page_p50_ms']} ms, its parts {size['partial_p50_ms']} ms (medians)")
    ratio = round(large["naive_count_ms"] / large["page_p50_ms"], 1)
    say(f"counting the answers with SQL takes {ratio} times as long as the whole page")
    met = large["page_own_p95_ms"] <= MOST_MS
    told = "met" if met else "MISSED"
    say(f"target, a page of our own time within {MOST_MS:.0f} ms 95 times in 100: {told}")
    conclude({**figures, "naive_to_page": ratio, "met": met})


if __name__ == "__main__":
    main()
