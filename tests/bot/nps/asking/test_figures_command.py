"""`firsthand nps figures import`: figures go in, a wrong file is refused whole."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.commands.nps import nps
from storage import nps_figures, workspaces
from storage.database import open_database
from storage.encryption import Keyring, new_key
from tests.conftest import NOW, WORKSPACE


def test_figures_go_in_and_a_wrong_file_is_refused_whole(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("FIRSTHAND_KEYS", key)
    monkeypatch.chdir(tmp_path)

    async def churn() -> list[float]:
        opened = open_database(database_url, Keyring([key]))
        async with opened.begin() as session:
            await workspaces.ensure(session, WORKSPACE, name="", installed_by=None, now=NOW)
            found = await nps_figures.series(session, WORKSPACE, "churn")
        await opened.close()
        return [amount for months in found.values() for amount in months.values()]

    asyncio.run(churn())
    file = tmp_path / "figures.csv"
    file.write_text("month,figure,amount\n2026-03,churn,1\n2026-04,churn,soon\n")
    refused = CliRunner().invoke(nps, ["figures", "import", str(file)])
    assert refused.exit_code == 1
    assert "row 3: the amount is a number such as 1234.5, not “soon”" in refused.output
    assert asyncio.run(churn()) == []
    file.write_text("month,figure,amount\n2026-03,churn,1\n2026-04,churn,2\n")
    taken = CliRunner().invoke(nps, ["figures", "import", str(file)])
    assert (taken.exit_code, taken.output) == (0, "2 figures taken in.\n")
    assert asyncio.run(churn()) == [1, 2]
