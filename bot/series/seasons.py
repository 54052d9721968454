"""Seasons: opened, their customers asked and followed, ended; what each agrees to is a record of consent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.series import following
from storage import audit, customers, series, series_media
from storage.audit import Entry
from storage.series_media import MediaKind
from stories.consent import Consent, Purpose
from stories.errors import UserError
from stories.language import _
from stories.series.seasons import LONGEST, MOST, Followed, Season, SeasonState
from stories.text import one_line
from stories.values import dataclass

WEEKS, RHYTHMS = (4, 8, 13, 26, 52), (7, 14, 28)
"""How many weeks a season may last, and every how many days it is looked whether there is an episode."""

LONGEST_TITLE, LONGEST_WORDS = 60, 1000

ASKED: Mapping[str, Purpose] = {
    "followed": Purpose.FOLLOWED_IN_SERIES,
    "photo": Purpose.SHOWN_IN_SERIES,
    "voice": Purpose.HEARD_IN_SERIES,
}
"""What a customer is asked for, each by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A season as somebody wants it opened."""

    title: str
    weeks: int
    every_days: int
    customer_ids: tuple[int, ...]


async def begin(session: AsyncSession, workspace_id: str, wanted: Wanted, *, by: str, now: datetime) -> int:
    """Open a season; its id. Nobody is told of before they said yes to it.

    Raises UserError while another one runs, and for a title or customers that cannot be.
    """
    title = one_line(wanted.title)
    if not title or len(title) > LONGEST_TITLE:
        said = _("A season has a name of at most {most} characters.").format(most=LONGEST_TITLE)
        raise UserError(said, field="title")
    _refuse_many(len(wanted.customer_ids))
    today = now.date()
    season_id = await series.open_season(
        session,
        workspace_id,
        title=title,
        begins_on=today,
        ends_on=today + min(timedelta(weeks=wanted.weeks), LONGEST),
        every_days=wanted.every_days,
        by=by,
        now=now,
    )
    if season_id is None:
        raise UserError(_("A season is running; end it before the next one begins."), field="title")
    for customer_id in wanted.customer_ids:
        await series.follow_customer(session, workspace_id, season_id, customer_id, by=by, now=now)
    await note(session, workspace_id, "open_season", season_id, by=by, now=now)
    return season_id


async def add(
    session: AsyncSession,
    workspace_id: str,
    season: Season,
    customer_ids: Collection[int],
    *,
    by: str,
    now: datetime,
) -> int:
    """Have a season follow more customers; how many are new. Raises UserError for more than may be."""
    new = set(customer_ids) - {one.customer_id for one in season.followed}
    _refuse_many(len(season.followed) + len(new))
    for customer_id in sorted(new):
        await series.follow_customer(session, workspace_id, season.id, customer_id, by=by, now=now)
    return len(new)


async def keep_consent(
    session: AsyncSession,
    workspace_id: str,
    one: Followed,
    wanted: Collection[str],
    words: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Record what a customer said they agree to (names in `ASKED`); what they do not is taken back.

    Every post that tells of them follows in the same transaction; the outbox wants waking. Raises UserError
    where nobody says how they agreed.
    """
    said = _how_they_said_so(words)
    held = {"followed": one.agreed, "photo": one.photo, "voice": one.voice}
    # Who is not followed is not shown either.
    agreed = set(wanted) if "followed" in wanted else set()
    for name, purpose in ASKED.items():
        if name in agreed or held[name] or (name == "followed" and name not in agreed):
            consent = Consent(
                customer_id=one.customer_id,
                interview_id=None,
                purpose=purpose,
                granted=name in agreed,
                words=said,
                recorded_by=by,
                recorded_at=now,
                valid_from=now,
            )
            await customers.record_consent(session, workspace_id, consent)
    detail = {"agreed": sorted(agreed)}
    await note(
        session, workspace_id, "series_consent", one.customer_id, kind="customer", by=by, now=now, **detail
    )
    await following.follow_customer(session, workspace_id, one.customer_id, now=now)


def _how_they_said_so(words: str) -> str:
    said = words.strip()
    if not said or len(said) > LONGEST_WORDS:
        asked = _(
            "Say how they said so, in their words or where it’s written down: at most {most} characters."
        )
        raise UserError(asked.format(most=LONGEST_WORDS), field="words")
    return said


async def leave_out(
    session: AsyncSession, workspace_id: str, season: Season, customer_id: int, *, by: str, now: datetime
) -> None:
    """Follow a customer no more in this season: what told of them follows. The outbox wants waking."""
    told = await series.leave_out(session, workspace_id, season.id, customer_id)
    if told:
        await note(session, workspace_id, "leave_out", customer_id, kind="customer", by=by, now=now)
        await following.follow_told(session, workspace_id, customer_id, now=now)
        left = await series.season(session, workspace_id, season.id, now)
        if left is not None:
            await following.close_empty(session, workspace_id, left, now=now)


async def show_or_hear(
    session: AsyncSession,
    workspace_id: str,
    season: Season,
    one: Followed,
    kind: MediaKind,
    file_id: str,
    described: str,
    *,
    by: str,
    now: datetime,
) -> int:
    """Keep a customer's photo or voice. Raises UserError where they did not agree to just that."""
    if not (one.photo if kind is MediaKind.PHOTO else one.voice):
        said = _("They have not agreed to this. Ask them, and record what they said first.")
        raise UserError(said, field="file")
    if not one_line(described):
        raise UserError(_("Say what is seen or heard, for those who see or hear nothing."), field="described")
    return await series_media.add_media(
        session,
        workspace_id,
        season.id,
        one.customer_id,
        kind=kind,
        file_id=file_id,
        described=one_line(described)[:LONGEST_WORDS],
        by=by,
        now=now,
    )


async def end(session: AsyncSession, workspace_id: str, season_id: int, *, by: str, now: datetime) -> bool:
    """End a running season; tells whether it ran."""
    ended = await series.finish(session, workspace_id, season_id, state=SeasonState.ENDED, now=now)
    if ended:
        await note(session, workspace_id, "end_season", season_id, by=by, now=now)
    return ended


async def running(session: AsyncSession, workspace_id: str, now: datetime) -> Season:
    """The season that runs. Raises UserError when none does."""
    season = await series.running(session, workspace_id, now)
    if season is None:
        raise UserError(_("No season is running any more."))
    return season


def whom(season: Season, customer_id: int) -> Followed:
    """A customer of the season. Raises UserError for somebody it does not follow (any more)."""
    for one in season.followed:
        if one.customer_id == customer_id:
            return one
    raise UserError(_("The season doesn’t follow this customer any more."))


async def note(
    session: AsyncSession,
    workspace_id: str,
    act: str,
    number: int,
    *,
    kind: str = "season",
    by: str,
    now: datetime,
    **detail: Any,
) -> None:
    """A line in the audit log."""
    entry = Entry(at=now, actor_id=by, act=act, object_kind=kind, object_id=str(number), detail=detail)
    await audit.note(session, workspace_id, entry)


def _refuse_many(number: int) -> None:
    if not 1 <= number <= MOST:
        said = _("A season follows one customer at least, and {most} at most.").format(most=MOST)
        raise UserError(said, field="customers")
