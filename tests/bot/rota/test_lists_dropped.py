"""Lists of customers and colleagues dropped on the bot: shown as read, refusals named, taken in once."""

from __future__ import annotations

import pytest

from bot.messages import rota_uploads as words
from bot.messages.rota_uploads import About, Looked
from bot.nps.importing.rows import Refusal
from bot.rota import dropping
from bot.rota import ids as rota_ids
from storage import account_intake, contacts, contacts_free, rota
from storage.account_intake import Listed
from storage.contacts import Source
from tests.blockkit import assert_valid
from tests.bot.accounts.test_dropping import settled
from tests.bot.dropping.conftest import drop, slack, world
from tests.bot.interview.conftest import World
from tests.bot.rota.conftest import NIA
from tests.conftest import NOW

__all__ = ["slack", "world"]

CUSTOMERS = b"""Name,Company,E-mail,Segment,Time zone,Languages,Agreed,Colour
Nia Prothero,Cardiff Clinics,nia@clinics.example,clinics,Europe/London,en;cy,yes,red
Ada Byron,Engines,ada@engines.example,labs,Paris,fr,no,blue
Bo,Oven Works,,bakeries,Atlantis,en,yes,
Cy,Mills,,bakeries,UTC,en,maybe,
"""
COLLEAGUES = b"""Slack ID,Department,Level,Languages
U012AB3CD,Support,lead,en;de
not an id,Support,lead,en
"""


async def test_customers_are_shown_as_read_and_taken_in(world: World) -> None:
    message = await drop(world, CUSTOMERS, "customers.csv", expect="customers whom the rota may ask")
    seen = message.words()
    for said in (
        "1 agreed to be asked, 1 did not",
        "2 rows cannot be used",
        "Atlantis",
        "write yes or no",
        "left out",
    ):
        assert said in seen
    assert "nia@clinics" not in seen, "how to reach somebody stands in no message"
    async with world.desk.begin() as session:
        listed = [Listed(name="Cardiff Clinics", owner="U0OWNER11", worth=None, renewal_on=None, segment="")]
        await account_intake.take_in(session, world.team, listed, now=NOW)
    await world.ana.click(message, rota_ids.ROTA_UPLOAD_TAKE)
    told = (await settled(world, message.ts, "is in:")).words()
    assert "2 new" in told
    assert "2 refused" in told
    async with world.desk.read() as session:
        (free,) = await contacts_free.free(session, world.team, world.desk.now())
        assert (free.segment, free.owner_id) == ("clinics", "U0OWNER11"), "whoever looks after the account"
    colleagues = await drop(world, COLLEAGUES, "people.csv", expect="a list of colleagues")
    await world.ana.click(colleagues, rota_ids.ROTA_UPLOAD_TAKE)
    await settled(world, colleagues.ts, "1 kept")
    async with world.desk.begin() as session:
        known = await rota.member(session, world.team, "U012AB3CD")
        assert known is not None
        assert (known.part, known.joined_at) == ("Support", None)
        became = await contacts.take_in(session, world.team, NIA, source=Source.COLLEAGUE, by="UX", now=NOW)
        assert became == "known"
        assert (await contacts_free.free(session, world.team, world.desk.now()))[0].owner_id == "U0OWNER11"


async def test_a_list_without_end_is_counted_and_refused(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dropping, "MOST_ROWS", 1)
    await drop(world, COLLEAGUES, "people.csv", expect="has 2 rows; 1 fit")


def test_whatever_stands_in_a_list_slack_takes_what_is_said_of_it() -> None:
    nasty = "<!channel> *x* " * 30
    refused = tuple(Refusal(row=n, column=nasty, value=nasty, reason="write yes or no") for n in range(9))
    for about in About:
        columns = tuple((nasty, field, nasty) for field in ("name", "reach", "user_id", "part", "")) * 8
        looked = Looked(about=about, columns=columns, rows=4, agreed=1, refused=refused)
        assert_valid(words.offered(1, nasty, looked), "message")
        assert "<!channel>" not in str(words.offered(1, nasty, looked))
        for said in (
            words.taken_in("x", about, {"new": 1}, refused),
            words.left("x"),
            words.broke_off(1, "x", "y"),
        ):
            assert_valid(said, "message")
        assert words.ask_an_admin(about, "x")
