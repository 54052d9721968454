from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.tools.tree import write
from tools.check_traces import check, traces

HOST = ".".join(["files", "python" + "hosted", "org"])
HOME = "/".join(["", "home", "ada", "firsthand"])


@pytest.mark.parametrize("line", [f"see {HOST}/x", "cd " + HOME, f"open('{HOME}/notes.md')"])
def test_a_host_or_a_path_of_one_machine_is_a_trace(line: str) -> None:
    assert len(list(traces(line, lock=False))) == 1


@pytest.mark.parametrize(
    "line", ["https://docs.slack.dev/x", "../shared/data", "at ~/work/x", "a/work/b", "/workspace"]
)
def test_other_addresses_and_relative_paths_are_none(line: str) -> None:
    assert list(traces(line, lock=False)) == []


@pytest.mark.parametrize("line", ["--index-url x", "a @ https://example.com/a.whl", "--find-links wheels"])
def test_a_lock_says_nothing_of_where_packages_come_from(line: str) -> None:
    assert list(traces(line, lock=True)) == [
        "a lock names packages and hashes only, never where they come from"
    ]


def test_files_that_git_ignores_are_not_looked_at(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    write(tmp_path, {".gitignore": "var/\n", "var/log": HOME, "kept.md": f"\n{HOME}\n"})
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    [problem] = check(tmp_path)
    assert (problem.where, problem.line) == ("kept.md", 2)
