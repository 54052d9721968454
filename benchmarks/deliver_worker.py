"""The worker of the delivery benchmark, a process of its own: `python -m benchmarks.deliver_worker WHAT`.

    guarded     what waits is drained by the product's drains, side by side
    unguarded   by the same drains over the same outbox, without the crash guard: nothing is claimed or fenced
    product     by what `firsthand run` runs: in this process on SQLite, through the engine on PostgreSQL
    decide      a tick: every due channel is served; nothing is posted
    whole       a tick and what it plans, from the tick to the last post

The last line is one JSON object: the seconds, those of the processor, the peak of resident memory.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
import time
from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvloop
from sqlalchemy import ARRAY, BigInteger, String, bindparam, column, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.trial import MondayMorning, Trusted
from bot.connections import PATIENCE_SECONDS
from bot.delivery.asking import consent_asked, refusal_followed
from bot.delivery.calling import posting_session
from bot.delivery.drain import Drain
from bot.delivery.ledger import Entries, Ledger
from bot.delivery.office import Office, open_office
from bot.delivery.worker import draining
from bot.desk import Desk
from bot.schedule import Rounds
from bot.settings import load_settings
from storage import sending
from storage.database import open_database
from storage.looking import Waiting
from storage.moments import moment
from storage.prepared import Prepared
from storage.rows import run, run_each, table_of
from storage.sending import Claimed
from storage.tables_posts import DeliveryRow

_T = table_of(DeliveryRow)
_GIVEN = (
    func.unnest(
        bindparam("ids", type_=ARRAY(BigInteger)),
        bindparam("stamps", type_=ARRAY(String)),
        bindparam("places", type_=ARRAY(String)),
    )
    .table_valued(column("id", BigInteger), column("stamp", String), column("place", String), name="given")
    .render_derived()
)
STANDS = Prepared(
    update(_T)
    .where(_T.c.id == bindparam("of_id"))
    .values(state="sent", slack_ts=bindparam("new_ts"), posted_in=bindparam("new_place"))
)
STAND_TOGETHER = Prepared(
    update(_T)
    .where(_T.c.id == _GIVEN.c.id)
    .values(state="sent", slack_ts=_GIVEN.c.stamp, posted_in=_GIVEN.c.place)
)
WHOLE = Prepared(
    select(*_T.c)
    .where(_T.c.workspace_id == bindparam("workspace"), _T.c.state == "pending", _T.c.not_before <= moment())
    .order_by(_T.c.not_before, _T.c.id)
    .limit(bindparam("most"))
)


class Unguarded(Ledger):
    """Reads what is due with its words, posts it, writes down that it stands.

    A crash doubles what was between. One read and one write for each round: no less would do.
    """

    def __init__(self, office: Office, workspace_id: str) -> None:
        super().__init__(office, workspace_id)
        self._known: dict[int, Claimed] = {}

    async def look(self, *, most: int, without: Collection[str]) -> tuple[Waiting, ...]:  # noqa: ARG002 nothing rests
        """What is due and not being posted."""
        values = {"workspace": self._workspace_id, "most": most + len(self._known)}
        async with self._office.glance() as session:
            rows = [row for row in await run(session, WHOLE, values) if row.id not in self._known]
        self._known |= {row.id: sending.claimed_from(row, None, None) for row in rows}
        return tuple(Waiting(row.id, row.channel_id, row.method) for row in rows)

    async def turn(self, entries: Entries, ids: Sequence[int]) -> tuple[Claimed, ...]:
        """Write down what stands; what goes next was read with its words."""
        if entries.answered:
            async with self._office.begin() as session:
                await self._stand(session, entries)
            for claimed, _outcome in entries.answered:
                del self._known[claimed.id]
        return tuple(self._known[number] for number in ids)

    async def _stand(self, session: AsyncSession, entries: Entries) -> None:
        stood = [(claimed.id, outcome.slack_ts, outcome.posted_in) for claimed, outcome in entries.answered]
        if self._office.desk.database.embedded:
            names = ("of_id", "new_ts", "new_place")
            await run_each(session, STANDS, [dict(zip(names, one, strict=True)) for one in stood])
        else:
            ids, stamps, places = (list(one) for one in zip(*stood, strict=True))
            await run(session, STAND_TOGETHER, {"ids": ids, "stamps": stamps, "places": places})


async def drained(desk: Desk, workspaces: Sequence[str], ledger: type[Ledger]) -> None:
    """Drain every workspace, side by side."""
    scale = float(os.environ["TRIAL_PACE"])
    async with open_office(desk, consent_asked(desk), refusal_followed(desk), pace_scale=scale) as office:
        drains = (Drain(office, one, ledger(office, one)).run() for one in workspaces)
        await asyncio.gather(*drains)


async def nothing_left(desk: Desk) -> None:
    """Wait until nothing is pending or under way."""
    query = text("SELECT count(*) FROM deliveries WHERE state IN ('pending', 'sending')")
    while True:
        async with desk.read() as session:
            if not (await session.execute(query)).scalar_one():
                return
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.Event().wait(), 0.1)


async def product(desk: Desk) -> None:
    """What the running bot does with a full outbox."""
    scale = float(os.environ["TRIAL_PACE"])
    async with draining(desk, consent_asked(desk), refusal_followed(desk), pace_scale=scale):
        await nothing_left(desk)


async def whole(desk: Desk) -> dict[str, Any]:
    """A tick beside a worker, until the last post stands."""
    began = time.monotonic()
    scale = float(os.environ["TRIAL_PACE"])
    async with draining(desk, consent_asked(desk), refusal_followed(desk), pace_scale=scale):
        async with posting_session(PATIENCE_SECONDS) as lines:
            planned = await Rounds(desk, lines=lines).serve()
        decided = time.monotonic() - began
        await nothing_left(desk)
    return {"planned": planned, "decided_seconds": round(decided, 2)}


def peak_mb() -> int:
    """The most memory that this process held; what `getrusage` tells includes the process it came from."""
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:"))
    return round(int(line.split()[1]) / 1024)


async def main(what: str) -> None:
    """Do it once, and say how long it took."""
    logging.basicConfig(level="WARNING")
    settings = load_settings()
    workspaces = [f"TDELIVER{number:04}" for number in range(int(os.environ["TRIAL_WORKSPACES"]))]
    tokens = {one: f"xoxb-{one}" for one in workspaces}
    database = open_database(settings.database_url, settings.keyring())
    desk = Desk(settings, database, MondayMorning(), Trusted(tokens, settings.slack_api_url))
    began, used_before = time.monotonic(), time.process_time()
    found: dict[str, Any] = {}
    if what in {"guarded", "unguarded"}:
        await drained(desk, workspaces, Ledger if what == "guarded" else Unguarded)
    elif what == "product":
        await product(desk)
    elif what == "decide":
        found["planned"] = await Rounds(desk).serve()
    else:
        found |= await whole(desk)
    found["seconds"] = round(time.monotonic() - began, 3)
    found["cpu_seconds"] = round(time.process_time() - used_before, 2)
    found["peak_mb"] = peak_mb()
    await database.close()
    print(json.dumps(found), flush=True)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1]))
