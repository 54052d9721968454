"""What somebody answers to an invitation, and what follows. In the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot import notices
from bot.messages.rota import switched_off
from bot.rota.about import NOWHERE, may_go_on
from bot.rota.notes import follow, guide_slot, note
from bot.terms import rules
from storage import customers, drafts, rota, rota_talks
from storage.rota_talks import NewTalk
from stories.calendars import known_zone
from stories.errors import UserError
from stories.forms import Form
from stories.forms import Step as FormStep
from stories.interviews import How
from stories.knowing import filled_from
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import REST_WEEKS, Member
from stories.rota.talks import NOT_ME_REST, Kind, State, Step, Talk, after_yes, invited_at


async def own_talk(session: AsyncSession, workspace_id: str, talk_id: int, user_id: str) -> Talk:
    """This person's conversation, held until the transaction ends. Raises UserError for another's."""
    talk = await rota_talks.get(session, workspace_id, talk_id, hold=True)
    if talk is None or talk.user_id != user_id:
        raise UserError(_("This is not here any more; there is nothing to do."))
    return talk


async def say_yes(
    session: AsyncSession, workspace_id: str, talk: Talk, now: datetime, *, at: datetime | None = None
) -> Talk:
    """Agree to a talk, perhaps at another time: its write-up is begun, the guide comes, a newcomer is asked.

    Said twice, it changes nothing. Raises UserError when it is over, its time has passed, or the rota is
    switched off for everybody.
    """
    await _refuse_over(session, workspace_id, talk)
    if not await may_go_on(session, workspace_id, talk, now):
        await call_off(session, workspace_id, talk, now)
        return replace(talk, state=State.CALLED_OFF)
    starts_at = at or talk.starts_at
    if starts_at is None or starts_at <= now:
        raise UserError(_("That time has passed; please choose another time."), field="at")
    if talk.state is State.ACCEPTED and starts_at == talk.starts_at:
        return talk
    party = (await _member(session, workspace_id, talk)).party
    draft_id = talk.draft_id
    if draft_id is None and talk.kind is Kind.TALK:
        draft_id = await _begin_write_up(session, workspace_id, talk, party, starts_at, now)
    step, next_at = after_yes(party, starts_at, now)
    await rota_talks.change(
        session,
        workspace_id,
        talk.id,
        state=State.ACCEPTED.value,
        starts_at=starts_at,
        draft_id=draft_id,
        step=step.value,
        next_at=next_at,
    )
    talk = replace(talk, state=State.ACCEPTED, starts_at=starts_at, draft_id=draft_id, step=step)
    await _leave_alone(session, workspace_id, talk, starts_at)
    await _hand_guide(session, workspace_id, talk, now)
    await _take_along(session, workspace_id, talk, now)
    await follow(session, workspace_id, talk, now)
    return talk


async def _refuse_over(session: AsyncSession, workspace_id: str, talk: Talk) -> None:
    if not talk.is_open:
        raise UserError(_("This invitation is over; there is nothing to do."))
    if talk.state is not State.ACCEPTED and not (await rules(session, workspace_id)).rota:
        # Whoever had agreed before keeps their talk, and may move it: a customer waits for it.
        raise UserError(switched_off()["text"])


async def say_no(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """*Not me*: this customer is somebody else's, and nobody is asked for two weeks."""
    if talk.is_open:
        await _not_before(session, workspace_id, talk, now + NOT_ME_REST)
        await end(session, workspace_id, talk, State.NOT_ME, now)


async def ask_later(session: AsyncSession, workspace_id: str, talk: Talk, weeks: int, now: datetime) -> None:
    """Not now: ask again in so many weeks."""
    if talk.is_open:
        await _not_before(session, workspace_id, talk, now + timedelta(weeks=weeks))
        await end(session, workspace_id, talk, State.LATER, now)


