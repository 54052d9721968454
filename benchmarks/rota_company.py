"""Made-up colleagues and customers in nine time zones, for the rota's benchmark and its year."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from stories.consent import Consent, Purpose
from stories.rota.hours import Party
from stories.rota.people import Contact, Employee, Seniority

BEGINS, DAYS = date(2026, 1, 1), 365
SEGMENTS = 20
TAKES_BACK = 0.1
"""How many customers take back in the year what they agreed to."""

PLACES = (
    (Party("America/Los_Angeles", "US"), "en"),
    (Party("America/New_York", "US"), "en"),
    (Party("America/Sao_Paulo", "BR"), "pt"),
    (Party("Europe/London", "GB"), "en"),
    (Party("Europe/Berlin", "DE"), "de"),
    (Party("Africa/Nairobi", "KE"), "en"),
    (Party("Asia/Kolkata", "IN"), "en"),
    (Party("Asia/Tokyo", "JP"), "ja"),
    (Party("Australia/Sydney", "AU"), "en"),
)
"""Nine time zones, and what most people there speak beside English."""


def employee(number: int, chance: random.Random) -> Employee:
    """Somebody who speaks English and what is spoken where they are."""
    party, tongue = chance.choice(PLACES)
    seniority = chance.choices(list(Seniority), weights=(80, 17, 3))[0]
    return Employee(
        user_id=f"U{number:05}",
        part=chance.choice(("build", "sell", "run", "support")),
        seniority=seniority,
        languages=frozenset({"en", tongue}),
        party=party,
        every_weeks=chance.choice((4, 6, 6, 8)),
        pairs=chance.random() < 0.2,
    )


def contact(number: int, many: int, chance: random.Random) -> Contact:
    """A customer; two in five speak no English where that is not what is spoken."""
    party, tongue = chance.choice(PLACES)
    return Contact(
        customer_id=number,
        segment=f"segment {int(chance.betavariate(1, 2) * SEGMENTS)}",
        languages=frozenset({tongue, "en"} if chance.random() < 0.6 else {tongue}),
        party=party,
        part=chance.choice(("", "", "build", "sell", "support")),
        owner_id=f"U{chance.randrange(max(1, many // 7)):05}",
    )


def some_day(how_often: float, else_: date, chance: random.Random) -> date:
    """A day of the year on which something happens, so often; `else_` where it does not."""
    happens = chance.random() < how_often
    return BEGINS + timedelta(days=chance.randrange(30, DAYS)) if happens else else_


def agreed(customer_id: int, chance: random.Random) -> tuple[Consent, ...]:
    """What a customer agreed to on the first day, and took back since."""
    start = datetime.combine(BEGINS, time(), UTC)
    yes = Consent(
        customer_id=customer_id,
        interview_id=None,
        purpose=Purpose.CONTACTED_AGAIN,
        recorded_by="file",
        recorded_at=start,
        valid_from=start,
    )
    back = some_day(TAKES_BACK, date.max, chance)
    if back == date.max:
        return (yes,)
    at = datetime.combine(back, time(chance.randrange(24)), UTC)
    return (yes, replace(yes, granted=False, recorded_at=at, valid_from=at))
