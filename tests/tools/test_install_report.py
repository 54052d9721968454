from __future__ import annotations

from pathlib import Path

import pytest

from tools.install_report import megabytes, sentence


def test_packages_count_wherever_pip_had_them_from(tmp_path: Path) -> None:
    wheel = tmp_path / "mine.whl"
    wheel.write_bytes(b"0" * 500_000)
    log = f"""\
Collecting babel==2.18.0 (from -r requirements/run.lock (line 198))
  Downloading babel-2.18.0-py3-none-any.whl (10.2 MB)
  Using cached certifi-2026.10.18-py3-none-any.whl (134 kB)
Processing {wheel} (from -r requirements/run.lock (line 176))
Installing collected packages: babel, certifi
"""
    assert megabytes(log) == pytest.approx(10.834)
    assert sentence(log, 28.4) == "Ready in 28 s, 11 MB of packages. The next start is quick."


def test_a_project_installed_from_its_own_folder_weighs_nothing(tmp_path: Path) -> None:
    log = f"Obtaining file://{tmp_path}\nProcessing {tmp_path}\n"
    assert megabytes(log) == 0
    assert sentence(log, 6.0) == "Ready in 6 s. The next start is quick."
