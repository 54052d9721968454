"""Charts and tables of NPS: blocks that Slack draws by itself, and the same facts in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import nps_words as words
from bot.messages.blocks import Block
from bot.messages.charts import CHART
from bot.nps.facts import Point, Row
from stories import speaking
from stories.language import _
from stories.nps.counts import Counts, interval, score, shares
from stories.text import shortened

_LONGEST_LABEL, _LONGEST_TITLE, _LONGEST_CELL = 20, 50, 60
_FEWEST_POINTS = 2


def chart(points: Sequence[Point], title: str) -> Block | None:
    """A line of the score between its low and high ends; None with fewer than two points to draw."""
    counted = [point for point in points if point.counts]
    labels = words.beside_each_other([point.period for point in counted])
    known = [(label, point.counts) for label, point in zip(labels, counted, strict=True) if point.counts]
    lines: dict[str, list[tuple[str, float]]] = {_("high"): [], _("score"): [], _("low"): []}
    for label, counts in known:
        ends, value = interval(counts), score(counts)
        if ends is not None and value is not None:
            for line, number in zip(lines.values(), (ends.high, value, ends.low), strict=True):
                line.append((label, round(number, 1)))
    if len(known) < _FEWEST_POINTS or len(set(labels)) < len(labels):
        return None
    return line_chart(title, labels, lines, _("NPS"))


def line_chart(
    title: str,
    labels: Sequence[str],
    lines: dict[str, list[tuple[str, float]]],
    y_label: str,
    *,
    kind: str = "line",
) -> Block:
    """Lines (or bars, by `kind`) over shared labels (1 to 20), each with one finite number a label."""
    return {
        "type": CHART,
        "title": shortened(title, _LONGEST_TITLE),
        "chart": {
            "type": kind,
            "series": [
                {
                    "name": shortened(name, _LONGEST_LABEL),
                    "data": [{"label": label, "value": value} for label, value in data],
                }
                for name, data in lines.items()
            ],
            "axis_config": {"categories": list(labels), "y_label": y_label},
        },
    }


def said_points(points: Sequence[Point]) -> str:
    """The facts of a chart in words: "29 Sep: +32 ± 6 (412 answers); 1 not shown"."""
    said = [f"{words.bucket(point.period)}: {_said(point.counts)}" for point in points if point.counts]
    hidden = len(points) - len(said)
    return "; ".join([*said, *([_("{number} not shown").format(number=hidden)] if hidden else [])])


def said_rows(rows: Sequence[Row]) -> str:
    """The facts of a table in words."""
    return "; ".join(f"{row.value or else_()}: {_said(row.counts)}" for row in rows)


def else_() -> str:
    """What the row of all is called whose value has none of its own."""
    return _("everybody else")


def _said(counts: Counts | None) -> str:
    if counts is None:
        return _("not shown")
    return f"{words.scored(counts)} ({words.answers(counts)})"


def rows_table(name: str, rows: Sequence[Row], *, working: bool = False) -> Block:
    """A breakdown: a row for each value with its score and answers; the three shares too with `working`."""
    shown = [(row.value or else_(), row.counts) for row in rows]
    return _table([name, *_head(working)], shown, working)


def points_table(points: Sequence[Point]) -> Block:
    """A trend as a table, with its shares."""
    shown = [(words.span(point.period), point.counts) for point in points]
    return _table([_("Period"), *_head(working=True)], shown, working=True)


def _head(working: bool) -> list[str]:
    more = [_("Promoters"), _("Passives"), _("Detractors")] if working else []
    return [_("NPS"), _("Answers"), *more]


def _table(head: Sequence[str], rows: Sequence[tuple[str, Counts | None]], working: bool) -> Block:
    told = [[name, *_cells(counts, working)] for name, counts in rows]
    return {
        "type": "table",
        "rows": [[_cell(text) for text in row] for row in (list(head), *told)],
        "column_settings": [{"is_wrapped": True}, *({"align": "right"} for _name in head[1:])],
    }


def _cells(counts: Counts | None, working: bool) -> list[str]:
    if counts is None:
        return [_("not shown"), "–", *(["–"] * 3 if working else [])]
    found = shares(counts) if working else None
    parts = (found.promoters, found.passives, found.detractors) if found else ()
    return [words.scored(counts), speaking.number(counts.n), *(speaking.percent(part) for part in parts)]


def _cell(text: str) -> Block:
    return {"type": "raw_text", "text": shortened(text, _LONGEST_CELL) or "–"}
