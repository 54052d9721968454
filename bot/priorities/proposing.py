"""The symptom and the disease: more is said of something, or a score surprises, and nobody asked why."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import nps_words as nps
from bot.messages import priorities_posts as words
from bot.messages.blocks import escaped
from bot.messages.priorities_candidates import why
from bot.messages.priorities_posts import Contact
from bot.own_customers import meets
from bot.preferences import Private, wants
from bot.priorities.measured import ledger_on
from bot.revising import say_now
from bot.tongues import speaking_to
from storage import (
    attention,
    avatar_quotes,
    customers,
    nps_movements,
    people,
    series_notes,
    themes,
    themes_contacts,
    themes_spoken,
)
from storage.attention import Unasked, Waiting
from storage.deliveries import Subject
from storage.themes_contacts import Talked
from stories import speaking
from stories.attention import NOBODY_ASKED
from stories.consent import Purpose, permits, sharing
from stories.language import _
from stories.nps.change import compare
from stories.nps.counts import score
from stories.nps.watch import WEEKS_AFTER
from stories.priorities.evidence import ASKED_WHY
from stories.values import dataclass

LEFT_ALONE = timedelta(days=30)
"""How long nobody is sent to a customer again after a conversation."""

ASKED_WITHIN = timedelta(weeks=13)
"""How far back a conversation counts as having asked why of what is new."""

MOST_CONTACTS, LOOKED_AT = 3, 60

SLOT = "why:"
"""What the slots begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """The proposal in words, and the customers whom it names."""

    payload: dict[str, Any]
    subjects: tuple[Subject, ...]


async def told_now(
    session: AsyncSession,
    workspace_id: str,
    one: Waiting,
    now: datetime,
    *,
    among: Collection[int] | None = None,
) -> Proposed | None:
    """The proposal at this moment; None where enough were asked meanwhile, or it is not wanted any more.

    It names up to three customers who agree to be contacted, only `among` these where that is given.
    """
    if not wants(await people.settings(session, workspace_id, one.place), Private.LEADING):
        return None
    today = (await ledger_on(session, workspace_id, now)).today
    if "theme" in one.about:
        asked = await _of_theme(session, workspace_id, one.about, today)
    else:
        asked = await _of_score(session, workspace_id, int(one.about["movement"]), today)
    if asked is None:
        return None
    themselves = await meets(session, workspace_id, one.place)
    found = [
        each
        for each in asked.found
        if each.customer_id not in themselves and (among is None or each.customer_id in among)
    ]
    agreed = await _agreed(session, workspace_id, found, now)
    contacts = [contact for _who, contact in agreed]
    return Proposed(
        payload=words.nobody_asked(asked.head, asked.because, asked.ask, contacts),
        subjects=tuple(Subject(customer_id=customer_id) for customer_id, _contact in agreed),
    )


async def follow_customer(
    session: AsyncSession, workspace_id: str, customer_id: int, *, now: datetime
) -> None:
    """Have every proposal that names this customer say what is so now: nobody who agrees no more is in it.

    One of which nothing is left goes. The outbox wants waking.
    """
    for post in await series_notes.telling_of(session, workspace_id, customer_id, SLOT):
        what = Unasked(place=post.channel_id, kind=NOBODY_ASKED, slot_key=post.slot_key, about={})
        one = await attention.offered(session, workspace_id, what)
        if one is None:
            continue
        # Whoever were named only now would not be found when they take it back.
        known = {each.customer_id for each in await avatar_quotes.subjects(session, workspace_id, post.id)}
        async with speaking_to(session, workspace_id, post.channel_id):
            said = await told_now(session, workspace_id, one, now, among=known)
        payload = said.payload if said else None
        await say_now(session, workspace_id, post.id, payload, now=now, gone_stays=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What nobody was asked about, why it is told, the question, and who might be asked."""

    head: str
    because: str
    ask: str
    found: tuple[Talked, ...]


async def _of_theme(
    session: AsyncSession, workspace_id: str, about: dict[str, Any], today: date
) -> _Asked | None:
    theme = await themes.get(session, workspace_id, int(about["theme"]))
    if theme is None or theme.state != themes.KEPT:
        return None
    asked = await themes_spoken.asked_why(session, workspace_id, [theme.id], today - ASKED_WITHIN)
    if asked.get(theme.id, 0) >= ASKED_WHY:
        return None
    head = _("More customers speak of “{theme}”, and {asked}").format(
        theme=escaped(theme.name), asked=_nobody(asked.get(theme.id, 0), int(about["customers"]))
    )
    said = _(
        "{after} % of those who said anything in the last {weeks} weeks, {before} % before: more than noise."
    )
    because = said.format(after=about["after"], before=about["before"], weeks=WEEKS_AFTER)
    found = await themes_contacts.of_theme(
        session, workspace_id, theme.id, today, today - LEFT_ALONE, most=LOOKED_AT
    )
    return _Asked(head=head, because=because, ask=why(theme.name), found=found)


async def _of_score(session: AsyncSession, workspace_id: str, movement_id: int, today: date) -> _Asked | None:
    told = await nps_movements.movement(session, workspace_id, movement_id)
    change = compare(told.before, told.after) if told else None
    if told is None or change is None:
        return None
    kind = told.cell[0][1] if len(told.cell) == 1 else ""
    since = told.week_end - timedelta(weeks=WEEKS_AFTER)
    asked = await themes_contacts.talks_with(session, workspace_id, kind, since)
    if asked >= ASKED_WHY:
        return None
    head = _("NPS of {group} surprises, and {asked}").format(
        group=escaped(nps.group(told.cell)), asked=_nobody(asked, told.after.n)
    )
    said = _("It went from {before} to {after}: more than noise. {between}")
    because = said.format(
        before=nps.points(score(told.before) or 0.0),
        after=nps.points(score(told.after) or 0.0),
        between=nps.between(change),
    )
    found = await themes_contacts.of_kind(
        session, workspace_id, kind, today, today - LEFT_ALONE, most=LOOKED_AT
    )
    ask = _("What has changed for you with us over the last months, and why?")
    return _Asked(head=head, because=because, ask=ask, found=found)


def _nobody(asked: int, number: int) -> str:
    """How few of these customers were asked why."""
    if not asked:
        return _("nobody has asked these {number} why").format(number=speaking.number(number))
    only = _("only {asked} of these {number} were asked why")
    return only.format(asked=asked, number=speaking.number(number))


async def _agreed(
    session: AsyncSession, workspace_id: str, found: Sequence[Talked], now: datetime
) -> list[tuple[int, Contact]]:
    """Those who agree at this moment to be contacted, called as they let themselves be called."""
    agreed = await customers.consents(session, workspace_id, {one.customer_id for one in found})
    contacts = []
    for one in found:
        said = agreed.get(one.customer_id, ())
        if permits(said, Purpose.CONTACTED_AGAIN, now):
            named = sharing(said, one.interview_id, now) is Purpose.WITH_NAME
            who = one.name if named else one.alias or _("a customer")
            contact = Contact(who=who, author_id=one.author_id, interview_id=one.interview_id)
            contacts.append((one.customer_id, contact))
    return contacts[:MOST_CONTACTS]
