"""Are the themes that are proposed the ones that people found in the same answers?

    python -m benchmarks.themes

On open answers whose themes people coded (the Jupyter surveys; answers with exactly one theme, so that there
is one right group for each), per question and on average:

    NMI, purity     of the groups against the coded themes
    top three       the share of the three commonest coded themes that are among the three largest groups, as
                    they are proposed, and after a person has merged groups that are about the same theme

A group counts as the theme that most of its answers bear. Merging is done here as a person would who knows
the coded themes. Seven questions have 21 themes to find: one of them more or less is .048. How far that is
chance is told too: the mean and the standard deviation when a tenth of the answers is left out, eight times.
The answers are not part of the project: FIRSTHAND_DATA, or ../shared/data beside it.
"""

from __future__ import annotations

import csv
import math
import os
import random
import statistics
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.reporting import conclude, say
from stories.search.encoders import Small
from stories.themes.finding import GROUPS, proposed

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data")) / "surveys" / "jupyter"
TIMES = 8
FEWEST, FEWEST_THEMES = 40, 4
"""Answers and themes of a question: among three themes the top three are no question."""


def coded(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Each question's answers with their one theme."""
    with (folder / "survey_short_columns.csv").open(encoding="utf-8", newline="") as file:
        answers = {row[""]: row for row in csv.DictReader(file)}
    found = {}
    for path in sorted(folder.glob("*_themes.csv")):
        name = path.stem.removesuffix("_themes")
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=";"))
        told = []
        for row in rows:
            themes = [one for one in (row[f"{name}_themes"] or "").split(",") if one]
            answer = answers.get(row[""], {})
            parts = (answer.get(key) or "" for key in (name, *(f"{name}_{number}" for number in (1, 2, 3))))
            said = " ".join(part for part in parts if part)
            if len(themes) == 1 and said:
                told.append((said, themes[0]))
        if len(told) >= FEWEST and len({theme for _, theme in told}) >= FEWEST_THEMES:
            found[name] = told
    return found


def mutual(groups: Sequence[int], themes: Sequence[str]) -> float:
    """Normalised mutual information, by the mean of both entropies."""
    number, pairs = len(groups), Counter(zip(groups, themes, strict=True))
    by_group, by_theme = Counter(groups), Counter(themes)
    shared = sum(
        count / number * math.log(count * number / (by_group[group] * by_theme[theme]))
        for (group, theme), count in pairs.items()
    )
    entropy = sum(
        -count / number * math.log(count / number)
        for counted in (by_group, by_theme)
        for count in counted.values()
    )
    return 2 * shared / entropy if entropy else 0.0


def figures(told: Sequence[tuple[str, str]]) -> dict[str, float]:
    """The figures of one question."""
    texts, themes = [said for said, _ in told], [theme for _, theme in told]
    found = proposed(texts, Small().encode(texts), groups=GROUPS)
    groups = [-1] * len(texts)
    for number, one in enumerate(found):
        for place in one.texts:
            groups[place] = number
    of_group = {
        number: Counter(themes[place] for place in one.texts).most_common(1)[0]
        for number, one in enumerate(found)
    }
    right = sum(count for _theme, count in of_group.values())
    top = {theme for theme, _ in Counter(themes).most_common(3)}
    unmerged = {of_group[number][0] for number in range(min(3, len(found)))}
    merged: Counter[str] = Counter()
    for number, one in enumerate(found):
        merged[of_group[number][0]] += len(one.texts)
    after = {theme for theme, _ in merged.most_common(3)}
    return {
        "nmi": mutual(groups, themes),
        "purity": right / len(texts),
        "top_three_found": len(top & unmerged) / len(top),
        "top_three_after_merging": len(top & after) / len(top),
    }


def without_a_tenth(questions: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, tuple[float, float]]:
    """The mean of each figure and its standard deviation when others of the answers are left out."""
    chance, means = random.Random(0), list[dict[str, float]]()
    for _time in range(TIMES):
        found = [figures(chance.sample(told, len(told) * 9 // 10)) for told in questions.values()]
        means.append({what: statistics.fmean(one[what] for one in found) for what in found[0]})
    return {
        what: (
            round(statistics.fmean(one[what] for one in means), 3),
            round(statistics.stdev(one[what] for one in means), 3),
        )
        for what in means[0]
    }


def main() -> None:
    """Print the figures of each question and their mean; the last line is one JSON object."""
    if not DATA.is_dir():
        sys.exit(f"no coded answers at {DATA}: set FIRSTHAND_DATA")
    by_question = {name: figures(told) for name, told in coded(DATA).items()}
    for name, found in by_question.items():
        say(f"{name:30}" + "  ".join(f"{what} {value:.2f}" for what, value in found.items()))
    names = next(iter(by_question.values()))
    mean = {
        what: round(sum(one[what] for one in by_question.values()) / len(by_question), 3) for what in names
    }
    say(f"{'mean':30}" + "  ".join(f"{what} {value:.2f}" for what, value in mean.items()))
    spread = without_a_tenth(coded(DATA))
    for what, (middle, deviation) in spread.items():
        say(f"{what:30}{middle:.3f} ± {deviation:.3f} without a tenth of the answers")
    conclude({"questions": len(by_question), **mean, "without_a_tenth": spread})


if __name__ == "__main__":
    main()
