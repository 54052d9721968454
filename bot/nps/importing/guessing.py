"""Guessing what a table's columns are, by their names and first rows. Every guess is shown and confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from bot.nps.importing.columns import MOSTLY, PARTLY, Column
from bot.nps.importing.mapping import Mapping
from bot.nps.importing.moments import Order, needs_order, orders_of
from bot.nps.importing.scores import score_in
from bot.nps.importing.tables import Table
from storage.nps_segments import LONGEST_VALUE, MOST_PROPERTIES, MOST_VALUES
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass

SAMPLE = 20_000
"""Rows that are looked at."""

_FEW_ROWS = 30

# What columns are called, the likeliest first; the last group of a pattern list is the weakest.
_SCORE = (
    r"\bnps\b.*score|score.*\bnps\b|^nps$|net.?promoter|^netpro$",
    r"recommend|how likely",
    r"score",
    r"rating|likel",
)
_AT = (
    r"submit|^answered|response.*(date|time|at$)|responded|submission.timestamp",
    r"end.?date|complet|survey.*(date|time)",
    r"(?<!person\.)creat|timestamp|\bdate|_date|\btime|\bday\b|when",
    r"start",
    r"updat|modif|sent",
)
_KEY = (
    r"(response|answer|submission|respondent|resp|survey.response|feedback)[ _.]?(id|token|key|num|number)$",
    r"^(id|#|key|token|record.?id|answer|uuid)$",
)
_PERSON = (
    r"e-?mail",
    r"(person|customer|contact|user|account|client|member)[ _.]?(id|key|number|num|uuid)$",
    r"^person$",
)
_COMMENT = (r"comment|verbatim|feedback", r"reason|why|open.?ended|tell us|remarks?|improve|better|text")
_MEASURED = re.compile(r"-?\d+[.,]\d+")
_NOBODYS = (
    r"^(first|last|full|middle|person|customer|contact|user)?[ _.]*name$|phone|mobile|address|\bip\b|ip_addr|"
    r"url|link|token|network.?id|session|cookie|password|device.?id|user.?agent|latitude|longitude|birth"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A mapping to confirm. `open` names what has to be asked: "score", "at" or "order".

    `shown` is one cell of each column, `left_out` the columns that are not kept, with why.
    """

    mapping: Mapping
    open: tuple[str, ...]
    shown: dict[str, str]
    left_out: dict[str, str]
    unclear: str = ""
    """A cell whose date means two days, when that has to be asked."""


Fits = Callable[[Column, bool], bool]
"""Whether a column's cells are of a kind; the second says that its name is telling."""


def guess(table: Table, *, zone: ZoneInfo, given: Mapping | None = None) -> Guess:
    """What the columns seem to be; what `given` says of them goes first (an empty field says nothing).

    Raises UserError when the table has no rows, or no column that could be a score or a date.
    """
    rows = [row.cells for row in islice(table.rows(), SAMPLE) if not row.broken]
    if not rows:
        raise UserError(_("There is a header and no rows below it: there is nothing to take in."))
    columns = [Column(name, tuple(row[at] for row in rows)) for at, name in enumerate(table.columns)]
    told = given or Mapping(score="", at="")
    found, undecided = dict[str, str](), []
    for part, fits, patterns in _parts(zone):
        named = getattr(told, part)
        left = [column for column in columns if column.name not in found.values()]
        best = [named] if named else _best(left, fits, patterns, need_name=part not in {"score", "at"})
        if len(best) != 1 and part in {"score", "at"}:
            _check_any(best, part, table.columns)
            undecided.append(part)
        found[part] = best[0] if best else ""
    order, unclear = _order(columns, found["at"], told.order)
    undecided += ["order"] if unclear else []
    kept, left_out = _properties(columns, told, set(found.values()), zone)
    return Guess(
        mapping=Mapping(**found, properties=kept, order=order),
        open=tuple(undecided),
        shown={column.name: next(iter(column.filled), "") for column in columns},
        left_out=left_out,
        unclear=unclear,
    )


def is_telling(found: Guess) -> bool:
    """Whether the score's column is named so that it can hardly be anything else."""
    named = found.mapping.score
    return "score" in found.open or any(re.search(part, named, re.IGNORECASE) for part in _SCORE[:3])


