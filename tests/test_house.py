"""The files around the code say what is so."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import tomllib
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import jsonschema
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {name: (ROOT / "requirements" / name).read_text("utf-8") for name in ("run.lock", "dev.lock")}
PINNED = re.compile(r"^([a-z0-9][\w.-]*)==(\S+)", re.MULTILINE)
ENTRY_POINTS: dict[str, str] = {
    **PROJECT["project"]["scripts"],
    **PROJECT["project"]["entry-points"]["firsthand.commands"],
}

# Slack's limits, from the app manifest schema that Slack publishes (slackapi/manifest-schema, version 1).
_TEXT = {"type": "string", "minLength": 1}
MANIFEST_LIMITS: dict[str, Any] = {
    "type": "object",
    "required": ["display_information", "features", "oauth_config", "settings"],
    "properties": {
        "display_information": {
            "properties": {
                "name": {**_TEXT, "maxLength": 35},
                "description": {**_TEXT, "maxLength": 140},
                "long_description": {**_TEXT, "minLength": 175, "maxLength": 4000},
                "background_color": {"pattern": "^#[0-9a-fA-F]{6}$"},
            }
        },
        "features": {
            "properties": {
                "bot_user": {"properties": {"display_name": {**_TEXT, "maxLength": 80}}},
                "slash_commands": {
                    "maxItems": 50,
                    "items": {
                        "required": ["command", "description", "usage_hint"],
                        "properties": {
                            "command": {"pattern": "^/[a-z0-9_-]{1,31}$"},
                            "description": {**_TEXT, "maxLength": 2000},
                            "usage_hint": {**_TEXT, "maxLength": 1000},
                        },
                    },
                },
                "shortcuts": {
                    "maxItems": 10,
                    "items": {
                        "required": ["name", "type", "callback_id", "description"],
                        "properties": {
                            "name": {**_TEXT, "maxLength": 24},
                            "type": {"enum": ["message", "global"]},
                            "callback_id": {**_TEXT, "maxLength": 255},
                            "description": {**_TEXT, "maxLength": 150},
                        },
                    },
                },
            }
        },
    },
}


@pytest.fixture
def manifest() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text("utf-8"))
    return loaded


def test_the_manifest_keeps_slacks_limits(manifest: dict[str, Any]) -> None:
    jsonschema.validate(manifest, MANIFEST_LIMITS)


def test_the_manifest_lets_people_write_to_the_bot_and_needs_no_address(manifest: dict[str, Any]) -> None:
    home = manifest["features"]["app_home"]
    assert (home["home_tab_enabled"], home["messages_tab_enabled"]) == (True, True)
    assert home["messages_tab_read_only_enabled"] is False
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert "request_url" not in json.dumps(manifest)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_a_hash(lock: str) -> None:
    sections = re.split(r"^(?=[a-z0-9])", LOCKS[lock], flags=re.MULTILINE)[1:]
    assert sections
    assert [section.split()[0] for section in sections if "--hash=sha256:" not in section] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host", LOCKS[lock])


def test_the_lock_for_tests_holds_the_very_packages_that_run() -> None:
    running, testing = (dict(PINNED.findall(LOCKS[lock])) for lock in ("run.lock", "dev.lock"))
    assert running.items() <= testing.items()


@pytest.mark.parametrize(("lock", "group"), [("run.lock", None), ("dev.lock", "dev"), ("run.lock", "build")])
def test_a_lock_fulfils_what_the_project_asks_for(lock: str, group: str | None) -> None:
    wanted = PROJECT["dependency-groups"][group] if group else PROJECT["project"]["dependencies"]
    pinned = dict(PINNED.findall(LOCKS[lock]))
    for requirement in map(Requirement, wanted):
        version = pinned.get(canonicalize_name(requirement.name), "none at all")
        assert version in requirement.specifier, f"{requirement}: run make lock"


@pytest.mark.parametrize("name", ENTRY_POINTS)
def test_every_command_of_the_project_is_there(name: str) -> None:
    module, _, attribute = ENTRY_POINTS[name].partition(":")
    assert callable(getattr(import_module(module), attribute))


def test_the_procfile_names_commands_and_options_that_there_are() -> None:
    lines = [line.split(":", 1) for line in (ROOT / "Procfile").read_text("utf-8").splitlines()]
    assert [name for name, _ in lines] == ["release", "web", "worker"]
    for _, line in lines:
        program, command, *options = shlex.split(line)
        assert program == "firsthand"
        module, _, attribute = ENTRY_POINTS[command].partition(":")
        known = getattr(import_module(module), attribute)
        assert isinstance(known, click.Command)
        assert set(options) <= {option for parameter in known.params for option in parameter.opts}


def test_the_slack_command_line_gets_the_manifest_and_starts_a_target_that_there_is() -> None:
    hooks = json.loads((ROOT / ".slack" / "hooks.json").read_text("utf-8"))
    assert hooks["config"]["sdk-managed-connection-enabled"] is True
    program, target = shlex.split(hooks["hooks"]["start"])
    assert (program, target in _make_targets()) == ("make", True)
    shown = subprocess.run(
        shlex.split(hooks["hooks"]["get-manifest"]), cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert json.loads(shown.stdout)["display_information"]["name"] == "Firsthand"


def test_make_help_lists_every_target_for_people() -> None:
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert {line.split()[1] for line in shown.splitlines()[1:]} == _make_targets()


def test_the_ci_script_runs_the_checks_and_the_tests() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    subprocess.run(["bash", "-n"], input=script, check=True, text=True)
    lines = script.splitlines()
    assert "set -euo pipefail" in lines
    assert [line.split()[:2] for line in lines if line.startswith("make")] == [
        ["make", "check"],
        ["make", "test"],
    ]


def _make_targets() -> set[str]:
    [phony] = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    return set(phony.split()) - {"moved"}
