"""A database that we make can be read by its owner alone, whatever the umask."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.places import make_file, make_room


@pytest.fixture
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.usefixtures("usual_umask")
def test_the_folder_and_the_files_are_for_their_owner_and_a_folder_that_was_there_stays(
    tmp_path: Path,
) -> None:
    file = tmp_path / "some" / "where" / "firsthand.sqlite3"
    make_room(file)
    make_file(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as opened:
        opened.execute("PRAGMA journal_mode = WAL")
        opened.execute("CREATE TABLE written (id)")
        assert {one.suffix: mode(one) for one in file.parent.iterdir()} == {
            ".sqlite3": 0o600,
            ".sqlite3-wal": 0o600,
            ".sqlite3-shm": 0o600,
        }
    assert (mode(file.parent), mode(file.parent.parent)) == (0o700, 0o755)
    shared = tmp_path / "shared"
    shared.mkdir()
    make_room(shared / "firsthand.sqlite3")
    assert mode(shared) == 0o755
