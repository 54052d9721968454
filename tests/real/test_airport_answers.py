"""An airport's 2,746 real answers, in by the command: airlines, terminals and weeks as pandas counts them."""

from __future__ import annotations

import asyncio
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.nps.importing.command import Wanted, run_import
from bot.nps.importing.mapping import Mapping
from storage import nps_counts, nps_deeper, nps_rebuild, workspaces
from storage.database import Database, open_database
from storage.encryption import Keyring, new_key
from stories.nps.counts import Counts, score
from tests.conftest import NOW, WORKSPACE

DATA = Path(os.environ.get("FIRSTHAND_DATA", Path(__file__).parents[3] / "shared" / "data")) / "nps"
FILE = DATA / "sfo_2017_responses.csv"
ALL = (date(2017, 1, 1), date(2017, 12, 31))

pytestmark = pytest.mark.skipif(
    not FILE.is_file(), reason=f"NO REAL ANSWERS at {FILE}: set FIRSTHAND_DATA to the folder that has nps/"
)


@pytest.fixture
def airport(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A database with the airport's answers, taken in as anybody would."""
    key = new_key()
    keyring = Keyring([key])

    async def known() -> None:
        opened = open_database(database_url, keyring)
        async with opened.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
        await opened.close()

    asyncio.run(known())
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", key)
    monkeypatch.chdir(tmp_path)
    assert run_import(Wanted(path=FILE, given=Mapping(score="", at=""), ask=False)) == 0
    return open_database(database_url, keyring)


def test_airlines_terminals_and_weeks_come_out_as_pandas_counts_them_twice(
    airport: Database,
) -> None:
    import pandas as pd

    frame = pd.read_csv(FILE, parse_dates=["inferred_date"])
    frame["band"] = pd.cut(frame["NETPRO"], [-1, 6, 8, 10], labels=["detractors", "passives", "promoters"])
    frame["week"] = frame["inferred_date"] - pd.to_timedelta(frame["inferred_date"].dt.day_of_week, unit="D")

    def of(column: str) -> dict[object, Counts]:
        table = frame.groupby([column, "band"], observed=False).size().unstack()
        return {
            key: Counts(**{name: int(row[name]) for name in ("promoters", "passives", "detractors")})
            for key, row in table.iterrows()
        }

    async def asked() -> None:
        async with airport.read() as session:
            everybody = await nps_counts.total(session, WORKSPACE, {}, *ALL)
            assert everybody.n == len(frame) == 2746
            bands = frame["band"].value_counts()
            nps = 100 * (bands["promoters"] - bands["detractors"]) / len(frame)
            assert score(everybody) == pytest.approx(nps, abs=1e-9)
            for column in ("AIRLINE", "BAREA"):
                assert await nps_counts.by(session, WORKSPACE, column, {}, *ALL) == of(column)
            weeks = (await nps_counts.weekly(session, WORKSPACE, [{}], *ALL))[0]
            expected = {key.date(): value for key, value in of("week").items()}  # type: ignore[attr-defined]  # pandas'
            assert weeks == expected
            await _pair(session, frame)
        async with airport.begin() as session:
            assert await nps_rebuild.rebuild(session, WORKSPACE) == 2746
            assert await nps_counts.by(session, WORKSPACE, "AIRLINE", {}, *ALL) == of("AIRLINE")
        await airport.close()

    asyncio.run(asked())


async def _pair(session, frame) -> None:  # type: ignore[no-untyped-def]  # pandas' frame
    """A terminal within an airline, in one week: from the counts, and from the answers."""
    airline, terminal = frame.groupby(["AIRLINE", "BAREA"]).size().idxmax()
    monday = frame["week"].min().date()
    days = (monday, monday + timedelta(days=6))
    fitting = frame[(frame["AIRLINE"] == airline) & (frame["BAREA"] == terminal)]
    within = fitting[
        (fitting["inferred_date"].dt.date >= days[0]) & (fitting["inferred_date"].dt.date <= days[1])
    ]
    cell = {"airline": airline, "barea": terminal}
    found = await nps_counts.total(session, WORKSPACE, cell, *days)
    assert found.n == len(within) > 0
    assert found.detractors == int((within["NETPRO"] <= 6).sum())
    assert await nps_deeper.counted(session, WORKSPACE, cell, *days) == found
