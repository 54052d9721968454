"""firsthand doctor: what it finds in a copy that is well, and the fix that it names for each trouble."""

from __future__ import annotations

import json
import socket
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from sqlalchemy import make_url

from bot.app import create_app
from bot.clock import SystemClock
from bot.commands.doctor import doctor
from bot.desk import Desk
from bot.front import serving
from bot.operating import checks_database, checks_door, checks_settings
from bot.operating.doctor import examine, examine_storage
from bot.operating.doctor_terminal import as_text
from bot.operating.findings import Finding, State
from bot.settings import Settings
from bot.web import create_web
from demo.workspace import manifest
from playground.setup import UNHURRIED, Setup
from storage import channels, customers
from storage.database import Database, database_file, open_database
from storage.deliveries import Post, plan
from storage.encryption import Keyring, new_key
from stories.channels import ChannelSettings
from stories.digest import DigestSettings
from tests.conftest import NOW, WORKSPACE, file_of
from tests.scenarios.conftest import NINE, at_work, free_port

SECRET_KEY = new_key()


def states(findings: Iterable[Finding]) -> dict[str, State]:
    """The worst state of each check."""
    order = list(State)
    worst: dict[str, State] = {}
    for one in findings:
        worst[one.check] = max(worst.get(one.check, State.OK), one.state, key=order.index)
    return worst


async def test_a_bot_at_work_is_found_well_over_http(settings: Settings) -> None:
    own = settings.model_copy(update={"firsthand_keys": SecretStr(SECRET_KEY)})
    async with at_work(Setup(manifest=manifest(), tuning=UNHURRIED), own, mode="http") as office:
        port = office.settings.firsthand_port
        reached = office.settings.model_copy(update={"firsthand_address": f"http://127.0.0.1:{port}"})
        findings = await examine(reached, SystemClock())
        said = as_text(findings)
    assert [one for one in findings if one.state is State.BROKEN] == []
    found = states(findings)
    for check in ("token", "scopes", "clock", "database", "schedule", "outbox", "process", "request url"):
        assert found[check] is State.OK, check
    assert json.loads(said)["ok"] is True
    secrets = (reached.slack_bot_token, reached.slack_signing_secret, reached.firsthand_keys)
    assert not any(one.get_secret_value() in said for one in secrets if one)


async def test_a_slack_that_is_out_of_reach_is_said_once(settings: Settings, database: Database) -> None:
    socket = settings.model_copy(update={"slack_app_token": SecretStr("xapp-1")})
    findings = await examine(socket, SystemClock())
    assert [one.check for one in findings].count("slack") == 1
    assert states(findings)["process"] is State.LOOK


