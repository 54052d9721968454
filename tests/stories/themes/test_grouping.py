"""Themes come out the same in every process and in whatever order texts stand; groups settle."""

from __future__ import annotations

import random

import numpy as np

from stories.themes.grouping import grouped, settled
from stories.themes.spaces import lsa

WORDS = [f"word{letter}{number}" for letter in "abcdefgh" for number in range(12)]


def some_texts(chance: random.Random) -> list[str]:
    """Many words that are as common as others, so that their order is nobody's."""
    return [" ".join(chance.sample(WORDS, 6)) for _ in range(150)]


def test_texts_lie_the_same_whichever_order_they_came_in() -> None:
    texts = some_texts(random.Random(1))
    here, there = lsa(texts), lsa(texts[::-1])[::-1]
    assert np.allclose(here @ here.T, there @ there.T, atol=1e-3)


def test_a_point_that_was_joined_early_goes_to_where_it_is_near() -> None:
    points = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [0.3]], np.float32)
    wrong = np.array([0, 0, 0, 1, 1, 1])
    assert settled(points, wrong).tolist() == [0, 0, 0, 1, 1, 0]
    alone = np.array([[0.0], [0.0], [0.0]], np.float32)
    assert settled(alone, np.array([0, 0, 1])).tolist() == [0, 0, 1], "no group is lost"
    assert grouped(points, 2).tolist() == [0, 0, 0, 1, 1, 0]


def test_a_text_without_a_word_that_others_share_lies_nowhere() -> None:
    found = lsa(["the printer jams", "the printer again", "zebra", "quagga"])
    assert np.allclose(np.linalg.norm(found, axis=1), [1, 1, 0, 0], atol=1e-3)
