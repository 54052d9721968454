"""Choosing one of the top three, saying how it goes, ending and dropping it; each in one transaction."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot import attention
from bot.messages.priorities_candidates import refused
from bot.priorities import announcing, evidence, measured
from bot.priorities.announcing import slot_of
from storage import audit, nps_settings, priorities, priorities_shown, themes, themes_spoken
from storage.attention import Unasked
from storage.priorities import NewPriority
from stories.attention import TOP_THREE
from stories.errors import UserError
from stories.language import _
from stories.nps.counts import Counts
from stories.nps.periods import DAY, Period
from stories.priorities.evidence import ASKED_WHY
from stories.priorities.priority import AT_MOST, Happening, Priority, Segment, State, quarter_of
from stories.text import clean, one_line, says_something
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody chose. `drop_id` and `drop_why`: which one goes for it, where three stand."""

    theme_id: int
    quarter: Period
    owner_id: str
    done_means: str
    segment: Segment
    drop_id: int | None = None
    drop_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A choice that may be made: on which day, and the answers that it is measured against."""

    today: date
    start: Counts | None


async def quarters(session: AsyncSession, workspace_id: str, now: datetime) -> tuple[Period, Period]:
    """The quarter that it is here, and the next one."""
    today = (await measured.ledger_on(session, workspace_id, now)).today
    begins = (await nps_settings.get(session, workspace_id)).year_begins
    this = quarter_of(today, begins)
    return this, quarter_of(this.last + DAY, begins)


async def weigh(session: AsyncSession, workspace_id: str, choice: Choice, now: datetime) -> Weighed:
    """What is known of a choice at this moment. To be asked before a transaction: it counts for a while.

    Raises UserError, beside the field, for words that say nothing, for a theme that is gone, and for one
    about which too few were asked why.
    """
    if not says_something(choice.done_means):
        said = _("Please say in a sentence how everybody will see that it is done.")
        raise UserError(said, field="done_means")
    ledger = await measured.ledger_on(session, workspace_id, now)
    theme = await themes.get(session, workspace_id, choice.theme_id)
    there = theme is not None and theme.state == themes.KEPT
    await _refuse_symptoms(session, workspace_id, choice.theme_id, ledger.today, there=there)
    return Weighed(today=ledger.today, start=await measured.start_of(ledger, choice.segment))


async def choose(
    session: AsyncSession,
    workspace_id: str,
    choice: Choice,
    weighed: Weighed,
    *,
    by: str,
    now: datetime,
    command: str,
) -> int:
    """Keep the choice and have channels hear of it; its id. The outbox wants waking after the commit.

    `command` is what a channel's settings are opened with. Raises UserError, beside the field, for a fourth
    one, for the same theme twice, and for what happened to the theme since it was weighed.
    """
    there = await themes_spoken.hold(session, workspace_id, choice.theme_id)
    await _refuse_symptoms(session, workspace_id, choice.theme_id, weighed.today, there=there)
    await _make_room(session, workspace_id, choice, by=by, now=now)
    new = NewPriority(
        theme_id=choice.theme_id,
        quarter=choice.quarter.first,
        last_day=choice.quarter.last,
        owner_id=choice.owner_id,
        done_means=one_line(choice.done_means),
        segment=choice.segment,
        start=weighed.start,
        chosen_by=by,
        chosen_on=weighed.today,
    )
    priority_id = await priorities.choose(session, workspace_id, new, now=now)
    if priority_id is None:
        raise UserError(_full(), field="quarter")
    await _note(session, workspace_id, "choose_priority", priority_id, by, now)
    await _offer(session, workspace_id, priority_id, now, command=command)
    return priority_id


async def tell(
    session: AsyncSession, workspace_id: str, one: Priority, words: str, *, by: str, now: datetime
) -> None:
    """Keep what changed. Raises UserError for words that say nothing, and for one that is over."""
    if one.state is not State.STANDING:
        raise UserError(_("That one is over: what was said of it stays as it is."), field="words")
    said = _said(words)
    await priorities.tell(session, workspace_id, one.id, Happening.PROGRESS, by, said, now=now)
    await _note(session, workspace_id, "tell_priority", one.id, by, now)


async def end(
    session: AsyncSession,
    workspace_id: str,
    one: Priority,
    state: State,
    words: str,
    *,
    by: str,
    now: datetime,
) -> None:
    """Keep that it is done, not done or dropped, and have its posts say so.

    Raises UserError for words that say nothing, and for one that somebody ended before.
    """
    if not await priorities.end(session, workspace_id, one.id, state, by=by, words=_said(words), now=now):
        raise UserError(_("Somebody was quicker: that one is over already."), field="words")
    await _note(session, workspace_id, f"{state.value}_priority", one.id, by, now)
    await announcing.follow(session, workspace_id, one.id, now)


async def _refuse_symptoms(
    session: AsyncSession, workspace_id: str, theme_id: int, today: date, *, there: bool
) -> None:
    """Raise UserError for a theme that is not there any more, or about which too few were asked why."""
    if not there:
        raise UserError(_("That theme isn’t there any more: somebody merged, split or dropped it."))
    asked = await evidence.asked_why(session, workspace_id, theme_id, today)
    if asked < ASKED_WHY:
        raise UserError(refused(asked), field="done_means")


async def _make_room(
    session: AsyncSession, workspace_id: str, choice: Choice, *, by: str, now: datetime
) -> None:
    """Drop the one that goes, where three stand. Raises UserError where nobody said which and why."""
    standing = await priorities.of_quarter(session, workspace_id, choice.quarter.first)
    if any(one.theme_id == choice.theme_id for one in standing):
        raise UserError(_("That theme is one of this quarter’s top three already."), field="quarter")
    if len(standing) < AT_MOST:
        return
    if all(one.state is not State.STANDING for one in standing):
        ended = _("All three of that quarter have ended and keep their places until it is over.")
        raise UserError(ended, field="quarter")
    goes = next((one for one in standing if one.id == choice.drop_id), None)
    if goes is None:
        raise UserError(_full(), field="drop" if choice.drop_id is None else "quarter")
    if not says_something(choice.drop_why):
        raise UserError(_("Please say why this one goes: everybody can read it later."), field="drop_why")
    if goes.state is not State.STANDING:
        raise UserError(
            _("That one ended already and keeps its place; choose one that stands."), field="drop"
        )
    await end(session, workspace_id, goes, State.DROPPED, choice.drop_why, by=by, now=now)


async def _offer(
    session: AsyncSession, workspace_id: str, priority_id: int, now: datetime, *, command: str
) -> None:
    """Have every channel that asked for it hear what was chosen."""
    for place in await priorities_shown.hearing(session, workspace_id):
        about = {"priority": priority_id, "command": command}
        what = Unasked(place=place, kind=TOP_THREE, slot_key=slot_of(priority_id), about=about)
        await attention.offer(session, workspace_id, what, now=now)


def _full() -> str:
    return _("Three stand for that quarter. To add one, drop one, and say why.")


def _said(words: str) -> str:
    said = clean(words)
    if not says_something(said):
        raise UserError(_("Please say it in a sentence."), field="words")
    return said


async def _note(
    session: AsyncSession, workspace_id: str, act: str, priority_id: int, by: str, now: datetime
) -> None:
    entry = audit.Entry(at=now, actor_id=by, act=act, object_kind="priority", object_id=str(priority_id))
    await audit.note(session, workspace_id, entry)
