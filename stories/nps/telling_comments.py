"""Which of many comments tell the most."""

from __future__ import annotations

from collections.abc import Sequence

from stories.telling_worth import worth


def most_telling(comments: Sequence[str], most: int) -> tuple[int, ...]:
    """The places of at most `most` comments that tell the most, in the order in which they came.

    What a comment tells is counted as in `stories.telling_worth`; of equals the one that came first is taken.
    """
    worths = [worth(comment, {}).body for comment in comments]
    ranked = sorted(range(len(comments)), key=lambda at: (-worths[at], at))
    return tuple(sorted(ranked[:most]))
