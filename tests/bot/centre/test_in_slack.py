"""Admins let screens show the centre: `/firsthand screen`."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import httpx

from bot import ids
from bot.app import create_app
from bot.messages import screens as words
from bot.web import create_web
from storage.screens import Screen
from tests.blockkit import assert_valid
from tests.bot.centre.conftest import ADDRESS
from tests.bot.stories.conftest import House, house
from tests.conftest import NOW, WORKSPACE

__all__ = ["house"]
SCREEN = Screen(
    id=1,
    workspace_id=WORKSPACE,
    name="Kitchen <!channel>",
    issued_by="U1",
    issued_at=NOW,
    ends_at=NOW,
)


async def test_an_admin_issues_a_screens_link_and_revokes_it(house: House) -> None:
    ana = house.person("ana")
    await ana.command("/firsthand screen", channel="pilot")
    assert "Socket Mode" in (await ana.modal("Screens")).words(), (
        "first somebody says where browsers reach it"
    )
    house.desk.settings.firsthand_address = ADDRESS
    await house.story()
    await ana.command("/firsthand screen Tea & biscuits", channel="pilot")
    await (await ana.modal("Screens")).submit({"name": "Tea & biscuits", "days": "7"})
    made = (await ana.modal("Screens")).words()
    link = re.search(re.escape(ADDRESS) + r"/centre/screen/[\w.-]+", made)
    assert link, made
    web = create_web(create_app(house.desk), house.desk)
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, follow_redirects=True) as http:
        assert "flour on the screen" in (await http.get(link[0])).text
        await ana.command("/firsthand screens", channel="pilot")
        listed = await ana.modal("Screens")
        assert "Tea & biscuits" in listed.words()
        await ana.click(listed, ids.SCREEN_REVOKE)
        await house.world.until(lambda: _revoked(house), "the link is revoked")
        assert (await http.get("/centre")).status_code == 401
    acts = await house.rows("SELECT act, detail FROM audit WHERE object_kind = 'screen' ORDER BY id")
    assert [(act, json.loads(str(detail))["name"]) for act, detail in acts] == [
        ("issue_screen", "Tea & biscuits"),
        ("revoke_screen", "Tea & biscuits"),
    ]
    noor = house.person("noor")
    await noor.command("/firsthand screen", channel="pilot")
    assert "Only workspace admins" in (await noor.ephemerals("pilot"))[-1].words()


async def _revoked(house: House) -> bool:
    return bool(await house.rows("SELECT 1 FROM screens WHERE revoked_at IS NOT NULL"))


def test_every_window_is_one_that_slack_takes(tmp_path: Path) -> None:
    opened = replace(SCREEN, id=2, name="Lobby", opened_at=NOW)
    views = (
        words.screens_modal((), signing_in=False, address=f"{ADDRESS}/centre", name="x" * words.LONGEST_NAME),
        words.screens_modal((SCREEN, opened), signing_in=True, address=f"{ADDRESS}/centre"),
        words.screens_modal((SCREEN,) * words.MOST_SCREENS, signing_in=True, address=f"{ADDRESS}/centre"),
        words.made_modal(f"{ADDRESS}/centre/screen/a.b", "Kitchen <!channel>", "16 November 2026"),
        words.none_modal(socket=True),
        words.none_modal(socket=False),
    )
    for number, view in enumerate(views):
        assert "<!channel>" not in json.dumps(view)
        if number != 2:
            assert_valid(view, "modal")
