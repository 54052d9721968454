"""What speaks for each theme: gathered over a quarter's worth of days, with the words of customers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import theme_voices
from bot.theme_voices import Voice as Words
from storage import accounts, nps_counts, nps_settings, themes, themes_spoken
from storage.themes_spoken import Said
from stories.accounts import Account
from stories.nps.counts import Counts
from stories.nps.periods import Period
from stories.priorities.evidence import Candidate, Voice, candidate, ranked
from stories.search.texts import THEMED
from stories.values import dataclass

DAYS = timedelta(days=91)
"""How far back customers are listened to."""

WHY_SINCE = timedelta(days=365)
"""How far back a conversation counts as having asked why."""

MOST_TEXTS = 20_000
"""Texts that are counted: of more than these the newest."""

MOST_QUOTES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for each theme with a name, the one of whom most customers speak first.

    `everybody` are all who said anything in the `period`. `speakers` are the customers known here
    who speak of each theme, by its id; `scores` the last ones of all who gave any.
    """

    period: Period
    everybody: int
    candidates: tuple[Candidate, ...]
    speakers: Mapping[int, frozenset[int]]
    scores: Counts = field(default_factory=Counts)


async def gather(session: AsyncSession, workspace_id: str, today: date) -> Evidence:
    """What speaks for each theme on this day. Looks at the newest MOST_TEXTS texts of the time."""
    days = (today - DAYS, today)
    named = await themes.named(session, workspace_id)
    said = await themes_spoken.said(session, workspace_id, THEMED, days, most=MOST_TEXTS)
    about = await themes_spoken.about(session, workspace_id, THEMED, days, most=MOST_TEXTS)
    why = await themes_spoken.asked_why(
        session, workspace_id, [number for number, _name in named], today - WHY_SINCE
    )
    properties = (await nps_counts.vocabulary(session, workspace_id)).keys()
    fewest = (await nps_settings.get(session, workspace_id)).smallest_group
    voices = {one.text_id: _voice(one, properties) for one in said}
    everybody = len({one.speaker for one in voices.values()})
    found = [
        candidate(
            theme_id,
            name,
            (voices[number] for number in sorted(about.get(theme_id, ())) if number in voices),
            everybody,
            why.get(theme_id, 0),
            fewest=fewest,
        )
        for theme_id, name in named
    ]
    customers = _customers(said, about)
    return Evidence(
        period=Period(first=days[0], last=today),
        everybody=everybody,
        candidates=ranked(found),
        speakers=customers,
        scores=candidate(0, "", (voices[one] for one in sorted(voices)), everybody, 0).scores,
    )


async def quotes(
    session: AsyncSession, workspace_id: str, user_id: str, theme_ids: Sequence[int], now: datetime
) -> dict[int, tuple[Words, ...]]:
    """Up to three voices of each of these themes that this person may see, the most central first."""
    ids = {one: await themes.texts_of(session, workspace_id, one, most=3 * MOST_QUOTES) for one in theme_ids}
    every = [number for numbers in ids.values() for number in numbers]
    told = await theme_voices.voices_of(session, workspace_id, user_id, every, now)
    return {
        theme_id: tuple(told[number] for number in numbers if number in told)[:MOST_QUOTES]
        for theme_id, numbers in ids.items()
    }


async def worth(
    session: AsyncSession, workspace_id: str, evidence: Evidence, theme_ids: Sequence[int], viewer: str
) -> dict[int, tuple[Account, ...]]:
    """The accounts behind each of these themes whose worth this person may see: those they look after."""
    found = {}
    for theme_id in theme_ids:
        customers = evidence.speakers.get(theme_id, frozenset())
        found[theme_id] = await accounts.value_of_customers(session, workspace_id, customers, viewer)
    return found


async def asked_why(session: AsyncSession, workspace_id: str, theme_id: int, today: date) -> int:
    """How many conversations asked why about this theme."""
    since = today - WHY_SINCE
    return (await themes_spoken.asked_why(session, workspace_id, [theme_id], since)).get(theme_id, 0)


def _voice(said: Said, properties: Collection[str]) -> Voice:
    kinds = [said.segment] if said.segment else []
    kinds += [str(value) for name, value in said.properties.items() if name in properties and value]
    return Voice(
        speaker=said.speaker, segments=tuple(kinds), score=said.score, talk=said.interview_id is not None
    )


def _customers(said: Sequence[Said], about: Mapping[int, set[int]]) -> dict[int, frozenset[int]]:
    """The customers behind each theme, of those who are known by more than an answer."""
    known = {one.text_id: one.customer_id for one in said if one.customer_id is not None}
    return {
        theme_id: frozenset(known[number] for number in texts if number in known)
        for theme_id, texts in about.items()
    }
