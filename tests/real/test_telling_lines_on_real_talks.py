"""The lines proposed from real talks, held to what a person would take from them.

The talks are not part of the project; the labels are, as numbers.
"""

from __future__ import annotations

import tomllib

import pytest

from benchmarks.labelled_talks import LABELS, LabelledTalk, labelled_talks
from benchmarks.telling_lines import DATA, MOST, Proposer, central, longest, telling

ENTRIES = tomllib.loads(LABELS.read_text("utf-8"))["talk"]
with_talks = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"NO REAL INTERVIEWS at {DATA}: set FIRSTHAND_DATA to the folder that has them"
)


def taken(talks: list[LabelledTalk], proposer: Proposer) -> float:
    verdicts = [talk.takes(line) for talk in talks for line in proposer(talk)]
    return sum(verdicts) / len(verdicts)


def test_labels_are_numbers_and_never_words() -> None:
    for entry in ENTRIES:
        assert entry.keys() == {"stamp", "half", "turns"}
        for turn in entry["turns"]:
            assert turn.keys() == {"lines", "sentences", "take"}
            assert all(0 <= at < turn["sentences"] for quote in turn["take"] for at in quote)
            assert all(len(quote) in (1, 2) for quote in turn["take"])
            assert len(turn["take"]) <= 3 + max(0, turn["sentences"] - 10 + 4) // 5


def test_no_talk_is_in_both_halves_and_there_are_enough_of_each() -> None:
    stamps = [entry["stamp"] for entry in ENTRIES]
    assert len(set(stamps)) == len(stamps) >= 12
    for half in ("develop", "report"):
        assert sum(len(entry["turns"]) for entry in ENTRIES if entry["half"] == half) >= 100


@with_talks
def test_every_labelled_turn_is_still_read_as_it_was_labelled() -> None:
    assert len(labelled_talks(DATA)) == len(ENTRIES)


@with_talks
@pytest.mark.parametrize("half", ["develop", "report"])
def test_a_person_would_take_far_more_of_them_than_of_what_is_long_or_central(half: str) -> None:
    talks = [talk for talk in labelled_talks(DATA) if talk.half == half]
    share = taken(talks, telling)
    assert share >= 0.65
    assert share >= taken(talks, longest) + 0.25
    assert share >= taken(talks, central) + 0.25


@with_talks
def test_every_talk_gets_its_five_lines() -> None:
    assert all(len(telling(talk)) == MOST for talk in labelled_talks(DATA))
