from __future__ import annotations

import pytest

from tools.check import CHECKS, run_all


async def test_an_unknown_check_is_refused_with_the_names_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert await run_all(["spelling"]) == 1
    assert "No such check: spelling. There are: types, lint" in capsys.readouterr().out


async def test_one_that_fails_fails_the_whole_and_shows_why(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(CHECKS, "good", ("-c", "print('quiet')"))
    monkeypatch.setitem(CHECKS, "bad", ("-c", "raise SystemExit('the reason')"))
    assert await run_all(["good", "bad"]) == 1
    output = capsys.readouterr().out
    assert "good: ok" in output
    assert "quiet" not in output
    assert "bad: FAILED" in output
    assert "the reason" in output
    assert await run_all(["good"]) == 0
