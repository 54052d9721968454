"""Would a person take the lines that are proposed? On real talks with customers, beside two baselines.

The labels say for every turn which sentences an editor would quote; a line is taken when at least half of
its words stand in such sentences. The rule was made on the half called "develop"; "report" is only reported.

    telling   stories.telling_lines.propose, five lines a talk
    longest   the five longest turns, each cut after the last whole sentence within 45 words
    central   the five sentences of 8 to 45 words that share most with all others (mean cosine of TF-IDF)
    chance    the share of all such sentences that a person would take

The talks are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import math
import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.labelled_talks import CUSTOMER, LabelledTalk, LabelledTurn, labelled_talks
from benchmarks.reporting import conclude, say
from stories.sentences import sentences
from stories.telling_lines import FEWEST_WORDS, MOST_WORDS, Line, propose
from stories.telling_worth import length, plain, tokens

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "interviews" / "otel"
MOST, FIRST = 5, 3
AN_HOUR = 9_000
"""Words that two people say in an hour, of which the customer's are counted here."""

Proposer = Callable[[LabelledTalk], Sequence[Line]]


def telling(talk: LabelledTalk) -> Sequence[Line]:
    return propose(talk.turns, {CUSTOMER}, most=MOST)


def longest(talk: LabelledTalk) -> Sequence[Line]:
    turns = sorted(enumerate(talk.turns), key=lambda pair: -length(pair[1].text))
    return [_line(at, turn, 0, _fitting(turn)) for at, turn in turns][:MOST]


def central(talk: LabelledTalk) -> Sequence[Line]:
    found = list(_fit_sentences(talk))
    vectors = _weighted([tokens(plain(text)) for _at, _number, text in found])
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    # The cosine to the sum of all is the mean cosine to each, but for a factor that all share.
    scores = [sum(weight * total[word] for word, weight in vector.items()) for vector in vectors]
    best = sorted(range(len(found)), key=lambda at: -scores[at])[:MOST]
    return [_line(found[at][0], talk.turns[found[at][0]], found[at][1], found[at][1]) for at in best]


PROPOSERS: dict[str, Proposer] = {"telling": telling, "longest": longest, "central": central}


def _fitting(turn: LabelledTurn) -> int:
    """The number of the last sentence within the first 45 words, at least the first."""
    words = 0
    for at, part in enumerate(sentences(turn.text)):
        words += length(part.text)
        if words > MOST_WORDS:
            return max(0, at - 1)
    return len(sentences(turn.text)) - 1


def _fit_sentences(talk: LabelledTalk) -> Iterator[tuple[int, int, str]]:
    for at, turn in enumerate(talk.turns):
        for number, part in enumerate(sentences(turn.text)):
            if part.whole and FEWEST_WORDS <= length(part.text) <= MOST_WORDS:
                yield at, number, part.text


def _weighted(bags: Sequence[list[str]]) -> list[Counter[str]]:
    often = Counter(word for bag in bags for word in set(bag))
    vectors: list[Counter[str]] = []
    for bag in bags:
        weights = {word: n * math.log(len(bags) / often[word]) for word, n in Counter(bag).items()}
        norm = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vector: Counter[str] = Counter()
        for word, weight in weights.items():
            vector[word] = weight / norm  # type: ignore[assignment]  # a Counter adds up real numbers as well
        vectors.append(vector)
    return vectors


def _line(at: int, turn: LabelledTurn, first: int, last: int) -> Line:
    parts = sentences(turn.text)
    text = turn.text[parts[first].start : parts[last].end]
    return Line(text=text, who=turn.who, turn=at, line=turn.line, at=None, first=first, last=last)


def _figures(talks: Sequence[LabelledTalk], proposer: Proposer) -> dict[str, float | int]:
    verdicts = [[talk.takes(line) for line in proposer(talk)] for talk in talks]
    first = [taken for talk in verdicts for taken in talk[:FIRST]]
    every = [taken for talk in verdicts for taken in talk]
    return {
        f"precision_at_{FIRST}": round(statistics.mean(first), 3),
        "taken": round(statistics.mean(every), 3),
        "proposed": len(every),
    }


def _chance(talks: Sequence[LabelledTalk]) -> float:
    fit = [number in talk.turns[at].taken for talk in talks for at, number, _text in _fit_sentences(talk)]
    return round(statistics.mean(fit), 3)


def _seconds_for_an_hour(talks: Sequence[LabelledTalk]) -> float:
    """As many of the turns as make an hour's words, the best of three."""
    turns = [turn for talk in talks for turn in talk.turns]
    while sum(length(turn.text) for turn in turns) < AN_HOUR:
        turns += turns
    took = []
    for _round in range(3):
        start = time.perf_counter()
        propose(turns, {CUSTOMER}, most=MOST)
        took.append(time.perf_counter() - start)
    return round(min(took) * AN_HOUR / sum(length(turn.text) for turn in turns), 3)


def main() -> None:
    """Print both halves, and the time for an hour's words."""
    if not DATA.is_dir():
        say(f"Skipped: no real talks at {DATA}. Set FIRSTHAND_DATA to the folder that has interviews/otel.")
        conclude({"skipped": f"no {DATA}"})
        return
    talks = labelled_talks(DATA)
    figures: dict[str, object] = {}
    for half in ("develop", "report"):
        some = [talk for talk in talks if talk.half == half]
        turns = [turn for talk in some for turn in talk.turns]
        found = {name: _figures(some, proposer) for name, proposer in PROPOSERS.items()}
        figures[half] = {"talks": len(some), "turns": len(turns), "chance": _chance(some), **found}
        say(f"{half}: {len(some)} talks, {len(turns)} turns; by chance {_chance(some):.0%} would be taken")
        for name, values in found.items():
            say(
                f"  {name:8} precision@{FIRST} {values[f'precision_at_{FIRST}']:.2f}"
                f"   taken {values['taken']:.0%} of {values['proposed']}"
            )
    seconds = _seconds_for_an_hour(talks)
    say(f"An hour's words take {seconds:.3f} s.")
    conclude({**figures, "seconds_for_an_hour": seconds})


if __name__ == "__main__":
    main()