def _parts(zone: ZoneInfo) -> list[tuple[str, Fits, Sequence[str]]]:
    def is_score(column: Column, named: bool) -> bool:
        return column.mostly(lambda cell: score_in(cell) is not None, PARTLY if named else MOSTLY)

    def is_key(column: Column, _named: bool) -> bool:
        return len(column.filled) == len(column.cells) == len(set(column.filled))

    def is_filled(column: Column, _named: bool) -> bool:
        return bool(column.filled)

    return [
        ("score", is_score, _SCORE),
        ("at", lambda column, _named: column.is_dates(zone), _AT),
        ("key", is_key, _KEY),
        ("person", is_filled, _PERSON),
        ("comment", is_filled, _COMMENT),
    ]


def _best(
    columns: Sequence[Column],
    fits: Fits,
    patterns: Sequence[str],
    *,
    need_name: bool,
) -> list[str]:
    """The columns that could be it, by name where one is telling; none, one, or several that are alike."""
    for pattern in patterns:
        named = [column for column in columns if re.search(pattern, column.name, re.IGNORECASE)]
        fitting = [column.name for column in named if fits(column, True)]
        if fitting:
            return fitting if not need_name else fitting[:1]
    return [] if need_name else [column.name for column in columns if fits(column, False)]


def _check_any(best: Sequence[str], part: str, columns: Iterable[str]) -> None:
    if not best:
        said = {
            "score": _(
                "None of the columns holds scores from 0 to 10. There are: {columns}. Name it: --score"
            ),
            "at": _("None of the columns holds dates. There are: {columns}. Name the one with: --date"),
        }[part]
        raise UserError(said.format(columns=", ".join(list(columns)[:40])))


def _order(columns: Sequence[Column], at: str, told: Order | None) -> tuple[Order | None, str]:
    """The order of the dates, and a cell that means two days when the column does not tell."""
    cells = next((column.filled for column in columns if column.name == at), [])
    if told is not None:
        return told, ""
    fitting, unclear = orders_of(cells), needs_order(cells)
    if len(fitting) == 1:
        return next(iter(fitting)), ""
    return None, unclear or ""


def _properties(
    columns: Sequence[Column], told: Mapping, taken: set[str], zone: ZoneInfo
) -> tuple[tuple[tuple[str, str], ...], dict[str, str]]:
    """The columns that are kept as properties, and why the others are not."""
    if told.properties:
        named = {column for column, _name in told.properties}
        others = (column.name for column in columns if column.name not in named | taken)
        return told.properties, dict.fromkeys(others, _("not asked for"))
    kept: list[tuple[str, str]] = []
    left_out: dict[str, str] = {}
    for column in columns:
        if column.name in taken:
            continue
        why = _why_no_property(column, zone)
        if not why and len(kept) == MOST_PROPERTIES:
            why = _("{most} properties at the most").format(most=MOST_PROPERTIES)
        if why:
            left_out[column.name] = why
        else:
            kept.append((column.name, property_name(column.name, columns)))
    return tuple(kept), left_out


def _why_no_property(column: Column, zone: ZoneInfo) -> str:
    """Why a column is not kept; "" when it is."""
    filled = column.filled
    if not filled:
        return _("empty")
    if any(re.search(part, column.name, re.IGNORECASE) for part in (_NOBODYS, *_PERSON)):
        return _("says who somebody is, or is nobody’s segment")
    if column.is_dates(zone):
        return _("a date")
    return _why_no_segment(filled)


def _why_no_segment(filled: list[str]) -> str:
    values = {value.casefold() for value in filled}
    if max(map(len, filled)) > LONGEST_VALUE:
        return _("free text")
    if len(values) > MOST_VALUES or (len(filled) >= _FEW_ROWS and len(values) > len(filled) / 2):
        return _("too many values ({count})").format(count=len(values))
    if sum(bool(_MEASURED.fullmatch(value)) for value in filled) >= MOSTLY * len(filled):
        return _("a measured number")
    return ""


def property_name(column: str, columns: Sequence[Column]) -> str:
    """What a column's property is called: the last part of a path where no other column ends so."""
    last = column.replace('"', "").rpartition(".")[2].strip() or column
    alike = sum(other.name.rpartition(".")[2].strip() == last for other in columns)
    return last[:60] if alike <= 1 else column.replace('"', "")[:60]
