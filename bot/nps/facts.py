"""Everything that an answer about NPS is made of, and what was understood of the question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot.nps.ledger import Ledger, is_deep
from storage.nps_counts import Sources
from storage.nps_deeper import Verbatim
from storage.nps_lookup import Lookup, look_up
from storage.nps_settings import NpsSettings
from stories.nps.change import Change, compare
from stories.nps.counts import Counts
from stories.nps.grammar import Cell, Question, Vocabulary
from stories.nps.grammar.tongues import asked, told
from stories.nps.periods import Calendar, Period
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One group of people. `period` is the part of what was asked that may be shown; None when nothing may.

    `before` are the counts of `before_period`, what may be shown of the period before; `change` is measured
    against them.
    """

    cell: Cell
    period: Period | None = None
    counts: Counts | None = None
    before: Counts | None = None
    before_period: Period | None = None

    @property
    def deep(self) -> bool:
        """Whether it had to be counted from the answers themselves."""
        return is_deep(self.cell)

    @property
    def change(self) -> Change | None:
        """How the score moved since the period before; None where there is nothing to compare with."""
        return compare(self.before, self.counts) if self.before and self.counts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One value of a breakdown, "" for all whose value has no row of its own that is shown.

    `counts` is None when the group is too small to be shown.
    """

    value: str
    counts: Counts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One bucket of a trend; `counts` None when it has too few answers to be shown."""

    period: Period
    counts: Counts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What was understood and what is known about it. `said` means the same when it is typed again.

    `cut_short` is whether a trend has more buckets than a chart holds.
    """

    question: Question
    said: str
    today: date
    known: Lookup
    vocabulary: Vocabulary
    groups: tuple[Group, ...] = ()
    rows: tuple[Row, ...] = ()
    points: tuple[Point, ...] = ()
    voices: tuple[Verbatim, ...] = ()
    cut_short: bool = False

    @property
    def settings(self) -> NpsSettings:
        """How the workspace reckons NPS."""
        return self.known.settings

    @property
    def covered(self) -> tuple[date, date] | None:
        """The first and last day on which anybody answered; None before the first answer."""
        return self.known.covered

    @property
    def sources(self) -> Mapping[int, str]:
        """The names of the sources by id."""
        return self.known.sources

    @property
    def comments_shared(self) -> bool:
        """Whether any source lets its comments be shown."""
        return bool(self.known.speaking)


async def understand(session: AsyncSession, workspace_id: str, words: str, now: datetime) -> Facts:
    """The question in these words, with nothing counted yet."""
    known = await look_up(session, workspace_id)
    today = now.astimezone(ZoneInfo(known.settings.time_zone)).date()
    vocabulary = Vocabulary(known.words.values, known.figures)
    fiscal = Calendar(fiscal_start=known.settings.year_begins)
    question = asked(words, vocabulary, today, fiscal)
    return Facts(
        question=question,
        said=told(question, vocabulary, today, fiscal),
        today=today,
        known=known,
        vocabulary=vocabulary,
    )


def ledger_of(
    session: AsyncSession, workspace_id: str, facts: Facts, quick: AsyncSession | None = None
) -> Ledger:
    """The counts as this question looks at them; `quick` as in `Ledger`."""
    known = facts.known
    return Ledger(
        session,
        workspace_id,
        facts.today,
        fiscal_of(facts),
        fewest=known.settings.smallest_group,
        words=known.words,
        sources=Sources(ids=tuple(sorted(known.counted))),
        quick=quick,
    )


def fiscal_of(facts: Facts) -> Calendar:
    """How the workspace divides its year."""
    return Calendar(fiscal_start=facts.settings.year_begins)