async def missed(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """It did not come to a talk: the customer is left alone all the same, and the write-up goes."""
    if talk.is_open:
        if talk.draft_id is not None:
            await drafts.drop(session, workspace_id, talk.draft_id)
        await end(session, workspace_id, talk, State.MISSED, now)


async def call_off(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """It cannot be any more: the customer said no, or somebody left. Nobody is asked anything."""
    if talk.is_open:
        if talk.draft_id is not None and talk.starts_at and talk.starts_at > now:
            await drafts.drop(session, workspace_id, talk.draft_id)
        await end(session, workspace_id, talk, State.CALLED_OFF, now)


async def finish(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """It was had, as far as anybody said."""
    party = (await _member(session, workspace_id, talk)).party
    moment = talk.starts_at or now
    on_day = moment.astimezone(known_zone(party.time_zone)).date()
    await rota_talks.end(session, workspace_id, talk.id, State.DONE, on_day=on_day)
    await follow(session, workspace_id, replace(talk, state=State.DONE), now)


async def end(session: AsyncSession, workspace_id: str, talk: Talk, state: State, now: datetime) -> None:
    """Over, in this way; whoever was to come along hears that it is off."""
    await rota_talks.end(session, workspace_id, talk.id, state)
    for other in await rota_talks.coming_along(session, workspace_id, talk.id):
        await rota_talks.end(session, workspace_id, other.id, State.CALLED_OFF)
        await follow(session, workspace_id, other, now)
    await follow(session, workspace_id, replace(talk, state=state), now)


async def stop_asking(
    session: AsyncSession, workspace_id: str, user_id: str, state: State, now: datetime
) -> None:
    """Somebody pauses or leaves: nothing they were asked stands any more."""
    for talk in await rota_talks.open_of(session, workspace_id, user_id):
        if talk.state is State.ACCEPTED and state is State.PAUSED:
            continue
        await end(session, workspace_id, talk, state, now)


async def _member(session: AsyncSession, workspace_id: str, talk: Talk) -> Member:
    found = await rota.member(session, workspace_id, talk.user_id)
    return found or Member(user_id=talk.user_id, party=NOWHERE)


async def _not_before(session: AsyncSession, workspace_id: str, talk: Talk, moment: datetime) -> None:
    member = await _member(session, workspace_id, talk)
    first = max(moment.date(), member.not_before or moment.date())
    await rota.choose(session, workspace_id, replace(member, not_before=first))


async def _begin_write_up(
    session: AsyncSession, workspace_id: str, talk: Talk, party: Party, starts_at: datetime, now: datetime
) -> int:
    """A draft in which what is known stands already."""
    day = starts_at.astimezone(known_zone(party.time_zone)).date().isoformat()
    form = Form(talked_on=day, how=How.VIDEO.value)
    if talk.customer_id is not None:
        known = await customers.get(session, workspace_id, talk.customer_id)
        form = filled_from(replace(form, customer_id=talk.customer_id), known, alias=False) if known else form
    return await drafts.begin(session, workspace_id, talk.user_id, form, now=now, step=FormStep.WHO.value)


async def _leave_alone(session: AsyncSession, workspace_id: str, talk: Talk, starts_at: datetime) -> None:
    if talk.customer_id is not None:
        rested = (starts_at + timedelta(weeks=REST_WEEKS)).date()
        await rota_talks.rest(session, workspace_id, talk.customer_id, rested)


async def _hand_guide(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """The guide as a message of its own; one that was handed over follows."""
    if talk.kind is not Kind.TALK:
        return
    said = await note(session, workspace_id, guide_slot(talk), now)
    await notices.plan(
        session,
        workspace_id,
        talk.user_id,
        guide_slot(talk),
        said.payload,
        about=said.stories,
        now=now,
        subjects=said.subjects,
    )


async def _take_along(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """Ask the newcomer of a pair whether they would like to listen in."""
    if talk.partner_id is None or await rota_talks.coming_along(session, workspace_id, talk.id):
        return
    newcomer = await rota.member(session, workspace_id, talk.partner_id)
    if (
        not (await rules(session, workspace_id)).rota
        or newcomer is None
        or not newcomer.takes_part
        or talk.starts_at is None
    ):
        return
    at = invited_at(newcomer.party, now, chance=0.1)
    if at < talk.starts_at:
        asked = NewTalk(
            user_id=newcomer.user_id,
            kind=Kind.LISTENING,
            with_talk_id=talk.id,
            starts_at=talk.starts_at,
            step=Step.INVITE,
            next_at=at,
        )
        await rota_talks.begin(session, workspace_id, asked, now=now)
