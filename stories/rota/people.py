"""Colleagues who joined the rota, and customers who agreed to be asked, as the rota sees them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from stories.rota.hours import Party
from stories.values import dataclass

RHYTHMS: Final = (2, 4, 6, 8, 12)
"""Weeks from one conversation to the next that somebody can choose."""

DEFAULT_RHYTHM: Final = 6
"""Weeks, where neither a person nor their part of the business chose."""

REST_WEEKS: Final = 12
"""Weeks for which a customer is left alone after a conversation."""

OLD_HAND_TALKS: Final = 3
"""From so many conversations on somebody can take a newcomer along."""

LONGEST_PART = 60
MOST_LANGUAGES = 8


class Seniority(StrEnum):
    """Where somebody stands, from the grass roots to the CEO; no ranking, only for a mix."""

    HANDS_ON = "hands_on"
    LEAD = "lead"
    LEADERSHIP = "leadership"


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """A colleague who joined. `languages` are codes ("en"); `country` "" where nobody knows.

    `last_on` is the day of their last conversation, `not_before` one before which they are not to be asked,
    `talks` how many they ever had, `pairs` whether they would go with a colleague. `partner` is who comes
    along: the newcomer of a pair, or None.
    """

    user_id: str
    part: str = ""
    seniority: Seniority = Seniority.HANDS_ON
    languages: frozenset[str] = frozenset({"en"})
    party: Party
    every_weeks: int = DEFAULT_RHYTHM
    last_on: date | None = None
    not_before: date | None = None
    talks: int = 0
    pairs: bool = False
    partner: Employee | None = None

    @property
    def parties(self) -> tuple[Party, ...]:
        """Where everybody on our side of the table is."""
        return (self.party,) if self.partner is None else (self.party, self.partner.party)

    @property
    def spoken(self) -> frozenset[str]:
        """The languages that everybody on our side speaks."""
        return self.languages if self.partner is None else self.languages & self.partner.languages


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A customer who agreed to be contacted. `last_on` is when somebody last talked with them.

    `part` is the part of the business that they are of interest to, "" for any. `owner_id` looks after
    their account; `not_for` are colleagues who are not to be matched with them.
    """

    customer_id: int
    segment: str = ""
    languages: frozenset[str] = frozenset({"en"})
    party: Party
    part: str = ""
    owner_id: str = ""
    last_on: date | None = None
    not_for: frozenset[str] = frozenset()


def is_due(employee: Employee, today: date) -> bool:
    """Whether their own rhythm has come round, and nothing they said stands against asking."""
    if employee.not_before is not None and today < employee.not_before:
        return False
    return employee.last_on is None or today >= employee.last_on + timedelta(weeks=employee.every_weeks)


def is_rested(contact: Contact, today: date) -> bool:
    """Whether a customer has been left alone for long enough."""
    return contact.last_on is None or today >= contact.last_on + timedelta(weeks=REST_WEEKS)


def waited(employee: Employee, today: date) -> int:
    """For how many days it has been since their last conversation; a year for somebody new, and at most."""
    return 365 if employee.last_on is None else min(365, max(0, (today - employee.last_on).days))


def in_common(theirs: Sequence[str], ours: Collection[str]) -> str:
    """The customer's first language that we speak too; English where nobody knows of one."""
    return next((code for code in theirs if code in ours), "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What somebody chose for the rota, or what a list of colleagues says of them while they have not joined.

    `every_weeks` is None for the rhythm of their part. Nobody is ever asked before they joined
    (`joined_at`), while they pause, or after they left; `not_before` is the first day on which they are.
    """

    user_id: str
    part: str = ""
    seniority: Seniority = Seniority.HANDS_ON
    languages: tuple[str, ...] = ("en",)
    party: Party
    every_weeks: int | None = None
    pairs: bool = False
    joined_at: datetime | None = None
    paused_at: datetime | None = None
    left_at: datetime | None = None
    not_before: date | None = None

    @property
    def takes_part(self) -> bool:
        """Whether they may be asked at all."""
        return self.joined_at is not None and self.paused_at is None and self.left_at is None
