"""The audit log: in words, in pages, in a file, and for those alone who may read it."""

from __future__ import annotations

import asyncio
import csv
import io
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot import ids
from bot.audit_file import as_csv
from bot.audit_terminal import COLUMNS, row_of
from bot.commands.audit import audit as command
from bot.delivery_care import Decision
from bot.messages.audit import PAGE, called, log_page
from bot.messages.audit_words import plainly, said, sentences
from bot.permissions import NAMED, PRIVILEGED, Act
from storage import audit
from storage.audit import Entry
from storage.database import Database
from tests.blockkit import assert_valid
from tests.bot.stories.conftest import ROOT, House
from tests.conftest import NOW, WORKSPACE

_ACTS = re.compile(
    r"""(?:act=|note\(session, (?:place\.)?workspace_id, |_note\(session, who, )"([a-z_]+)\""""
)


def entry(act: str = "publish", **changes: object) -> Entry:
    values: dict[str, object] = {
        "at": NOW,
        "actor_id": "U1",
        "act": act,
        "object_kind": "story",
        "object_id": "12",
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]  # a line of made-up values


def test_every_act_that_the_code_writes_down_has_words() -> None:
    written = {
        act
        for folder in ("bot", "storage")
        for file in (ROOT / folder).rglob("*.py")
        for act in _ACTS.findall(file.read_text())
    }
    assert len(written) > 8
    assert written <= set(sentences())


WRITTEN_BY = {
    Act.WITHDRAW: {"withdraw", "reword_ending", "take_back_ending"},
    Act.SETTLE_REPORT: {"settle", "put_back"},
    Act.ALLOW_GUESTS: {"allow_guests"},
    Act.MEND_POSTS: {decision.value for decision in Decision},
    Act.BRING_ANSWERS: {"bring_answers", "bring_accounts", "bring_contacts", "bring_people"},
    Act.APPROVE: {"approve", "send_back", "open_season", "end_season", "publish_episode", "drop_episode"},
    Act.LABEL: {"label"},
    Act.SERVE_CUSTOMER: {"give_link", "revoke_link", "take_correction", "leave_correction"},
    Act.NAME_PEOPLE: {f"{change}_{role}" for change in ("name", "unname") for role in NAMED},
    Act.SET_WORKSPACE: {"set_workspace", "follow_feed", "drop_feed"},
    Act.SET_RHYTHM: {"set_rhythm"},
    Act.RUN_EVENT: {"change_event", "call_off_event", "stage_taken_back", "show_recording", "drop_recording"},
    Act.CHOOSE_DAYS: {"add_remember_day", "drop_remember_day"},
    Act.ISSUE_SCREENS: {"issue_screen", "revoke_screen"},
    Act.ERASE: {"erased"},
    Act.EXPORT: {"export_audit"},
}
"""What each privileged act leaves in the log."""


def test_every_privileged_act_leaves_a_line_that_the_code_writes_and_words_say() -> None:
    assert WRITTEN_BY.keys() == PRIVILEGED
    code = "\n".join(
        file.read_text() for file in (ROOT / "bot").rglob("*.py") if "messages" not in file.parts
    )
    for line in set().union(*WRITTEN_BY.values()):
        assert line in sentences(), f"{line} has no words"
        built = line.startswith(("name_", "unname_"))
        assert f'"{line.partition("_")[0] if built else line}"' in code, f"nothing writes {line}"


def test_a_line_says_who_did_what_and_when() -> None:
    payload = log_page([entry("name_editor", object_kind="person", object_id="U2")], skip=0, more=False)
    assert_valid(payload, "message")
    line = payload["blocks"][1]["elements"][0]["text"]
    assert "<@U1> made <@U2> an editor" in line
    assert str(int(NOW.timestamp())) in line


def test_what_people_wrote_in_a_detail_is_not_obeyed() -> None:
    line = said(entry("stop_channel", detail={"why": "<!channel> {act}"}), called)
    assert "<!channel>" not in line
    assert "{act}" in line


def test_an_act_that_has_no_words_is_said_by_its_name() -> None:
    assert said(entry("conjured"), plainly) == "conjured: story 12"


def test_no_cell_of_the_export_is_a_formula() -> None:
    cells = row_of(entry(actor_id="=cmd()", object_id="@SUM(1)", object_kind="other"))
    assert cells[1] == "'=cmd()"
    assert cells[5] == "'@SUM(1)"


async def _fill(house: House, lines: int) -> None:
    async with house.desk.begin() as session:
        for number in range(lines):
            line = entry(object_id=str(number), at=NOW + timedelta(minutes=number))
            await audit.note(session, WORKSPACE, line)


async def test_admins_leaf_through_it_and_nobody_else_reads_it(house: House) -> None:
    await _fill(house, PAGE + 2)
    ana, noor = house.person("ana"), house.person("noor")
    await ana.command("/firsthand audit", channel="pilot")
    first = (await ana.ephemerals("pilot"))[-1]
    assert f"published story {PAGE + 1}" in first.words()
    await ana.click(first, ids.AUDIT_OLDER)
    await house.world.channel("pilot").wait_for("published story 0", as_="ana")
    await noor.command("/firsthand audit", channel="pilot")
    assert "privacy officers" in (await noor.ephemerals("pilot"))[-1].words()


async def test_the_whole_log_goes_into_a_file_and_the_export_is_a_line(
    database: Database, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.begin() as session:
        await audit.note(session, WORKSPACE, entry(actor_id="+1"))
    for name in [name for name in os.environ if name.startswith(("SLACK_", "FIRSTHAND_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("DATABASE_URL", database_url)
    file = tmp_path / "audit.csv"
    arguments = ["export", str(file), "--workspace", WORKSPACE]
    done = await asyncio.to_thread(CliRunner().invoke, command, arguments)
    assert done.exit_code == 0, done.output
    rows = list(csv.reader(io.StringIO(file.read_text())))
    assert tuple(rows[0]) == COLUMNS
    assert [row[3] for row in rows[1:]] == ["publish", "export_audit"]
    assert rows[1][1] == "'+1"


async def test_the_log_is_sent_as_a_file_to_whoever_asks_and_to_nobody_else(house: House) -> None:
    await _fill(house, 3)
    ana, noor = house.person("ana"), house.person("noor")
    await ana.command("/firsthand audit export", channel="pilot")
    await ana.click((await ana.ephemerals("pilot"))[-1], ids.AUDIT_FILE)
    sent = await house.world.channel(await ana.dm()).wait_for("The audit log so far", as_="ana")
    assert [file["name"] for file in sent.raw["files"]] == ["audit.csv"]
    await house.world.channel("pilot").wait_for("in your private messages", as_="ana")
    rows = list(csv.reader(io.StringIO(await as_csv(house.desk, WORKSPACE))))
    assert [row[3] for row in rows[1:]] == [*["publish"] * 3, "export_audit"]
    assert await house.rows("SELECT about, object_key, asked_by FROM exports") == [
        ("workspace", "audit", ana.id)
    ]
    await noor.command("/firsthand audit export", channel="pilot")
    assert "privacy officers" in (await noor.ephemerals("pilot"))[-1].words()


async def test_where_no_file_may_be_sent_it_says_how_to_get_one(house: House) -> None:
    await _fill(house, 1)
    ana = house.person("ana")
    await ana.command("/firsthand audit", channel="pilot")
    page = (await ana.ephemerals("pilot"))[-1]
    await house.world.faults.add("files.getUploadURLExternal", "refuse", error="missing_scope")
    await ana.click(page, ids.AUDIT_FILE)
    await house.world.channel("pilot").wait_for("firsthand audit export FILE", as_="ana")