async def test_a_process_that_hangs_is_told_from_one_that_is_not_there(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        own = settings.model_copy(update={"firsthand_port": hanging.getsockname()[1]})
        (hangs,) = [one async for one in checks_door.at_home(own, patience=0.05)]
    (away,) = [one async for one in checks_door.at_home(own)]
    assert (hangs.state, away.state) == (State.BROKEN, State.LOOK)
    assert "says nothing for 0.05 s" in hangs.said
    assert "Nothing of Firsthand answers" in away.said


async def test_the_door_is_tried_with_a_signed_challenge(desk: Desk, settings: Settings) -> None:
    port = free_port()
    own = settings.model_copy(
        update={"firsthand_port": port, "firsthand_address": f"http://127.0.0.1:{port}"}
    )
    async with serving(create_web(create_app(desk), desk), "127.0.0.1", port, setting="FIRSTHAND_PORT"):
        assert (await checks_door.from_outside(own)).state is State.OK
        assert [one.state async for one in checks_door.at_home(own)] == [State.OK]
        assert (await checks_door.for_browsers(f"http://127.0.0.1:{port}")).state is State.OK
        other = own.model_copy(update={"slack_signing_secret": SecretStr("another")})
        assert "refuses what is signed" in (await checks_door.from_outside(other)).said
        astray = own.model_copy(update={"firsthand_address": f"http://127.0.0.1:{port}/nowhere"})
        assert "answers 404" in (await checks_door.from_outside(astray)).said
        desk.health.waits_for = "its database"
        assert "waiting_for: its database" in (await anext(checks_door.at_home(own))).said
    assert "cannot be reached" in (await checks_door.from_outside(own)).said
    assert (await checks_door.for_browsers(f"http://127.0.0.1:{port}")).state is State.LOOK
    hidden = own.model_copy(update={"firsthand_address": None})
    assert (await checks_door.from_outside(hidden)).state is State.LOOK


async def test_what_is_late_in_doubt_or_failed_is_told_with_the_fix(
    database: Database, keyring: Keyring
) -> None:
    real = datetime.now(UTC)
    channel = ChannelSettings(channel_id="C1", set_up_by="U1", times=NINE, digest=DigestSettings())
    async with database.begin() as session:
        await channels.save(session, WORKSPACE, channel.started(NOW), now=NOW)
        due = (await channels.due(session, real + timedelta(days=9)))[0]
        await channels.move_on_many(session, WORKSPACE, [(due, real - timedelta(hours=3))])
        post = Post(channel_id="C1", kind="share", slot_key="share:1", payload={"text": "x"}, asked_by="U1")
        await plan(session, WORKSPACE, post, now=real - timedelta(days=3))
    found = [one async for one in checks_database.waiting(database, WORKSPACE, real)]
    assert [one.state for one in found] == [State.BROKEN, State.LOOK]
    assert "due for 3 h" in found[0].said
    assert "the oldest for 3 days" in found[1].said
    assert "firsthand deliveries" in found[1].fix


async def test_keys_that_do_not_fit_are_noticed(settings: Settings, database: Database) -> None:
    async with database.begin() as session:
        await customers.create(
            session, WORKSPACE, name="Nia", alias="", company="", segment="", created_by="U1", now=NOW,
            contact="nia@example.com",
        )  # fmt: skip
    wrong = settings.model_copy(update={"firsthand_keys": SecretStr(new_key())})
    said = [one.said for one in await examine_storage(wrong, NOW) if one.state is State.BROKEN]
    assert said == ["Some secrets open with none of them: customers.contact."]
    none = await examine_storage(settings, NOW)
    assert [one.check for one in none if one.state is State.BROKEN] == ["keys"]
    for found in (none, await examine_storage(wrong, NOW)):
        assert sorted(one.check for one in found if one.check in ("keys", "database")) == ["database", "keys"]
    assert not file_of(database).with_suffix(".key").exists(), "looking makes no key"


async def test_a_database_that_cannot_be_written_to_is_noticed(
    database_url: str, keyring: Keyring, tmp_path: Path
) -> None:
    database = open_database(
        f"{database_url}?mode=ro&uri=true".replace("sqlite:///", "sqlite:///file:"), keyring
    )
    finding = await checks_database.writing(database)
    await database.close()
    assert finding.state is State.BROKEN
    assert "readonly" in finding.said


def test_a_database_that_is_missing_or_of_another_version_is_to_be_migrated(
    settings: Settings, tmp_path: Path
) -> None:
    missing = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/none.sqlite3"})
    assert checks_database.schema(missing).fix == "firsthand migrate"
    (tmp_path / "empty.sqlite3").touch()
    empty = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/empty.sqlite3"})
    assert checks_database.schema(empty).fix == "firsthand migrate"
    with closing(sqlite3.connect(database_file(empty.database_url) or "")) as base, base:
        base.execute("CREATE TABLE alembic_version (version_num)")
        base.execute("INSERT INTO alembic_version VALUES ('0001')")
    older = checks_database.schema(empty)
    assert "its schema is 0001" in older.said
    assert older.fix.startswith("firsthand migrate. Or, to stay at 0001, install the version of Firsthand")
    away = settings.model_copy(update={"database_url": "postgresql://me:hush@127.0.0.1:1/x"})
    told = checks_database.schema(away)
    assert told.state is State.BROKEN
    assert "DATABASE_URL" in told.fix
    assert "hush" not in told.said


async def test_before_there_is_a_key_or_a_secret_each_is_said_once(
    settings: Settings, database: Database
) -> None:
    found = [one for one in await examine_storage(settings, NOW) if one.check in ("keys", "database")]
    assert [(one.check, one.state) for one in found] == [("keys", State.LOOK), ("database", State.OK)]


def test_files_that_others_can_read_and_keys_that_are_none_are_noticed(
    settings: Settings, tmp_path: Path
) -> None:
    env, key = tmp_path / ".env", tmp_path / "firsthand.key"
    env.write_text("")
    key.write_text(new_key())
    for file in (env, key):
        file.chmod(0o644)
    assert [one.fix for one in checks_settings.env_file(env)] == [f"chmod 600 {env}"]
    assert checks_settings.keys(settings).fix == f"chmod 600 {key}"
    key.chmod(0o600)
    assert checks_settings.keys(settings).said.startswith(f"The key is in {key}. Keep a copy of it apart")
    key.write_text(f"{new_key()}\n{new_key()}\n")
    assert checks_settings.keys(settings).said.startswith(f"The keys are in {key}. Keep a copy of them apart")
    assert checks_settings.keys(settings).state is State.OK
    key.write_text("nonsense")
    assert checks_settings.keys(settings).state is State.BROKEN
    own = settings.model_copy(update={"firsthand_keys": SecretStr("nonsense")})
    assert "FIRSTHAND_KEYS cannot be read" in checks_settings.keys(own).said


def test_a_database_that_others_can_read_is_noticed_where_its_folder_is_open(settings: Settings) -> None:
    file = Path(make_url(settings.database_url).database or "")
    log = file.with_name(f"{file.name}-wal")
    for one in (file, log):
        one.touch()
        one.chmod(0o644)
    assert list(checks_database.readers(settings)) == []
    file.parent.chmod(0o755)
    (found,) = checks_database.readers(settings)
    assert (found.state, found.fix) == (State.LOOK, f"chmod 600 {file} {log}")
    for one in (file, log):
        one.chmod(0o600)
    assert list(checks_database.readers(settings)) == []


def test_an_encoder_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks_settings.ENCODERS, "minilm", ("no_such_package", "meaning-large"))
    assert [one.check for one in checks_settings.extras("minilm") if one.state is State.BROKEN] == ["search"]


def test_settings_that_are_missing_are_named_and_the_command_ends_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN",
        "SLACK_SIGNING_SECRET",
        "DATABASE_URL",
        "FIRSTHAND_KEYS",
    ):
        monkeypatch.delenv(name, raising=False)
    done = CliRunner().invoke(doctor, ["--json"])
    told = json.loads(done.output)
    assert done.exit_code == 1
    assert told["ok"] is False
    assert [one["check"] for one in told["findings"] if one["state"] == "broken"] == ["settings"] * 2 + [
        "database"
    ]
    assert all(one["fix"] for one in told["findings"] if one["state"] == "broken")
    shown = CliRunner().invoke(doctor)
    assert "3 broken" in shown.output
