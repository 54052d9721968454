"""What survey tools tell, as it can be kept: without half characters, zero bytes and impossible days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.nps.importing.moments import EARLIEST
from bot.nps.importing.rows import LONGEST_KEY, clean, segment_text
from bot.nps.sources.tools import Page
from storage.nps_answers import Answer

LONGEST_NAME = 60
"""Characters of a property's name, as in files and pushes."""


def usable(page: Page, now: datetime) -> Page:
    """The same page with what can be kept of it; what cannot is counted as left out."""
    cleaned = [_cleaned(one) for one in page.answers]
    latest = now + timedelta(days=1)
    kept = [one for one in cleaned if 0 < len(one.key) <= LONGEST_KEY and _is_day(one.at, latest)]
    return replace(page, answers=kept, left_out=page.left_out + len(cleaned) - len(kept))


def _cleaned(answer: Answer) -> Answer:
    named = ((segment_text(name.replace('"', ""))[:LONGEST_NAME], value) for name, value in _pairs(answer))
    return replace(
        answer,
        key=clean(answer.key),
        comment=clean(answer.comment),
        person_key=clean(answer.person_key),
        properties={name: segment_text(value) for name, value in named if name},
    )


def _pairs(answer: Answer) -> list[tuple[str, str]]:
    return list(answer.properties.items())


def _is_day(at: datetime, latest: datetime) -> bool:
    return at.year >= EARLIEST and at <= latest
