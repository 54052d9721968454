"""Is a hint right? Questions people really asked, whose words a sentence is, so-whats; beside keywords.

A hint is right when a person said the same of the words at hand. For each kind: of the hints given, how many
were right (precision); of what could have been pointed at, how much was found (recall; "fresh" and "seen"
were not drawn fairly, so theirs says little).

    report, fresh   questions on which no rule was made; the labels say how they were drawn
    made up         questions of kinds that the real ones hold too few of; half of them no rule was made on
    keywords        the baseline: single words by which one might tell each kind

The conversations are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.labelled_hints import (
    LabelledMeaning,
    LabelledQuestion,
    labelled_meanings,
    labelled_questions,
    labelled_sentences,
    made_up_questions,
)
from benchmarks.reporting import conclude, say
from stories.hints.own_words import is_retold
from stories.hints.questions import Asks, kinds_of
from stories.hints.so_what import so_what

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data"))
KINDS = tuple(kind.value for kind in Asks)

_KEYWORDS = {
    "selling": r"\b(?:offer|upgrade|discount|plan|premium|trial|buy|our new|product)\b",
    "leading": r"n['’]t\b|\b(?:do you think|agree|right\?|really|good|better)\b",
    "double": r"\band\b|\?.*\?",
    "hypothetical": r"\b(?:would|could|if|imagine|future)\b",
}
_THIRD = re.compile(r"^(?:he|she|they|the|customers?|users?|participants?)\b", re.IGNORECASE)
_FEW_WORDS = 8

Judge = Callable[[str], Collection[str]]


def rules(asked: str) -> Collection[str]:
    return {kind.value for kind in kinds_of(asked)}


def keywords(asked: str) -> Collection[str]:
    return {kind for kind, found in _KEYWORDS.items() if re.search(found, asked, re.IGNORECASE | re.DOTALL)}


def questions_figures(questions: Sequence[LabelledQuestion], judge: Judge) -> dict[str, dict[str, Any]]:
    """Per kind, and for all kinds together: hints given, how many were right, how much was found."""
    given = [(judge(one.asked), one.kinds) for one in questions]
    figures = {kind: _counted([(kind in said, kind in kinds) for said, kinds in given]) for kind in KINDS}
    figures["all"] = _counted([(kind in said, kind in kinds) for said, kinds in given for kind in KINDS])
    return figures


def own_words_figures(sentences: Iterable[tuple[str, bool]], judge: Callable[[str], bool]) -> dict[str, Any]:
    return _counted([(judge(text), writers) for text, writers in sentences])


def so_what_figures(
    write_ups: Iterable[LabelledMeaning], judge: Callable[[LabelledMeaning], bool]
) -> dict[str, Any]:
    return _counted([(judge(one), one.says != "says") for one in write_ups])


def _counted(pairs: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    """From pairs (pointed at, rightly pointed at): given, right, there, and the two shares."""
    given = sum(said for said, _is_so in pairs)
    right = sum(said and is_so for said, is_so in pairs)
    there = sum(is_so for _said, is_so in pairs)
    return {
        "given": given,
        "right": right,
        "there": there,
        "precision": round(right / given, 3) if given else None,
        "recall": round(right / there, 3) if there else None,
    }


def _say(title: str, ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    def told(one: dict[str, Any]) -> str:
        share = "    –" if one["precision"] is None else f"{one['precision']:.0%}"
        found = "–" if one["recall"] is None else f"{one['recall']:.0%}"
        return f"{one['right']:3} of {one['given']:3} right ({share:>5}), {found:>4} of {one['there']} found"

    say(f"  {title:14} {told(ours)}   keywords: {told(theirs)}")


def _questions(name: str, questions: Sequence[LabelledQuestion], figures: dict[str, Any]) -> None:
    ours, theirs = questions_figures(questions, rules), questions_figures(questions, keywords)
    say(f"{name}: {len(questions)} questions")
    for kind, one in ours.items():
        if one["given"] or one["there"]:
            _say(kind, one, theirs[kind])
    figures[name] = {"questions": len(questions), "rules": ours, "keywords": theirs}


def _real(figures: dict[str, Any]) -> None:
    asked = labelled_questions(DATA)
    for half in ("develop", "report", "seen", "fresh"):
        _questions(half, [one for one in asked if one.half == half], figures)
    _questions("held out", [one for one in asked if one.half in ("report", "fresh")], figures)
    for half in ("develop", "report"):
        pairs = [(one.text, one.writers) for one in labelled_sentences(DATA) if one.half == half]
        ours = own_words_figures(pairs, is_retold)
        theirs = own_words_figures(pairs, lambda text: _THIRD.match(text) is not None)
        _say(f"own words, {half}", ours, theirs)
        figures[f"own words {half}"] = {"sentences": len(pairs), "rules": ours, "keywords": theirs}


def _made_up(figures: dict[str, Any]) -> None:
    for half in ("develop", "report"):
        some = [one for one in made_up_questions() if one.half == half]
        _questions(f"made up {half}", some, figures)
        write_ups = [one for one in labelled_meanings() if one.half == half]
        ours = so_what_figures(
            write_ups, lambda one: so_what(one.meaning, one.happened, one.quotes) is not None
        )
        theirs = so_what_figures(write_ups, lambda one: len(one.meaning.split()) < _FEW_WORDS)
        _say(f"so what, {half}", ours, theirs)
        figures[f"so what {half}"] = {"write_ups": len(write_ups), "rules": ours, "keywords": theirs}


def _milliseconds() -> float:
    """What a question takes, the best of three."""
    asked = [one.asked for one in made_up_questions()]
    took = []
    for _round in range(3):
        start = time.perf_counter()
        for one in asked:
            kinds_of(one)
        took.append(time.perf_counter() - start)
    return round(min(took) / len(asked) * 1000, 3)


def main() -> None:
    """Print every set; the last line is one JSON object."""
    figures: dict[str, Any] = {}
    if DATA.is_dir():
        _real(figures)
    else:
        say(f"Skipped: no real conversations at {DATA}. Set FIRSTHAND_DATA to the folder that has them.")
        figures["skipped"] = f"no {DATA}"
    _made_up(figures)
    conclude({**figures, "ms_a_question": _milliseconds()})


if __name__ == "__main__":
    main()
