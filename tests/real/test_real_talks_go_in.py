"""Real talks with customers, all the way through the command at the terminal and once more.

The talks are not part of the project; they are known by the time that begins their file's name.
"""

from __future__ import annotations

import os
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.importing.reading import read_file
from stories.notes import Side
from stories.proposals import Open, Proposal
from stories.sentences import sentences
from stories.talks import Talk, propose
from stories.telling_lines import MOST_WORDS
from tests.bot.importing.conftest import Terminal, terminal

__all__ = ["terminal"]

DATA = (
    Path(os.environ.get("FIRSTHAND_DATA", Path(__file__).parents[3] / "shared" / "data"))
    / "interviews"
    / "otel"
)
TODAY = date(2026, 11, 22)

CLEAR = (
    "20230702T174637Z", "20230913T192610Z", "20231204T233444Z", "20240808T055511Z", "20241004T155454Z",
    "20241115T063037Z", "20241220T070314Z", "20250501T060052Z",
)  # fmt: skip
"""One voice is clearly the customer's: these go in unasked."""

SEVERAL = (
    "20230928T040036Z", "20231011T205228Z", "20231220T044451Z", "20240305T194924Z", "20240501T193321Z",
    "20240605T213659Z", "20240617T190022Z", "20250404T011032Z",
)  # fmt: skip
"""Several customers speak, or the day is not told: somebody has to say."""

UNMARKED = (
    "20230925T040025Z", "20231218T230441Z", "20241104T210307Z", "20241217T221429Z", "20250321T055337Z",
    "20250502T181811Z",
)  # fmt: skip
"""Nowhere or hardly anywhere does it say who speaks."""

ALL = (*CLEAR, *SEVERAL, *UNMARKED)

pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)


def path_of(stamp: str) -> Path:
    (path,) = DATA.glob(f"{stamp}-*.md")
    return path


@cache
def talk_of(stamp: str) -> Talk:
    (talk,) = read_file(path_of(stamp), today=TODAY)
    assert isinstance(talk, Talk)
    return talk


@cache
def proposal_of(stamp: str) -> Proposal:
    return propose(talk_of(stamp), today=TODAY)


def test_there_are_twenty_two_of_them() -> None:
    assert len(set(ALL)) == 22


@pytest.mark.parametrize("stamp", ALL)
def test_each_is_read_as_a_talk_with_its_lines(stamp: str) -> None:
    talk = talk_of(stamp)
    proposal = proposal_of(stamp)
    assert talk.transcript.language.code == "en"
    assert talk.transcript.marked == (stamp not in UNMARKED)
    assert 1 <= len(proposal.quotes) <= 5
    words = [len(quote.split()) for quote in proposal.candidates]
    assert max(words) <= MOST_WORDS + 5
    assert all(sentences(quote)[0].whole for quote in proposal.quotes)

    if stamp in UNMARKED:
        assert Open.QUOTES in {gap.what for gap in proposal.gaps}, (
            "nobody is marked: the lines are asked about"
        )
    else:
        us = {person.name for person in talk.people if person.side is Side.US}
        assert proposal.customer
        assert proposal.customer not in us


def test_the_clear_ones_go_in_unasked_and_the_others_say_what_is_open(terminal: Terminal) -> None:
    for stamp in ALL:
        shutil.copy(path_of(stamp), terminal.folder)
    result = terminal.run("--yes")
    assert f"{len(CLEAR)} kept, {len(ALL) - len(CLEAR)} refused" in result.output
    for stamp in (*SEVERAL, *UNMARKED):
        (terminal.folder / path_of(stamp).name).unlink()
    again = terminal.run("--yes")
    assert f"{len(CLEAR)} already there" in again.output
    per_talk = terminal.rows("SELECT count(*) FROM quotes GROUP BY interview_id")
    assert per_talk == [(5,)] * len(CLEAR)


@pytest.mark.parametrize("stamp", [*SEVERAL[::2], *UNMARKED[::2]])
def test_the_others_go_in_once_somebody_says_who_and_when(terminal: Terminal, stamp: str) -> None:
    shutil.copy(path_of(stamp), terminal.folder)
    proposal = proposal_of(stamp)
    open_ = {gap.what for gap in proposal.gaps}
    typed = "k\n"
    typed += "1\n" if Open.DAY in open_ else ""
    typed += "\n" if talk_of(stamp).transcript.marked or Open.CUSTOMER in open_ else ""
    typed += "\n" * 12 + "k\n" * 3
    assert "1 kept" in terminal.run(typed=typed).output
