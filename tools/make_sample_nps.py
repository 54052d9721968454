"""Write the sample company's year of NPS answers, `demo/company/nps.csv`.

Usage:  python tools/make_sample_nps.py [--out FILE]

Every answer is made up. Scores are drawn from a mix of promoters, passives and detractors for each segment;
the comments were written by hand (`sample_nps_comments.csv` beside this file), and each goes to one answer
whose segment, score and day it fits. The same seed gives the same file, byte for byte. Home care's mix gets
worse on the day of the event in `demo/company/company.toml` and stays so: the drop that the interviews tell
of is really in the numbers.
"""

from __future__ import annotations

import argparse
import csv
import random
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

SEED = 23
ANSWERS = 1500
DAYS = 365
HERE = Path(__file__).resolve().parent
COMPANY = HERE.parent / "demo" / "company"
HEADER = "# Made up for this demo by tools/make_sample_nps.py; any likeness is chance."
COLUMNS = ("answer_id", "days_ago", "score", "segment", "plan", "region", "comment")

Weights = dict[str, float]
# How the answers are shared out: weights, not counts.
SEGMENTS: Weights = {"Home care": 38, "Trades": 24, "Small practices": 14, "Rounds": 15, "Bookkeepers": 9}
REGIONS: Weights = {"UK": 58, "Ireland": 14, "Canada": 17, "Poland": 11}
PLANS: dict[str, Weights] = {
    "Home care": {"Team": 55, "Firm": 45},
    "Trades": {"Solo": 60, "Team": 40},
    "Small practices": {"Solo": 30, "Team": 70},
    "Rounds": {"Solo": 85, "Team": 15},
    "Bookkeepers": {"Solo": 40, "Team": 40, "Firm": 20},
}
# Weights of promoters, passives and detractors.
MIX: dict[str, tuple[float, float, float]] = {
    "Home care": (56, 31, 13),
    "Trades": (54, 30, 16),
    "Small practices": (48, 33, 19),
    "Rounds": (63, 26, 11),
    "Bookkeepers": (33, 39, 28),
}
MIX_AFTER_EVENT = (22, 28, 50)
# Which score within each group, as weights of (score, …).
PROMOTER: Weights = {"9": 55, "10": 45}
PASSIVE: Weights = {"7": 40, "8": 60}
DETRACTOR: Weights = {"6": 34, "5": 24, "4": 14, "3": 12, "2": 7, "1": 4, "0": 5}
DETRACTOR_AFTER_EVENT: Weights = {"6": 16, "5": 16, "4": 18, "3": 18, "2": 14, "1": 8, "0": 10}


@dataclass(frozen=True)
class Comment:
    """A hand-written comment and where it fits: scores low–high, days newest–oldest, segment or any ("")."""

    low: int
    high: int
    segment: str
    oldest: int
    newest: int
    text: str

    def fits(self, answer: Answer) -> bool:
        """Say whether this comment could have come with that answer."""
        return (
            self.low <= answer.score <= self.high
            and self.newest <= answer.days_ago <= self.oldest
            and self.segment in ("", answer.segment)
        )


@dataclass(frozen=True)
class Answer:
    """One answer to "would you recommend us", score 0–10, so many days before the demo's first morning."""

    days_ago: int
    score: int
    segment: str
    plan: str
    region: str
    comment: str = ""


def read_comments(path: Path) -> list[Comment]:
    """Read the hand-written comments; a line that starts with # is a remark, an empty bound is no bound."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return [
            Comment(
                int(row["low"]),
                int(row["high"]),
                row["segment"],
                int(row["oldest"] or DAYS),
                int(row["newest"] or 0),
                row["text"],
            )
            for row in rows
        ]


def draw(rng: random.Random, weights: Weights) -> str:
    """Pick one key, as often as its weight says."""
    return rng.choices(list(weights), weights=list(weights.values()))[0]


def draw_answer(rng: random.Random, event_segment: str, event_days_ago: int) -> Answer:
    """Draw one answer without a comment; the event worsens its own segment from its day on."""
    segment = draw(rng, SEGMENTS)
    days_ago = rng.randint(1, DAYS)
    hit = segment == event_segment and days_ago < event_days_ago
    mix = MIX_AFTER_EVENT if hit else MIX[segment]
    groups = (PROMOTER, PASSIVE, DETRACTOR_AFTER_EVENT if hit else DETRACTOR)
    score = int(draw(rng, rng.choices(groups, weights=mix)[0]))
    return Answer(days_ago, score, segment, draw(rng, PLANS[segment]), draw(rng, REGIONS))


def place_comments(rng: random.Random, answers: list[Answer], comments: list[Comment]) -> list[Answer]:
    """Give each comment to one answer it fits, the choosiest first; raises ValueError if none is left."""
    placed = list(answers)
    free = set(range(len(answers)))
    choices = [(sum(comment.fits(answer) for answer in answers), comment) for comment in comments]
    for _, comment in sorted(choices, key=lambda choice: choice[0]):
        fitting = [index for index in sorted(free) if comment.fits(answers[index])]
        if not fitting:
            raise ValueError(f"No answer is left that fits the comment: {comment.text}")
        index = rng.choice(fitting)
        placed[index] = replace(answers[index], comment=comment.text)
        free.remove(index)
    return placed


def make_answers(rng: random.Random, comments: list[Comment], event: tuple[str, int]) -> list[Answer]:
    """Make the whole year, oldest first; event is (segment, days ago)."""
    answers = [draw_answer(rng, *event) for _ in range(ANSWERS)]
    answers.sort(key=lambda answer: -answer.days_ago)
    return place_comments(rng, answers, comments)


def write(path: Path, answers: list[Answer]) -> None:
    """Write the CSV with its remark line, the column names, and ids that count up from the oldest."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADER + "\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, answer in enumerate(answers, start=1):
            row = (answer.days_ago, answer.score, answer.segment, answer.plan, answer.region, answer.comment)
            writer.writerow((f"N{number:04d}", *row))


def main() -> None:
    """Write the file where the demo looks for it, or where --out says."""
    parser = argparse.ArgumentParser(description="Write the sample company's year of NPS answers.")
    parser.add_argument("--out", type=Path, default=COMPANY / "nps.csv")
    out: Path = parser.parse_args().out
    event = tomllib.loads((COMPANY / "company.toml").read_text(encoding="utf-8"))["event"]
    comments = read_comments(HERE / "sample_nps_comments.csv")
    write(out, make_answers(random.Random(SEED), comments, (event["segment"], event["days_ago"])))


if __name__ == "__main__":
    main()
