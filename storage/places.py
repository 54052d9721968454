"""Where an embedded database lies: readable by whoever runs the bot, and nobody else."""

from __future__ import annotations

from pathlib import Path


def make_room(file: Path) -> None:
    """Make the folder that a database's file is to lie in, for its owner alone; one that is there stays."""
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.mkdir(mode=0o700, exist_ok=True)


def make_file(file: Path) -> None:
    """Make an empty file for its owner alone, which SQLite makes a database of; one that is there stays.

    SQLite gives what it writes beside a database the database's own mode. Raises OSError.
    """
    file.touch(mode=0o600)


def set_aside(file: Path, kept: Path) -> None:
    """Keep a database under another name, for its owner alone. Raises OSError."""
    file.rename(kept)
    kept.chmod(0o600)
