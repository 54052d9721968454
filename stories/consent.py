"""What a customer agreed to, asked of the records every time and never cached.

A record says: this customer, for this purpose, in these words, from then until then. Records are only
ever added; taking something back is a new record. The more protective reading wins wherever two meet.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from stories.values import dataclass


class Purpose(StrEnum):
    """What a customer can agree to."""

    NOT_SHARED = "not_shared"
    WITHOUT_NAME = "without_name"
    WITH_NAME = "with_name"
    QUOTED_BY_AVATAR = "quoted_by_avatar"
    CONTACTED_AGAIN = "contacted_again"
    FOLLOWED_IN_SERIES = "followed_in_series"
    ON_STAGE = "on_stage"
    RECORDED = "recorded"
    SHOWN_IN_SERIES = "shown_in_series"
    HEARD_IN_SERIES = "heard_in_series"


SHARING_LEVELS = (Purpose.NOT_SHARED, Purpose.WITHOUT_NAME, Purpose.WITH_NAME)
"""How far a conversation may travel, most protective first."""


FURTHER = (
    Purpose.QUOTED_BY_AVATAR,
    Purpose.CONTACTED_AGAIN,
    Purpose.FOLLOWED_IN_SERIES,
    Purpose.ON_STAGE,
    Purpose.RECORDED,
)
"""What a customer can agree to beside that; said about everything they told us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One thing a customer said about what we may do.

    `interview_id` None means that it was said about everything they told us. `granted` False takes a
    purpose back. `valid_until` None means until they say otherwise.
    """

    customer_id: int
    interview_id: int | None
    purpose: Purpose
    granted: bool = True
    words: str = ""
    recorded_by: str
    recorded_at: datetime
    valid_from: datetime
    valid_until: datetime | None = None


def sharing(records: Iterable[Consent], interview_id: int, at: datetime) -> Purpose:
    """How far this interview may travel at this moment: one of SHARING_LEVELS.

    The newest record about the interview decides; what the customer said later about everything can
    only narrow it. No record, or one that has run out, means not shared.
    """
    levels = [r for r in records if r.purpose in SHARING_LEVELS and r.valid_from <= at]
    own = _newest(r for r in levels if r.interview_id == interview_id)
    if own is None:
        return Purpose.NOT_SHARED
    overall = _newest(r for r in levels if r.interview_id is None and r.recorded_at >= own.recorded_at)
    return min(
        (_level(record, at) for record in (own, overall) if record is not None), key=SHARING_LEVELS.index
    )


def permits(records: Iterable[Consent], purpose: Purpose, at: datetime) -> bool:
    """Whether the newest word about `purpose` (avatar, contact, series, stage) is a yes that still holds."""
    newest = _newest(r for r in records if r.purpose is purpose and r.valid_from <= at)
    return newest is not None and newest.granted and _in_force(newest, at)


def _newest(records: Iterable[Consent]) -> Consent | None:
    # Of two recorded in the same instant the one added last counts.
    return max(reversed(tuple(records)), key=lambda record: record.recorded_at, default=None)


def _in_force(record: Consent, at: datetime) -> bool:
    return record.valid_until is None or at < record.valid_until


def _level(record: Consent, at: datetime) -> Purpose:
    return record.purpose if record.granted and _in_force(record, at) else Purpose.NOT_SHARED
