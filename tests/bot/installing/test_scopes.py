"""What is asked of Slack is the same everywhere it is said, and what was not granted is said once."""

from __future__ import annotations

import json
import re
from pathlib import Path

from sqlalchemy import text

from bot.installing import scopes
from bot.installing.leaving import keep_house
from bot.installing.scope_notes import note
from tests.blockkit import assert_valid
from tests.bot.installing.conftest import Place

ROOT = Path(__file__).parents[3]
ALL = ",".join(sorted(scopes.names()))


def test_the_page_the_manifest_and_the_table_name_the_same_scopes() -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    assert scopes.names() == set(manifest["oauth_config"]["scopes"]["bot"])
    table = (ROOT / "docs" / "scopes.md").read_text("utf-8")
    assert scopes.names() == set(re.findall(r"^\| `([a-z_:.]+)` \|", table, re.MULTILINE))


def test_the_note_is_a_message_that_slack_takes() -> None:
    payload = note(scopes.lacking([]), "https://firsthand.example.com/slack/install")
    assert_valid(payload, "message")
    assert "<https://firsthand.example.com/slack/install|" in json.dumps(payload)


async def test_a_version_that_asks_for_more_says_so_once(place: Place) -> None:
    less = ALL.replace("files:read,", "")
    await place.install(scopes=less)
    await keep_house(place.desk)
    assert await _planned(place) == [], "the page after installing said it"
    async with place.desk.begin() as session:
        await session.execute(text("UPDATE connections SET scopes_told = ''"))
    place.installed.forget(place.world.team_id)
    for _ in range(3):
        await keep_house(place.desk)
        place.installed.forget(place.world.team_id)
    assert len(await _planned(place)) == 1
    assert "recording’s transcript" in (await _planned(place))[0]
    await place.install(scopes=ALL, at=2.0)
    await keep_house(place.desk)
    assert len(await _planned(place)) == 1


async def _planned(place: Place) -> list[str]:
    async with place.desk.read() as session:
        rows = (await session.execute(text("SELECT payload FROM deliveries"))).scalars()
        return [str(json.loads(row)["text"]) for row in rows]
