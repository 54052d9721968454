"""What a copy is deployed with: image, compose and systemd's unit, and the locks of what is installed."""

from __future__ import annotations

import re
from typing import Any

import yaml
from packaging.requirements import Requirement

from bot.health import Health, health_routes
from tests.test_house import PROJECT, ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "firsthand.service").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
PROCFILE = dict(line.split(": ") for line in (ROOT / "Procfile").read_text("utf-8").splitlines())


def test_the_image_runs_as_nobody_special_from_locked_packages_with_a_health_check() -> None:
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert re.search(r"^USER [1-9]\d+$", last, re.MULTILINE), (
        "a number: orchestrators check that it is not root"
    )
    assert "--require-hashes --requirement requirements/run.lock" in DOCKERFILE
    probed = re.search(r"HEALTHCHECK.*\n.*(/healthz)", last)
    assert probed
    assert probed[1] in [route.path for route in health_routes(Health())]
    assert "curl" not in DOCKERFILE
    copied = set(re.findall(r"^COPY (?!--from)(\w+) \1$", DOCKERFILE, re.MULTILINE))
    assert copied == {
        name.rstrip("*") for name in PROJECT["tool"]["setuptools"]["packages"]["find"]["include"]
    }


def pins(lock: str) -> dict[str, str]:
    """Each requirement of a lock to the lines that belong to it."""
    text = (ROOT / "requirements" / lock).read_text("utf-8")
    return {one.split("==")[0]: one for one in re.split(r"^(?=\w)", text, flags=re.MULTILINE) if one.strip()}


def test_whatever_is_installed_comes_from_locks_with_hashes_that_name_no_registry() -> None:
    everything = pins("run.lock")
    wished: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
    for extra, asked in wished.items():
        added = pins(f"{extra}.lock")
        assert {Requirement(one).name for one in asked} <= added.keys(), "and what these need"
        assert not added.keys() & pins("run.lock").keys(), "these are there already"
        assert all(everything.get(name, one).split()[0] == one.split()[0] for name, one in added.items())
        assert f"requirements/{extra}.lock" in DOCKERFILE
        everything |= added
    assert all("--hash=sha256:" in one for one in everything.values())
    assert not [one for one in everything.values() if "://" in one]
    installs = re.findall(r"pip install (.*)", DOCKERFILE)
    assert all("--no-deps" in one for one in installs)
    assert [one for one in installs if "--require-hashes" not in one] == [
        "--no-deps --no-build-isolation . \\"
    ]


def test_compose_starts_what_the_procfile_names_and_writes_nothing_but_the_database() -> None:
    services = COMPOSE["services"]
    volumes = set(re.findall(r"^VOLUME (\S+)$", DOCKERFILE, re.MULTILINE))
    assert volumes
    for name, line in PROCFILE.items():
        assert ["firsthand", *services[name]["command"]] == line.split()
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert {one.split(":")[0] for one in services[name]["tmpfs"]} >= volumes, "else each leaves a volume"
    assert [name for name in PROCFILE if "build" in services[name]] == ["release"], "at once, they collide"
    assert all(port.startswith("127.0.0.1:") for port in services["web"]["ports"])
    assert services["worker"]["environment"]["FIRSTHAND_HEALTH_PORT"]
    secrets = [
        services["db"]["environment"]["POSTGRES_PASSWORD"],
        services["web"]["environment"]["FIRSTHAND_KEYS"],
    ]
    assert all(secret.startswith("${") and ":?" in secret for secret in secrets), "asked for, never a default"


def test_the_unit_migrates_before_it_runs_and_does_not_start_again_on_wrong_settings() -> None:
    # In one command: systemd looks at this exit code of the main process alone.
    assert re.search(r"^ExecStart=\S+/firsthand run --migrate$", UNIT, re.MULTILINE)
    assert "ExecStartPre" not in UNIT
    assert "RestartPreventExitStatus=2" in UNIT
    assert "User=firsthand" in UNIT
