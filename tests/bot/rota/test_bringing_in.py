"""Customers and colleagues from files, a push and a proposal: who may be asked, and who may not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import text

from bot.nps.importing.opening import open_table
from bot.nps.importing.rows import Refusal
from bot.nps.pushing.openapi import OPENAPI
from bot.nps.pushing.reading import BadRequest
from bot.rota import contact_rows, people_rows, proposing, pushing
from bot.rota.table_reading import rows_of
from storage import contacts_free, nps_erasing, nps_keys, nps_sources, rota
from storage.contacts import Became, NewContact
from storage.database import Database
from stories.errors import UserError
from stories.rota.hours import Party
from stories.rota.people import Member, Seniority
from tests.bot.rota.conftest import LONDON, NIA, ask
from tests.conftest import NOW, WORKSPACE

CSV = """Name;Company;E-mail;Agreed;Country;Time zone;Languages;Segment
Nia Prothero;Cardiff Clinics;nia@clinics.example;yes;United Kingdom;London;en, cy;clinics
Bad Zone;Zones;z@example.com;yes;GB;Atlantis;en;x
Perhaps Person;Maybe;m@example.com;perhaps;GB;London;en;x
;Nameless;n@example.com;yes;GB;London;en;x
No Way;Never;never@example.com;no;DE;Berlin;de;shops
"""


def read(path: Path) -> list[NewContact | Refusal]:
    found = rows_of(open_table(path), contact_rows.NAMES, contact_rows.NEEDED, contact_rows.contact_of)
    return list(found)


def test_a_table_of_customers_is_read_by_its_headings_and_refused_row_by_row(tmp_path: Path) -> None:
    file = tmp_path / "crm.csv"
    file.write_text(CSV, encoding="utf-8")
    nia, zone, perhaps, nameless, never = read(file)
    assert isinstance(nia, NewContact)
    assert (nia.party, nia.languages, nia.reach) == (LONDON, ("en", "cy"), "nia@clinics.example")
    told = [(one.row, one.column) for one in (zone, perhaps, nameless) if isinstance(one, Refusal)]
    assert told == [(3, "Time zone"), (4, "Agreed"), (5, "Name")]
    assert isinstance(never, NewContact)
    assert not never.agreed
    book = openpyxl.Workbook()
    sheet = book.create_sheet("customers", 0)
    for line in CSV.splitlines():
        sheet.append(line.split(";"))
    book.save(tmp_path / "crm.xlsx")
    assert read(tmp_path / "crm.xlsx") == [nia, *read(file)[1:]]
    file.write_text("name,agreed\nNia,yes\n")
    (unknown,) = read(file)
    assert isinstance(unknown, Refusal)
    assert (unknown.column, unknown.reason[:13]) == ("id", "give an id, a"), (
        "a heading that the table may have"
    )
    file.write_text("name,mail\nNia,x\n")
    with pytest.raises(UserError, match="agreed"):
        read(file)


async def test_what_is_taken_in_is_known_once_kept_secret_and_asked_only_with_a_yes(
    database: Database,
) -> None:
    by_mail = replace(NIA, key="", segment="clinics")
    assert await ask(database, by_mail) is Became.NEW
    assert await ask(database, replace(by_mail, segment="wards")) is Became.KNOWN
    assert (
        await ask(database, replace(NIA, key="crm-9", name="Ada Byron", company="", agreed=False))
        is Became.NEW
    )
    async with database.read() as session:
        assert await contacts_free.how_many(session, WORKSPACE, NOW) == (2, 1)
        rows = (await session.execute(text("SELECT key FROM contacts"))).scalars().all()
        held = str((await session.execute(text("SELECT * FROM customers"))).all())
        consents = (await session.execute(text("SELECT count(*) FROM consents"))).scalar()
        (free,) = await contacts_free.free(session, WORKSPACE, NOW)
        known = await contacts_free.get(session, WORKSPACE, free.customer_id)
    assert not any("@" in key for key in rows), "an address is a way to reach somebody: not kept in the open"
    assert NIA.reach not in held
    assert known is not None
    assert (known.reach, known.segment) == (NIA.reach, "wards")
    assert consents == 1, "the same yes is recorded once, and a no that was never a yes not at all"


async def test_who_was_erased_stays_away(database: Database) -> None:
    async with database.begin() as session:
        await nps_erasing.erase_person(session, WORKSPACE, NIA.reach, now=NOW)
    assert await ask(database) is Became.ERASED


async def push(database: Database, *entries: dict[str, Any]) -> dict[str, Any]:
    async with database.begin() as session:
        source = await nps_sources.ensure(session, WORKSPACE, kind=nps_sources.PUSH, name="crm", now=NOW)
        key = await nps_keys.check(
            session, await nps_keys.make(session, WORKSPACE, source, name="crm", now=NOW)
        )
        assert key is not None
        body = json.dumps({"contacts": entries}).encode()
        return await pushing.keep_contacts(session, key, body, NOW)


async def test_a_system_pushes_customers_and_takes_them_back(database: Database) -> None:
    nia = {"id": "crm-7", "name": "Nia", "agreed": True, "languages": ["en", "cy"], "time_zone": "London"}
    bad: list[dict[str, Any]] = [
        {"id": "2", "name": "X"},
        {"id": "3", "name": "X", "agreed": True, "colour": "red"},
        {"id": "4", "name": "X" * 200, "agreed": True},
        {"id": 5, "name": "X", "agreed": True},
    ]
    told = await push(database, nia, *bad)
    assert (told["new"], [one["field"] for one in told["refused"]]) == (1, ["agreed", "colour", "name", "id"])
    assert (await push(database, {**nia, "agreed": False}))["known"] == 1
    assert (await push(database, nia))["said_no"] == 1
    async with database.read() as session:
        assert await contacts_free.how_many(session, WORKSPACE, NOW) == (1, 0)
    with pytest.raises(BadRequest):
        pushing.read_contacts(b"[]")
    described = OPENAPI["components"]["schemas"]["Contact"]["properties"]
    assert set(described) == pushing.FIELDS


async def test_a_colleague_proposes_only_whom_they_asked(database: Database) -> None:
    values: dict[str, Any] = {"name": "Nia Prothero", "time_zone": "london", "reach": "x", "agreed": []}
    async with database.begin() as session:
        for changed, field in (({}, "agreed"), ({"agreed": ["yes"], "time_zone": "Atlantis"}, "time_zone")):
            with pytest.raises(UserError) as refused:
                await proposing.propose(session, WORKSPACE, values | changed, by="UANA", now=NOW)
            assert refused.value.field == field
        said = await proposing.propose(session, WORKSPACE, values | {"agreed": ["yes"]}, by="UANA", now=NOW)
        assert "on the rota’s list" in said
        (free,) = await contacts_free.free(session, WORKSPACE, NOW)
    assert free.owner_id == "UANA"


async def test_a_list_of_colleagues_makes_nobody_join_and_outranks_no_choice(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("Slack ID,Department,Seniority,Country\nUANA,Support,Team lead,DE\nbob,Sales,CEO,\n")
    ana, bob = rows_of(open_table(file), people_rows.NAMES, people_rows.NEEDED, people_rows.member_of)
    assert isinstance(bob, Refusal)
    assert isinstance(ana, Member)
    assert (ana.seniority, ana.party) == (Seniority.LEAD, Party("UTC", "DE"))
    async with database.begin() as session:
        assert await people_rows.keep(session, WORKSPACE, ana)
        assert await rota.employees(session, WORKSPACE) == ()
        await rota.choose(session, WORKSPACE, replace(ana, joined_at=NOW, seniority=Seniority.LEADERSHIP))
        assert not await people_rows.keep(session, WORKSPACE, ana)
        (joined,) = await rota.employees(session, WORKSPACE)
    assert joined.seniority is Seniority.LEADERSHIP


async def test_a_part_has_its_own_rhythm_unless_somebody_chose_theirs(database: Database) -> None:
    member = Member(user_id="UANA", party=LONDON, part="Support", joined_at=NOW)
    async with database.begin() as session:
        await rota.choose(session, WORKSPACE, member)
        await rota.set_part(session, WORKSPACE, "Support", 4, by="UBOSS", now=NOW)
        await rota.set_part(session, WORKSPACE, "Support", 8, by="UBOSS", now=NOW)
        assert [one.every_weeks for one in await rota.employees(session, WORKSPACE)] == [8]
        await rota.choose(session, WORKSPACE, replace(member, every_weeks=2))
        assert [one.every_weeks for one in await rota.employees(session, WORKSPACE)] == [2]
        assert await rota.known_parts(session, WORKSPACE) == ("Support",)
