"""The rota's private messages, made anew from their slots: what they say now, and whose words they carry."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot.messages import rota_guide, rota_notes
from bot.revising import say_now
from bot.rota.about import about, may_go_on
from bot.rota.guide import gather
from bot.terms import rules
from bot.tongues import speaking_to
from storage import attention, posted, rota_talks
from storage.attention import Unasked
from storage.deliveries import Subject
from storage.posted import Posted
from stories.attention import ROTA_INVITATION, ROTA_REMINDER
from stories.rota.talks import MOST_TRIES, REMINDERS, State, Step, Talk
from stories.values import dataclass

INVITED: Final = "rota"
GUIDE: Final = "rota_guide"
_COMMAND: Final = "/firsthand"

SLOTS: Final = frozenset({INVITED, GUIDE, *(f"rota_{step.value}" for step in REMINDERS)})
"""What the slots of all these messages begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A message in words, the stories it speaks of (their ids) and the customers whose words it carries."""

    payload: dict[str, Any]
    stories: frozenset[int] = frozenset()
    subjects: tuple[Subject, ...] = ()


def invitation_slot(talk: Talk) -> str:
    """The slot of one try to invite somebody."""
    return f"{INVITED}:{talk.id}:{talk.tries}"


def reminder_slot(talk: Talk, step: Step) -> str:
    """The slot of one reminder."""
    return f"rota_{step.value}:{talk.id}"


def guide_slot(talk: Talk) -> str:
    """The slot of the guide."""
    return f"{GUIDE}:{talk.id}"


async def note(
    session: AsyncSession, workspace_id: str, slot: str, now: datetime, *, command: str | None = None
) -> Note:
    """What this message says at this moment, in the language of whom it goes to.

    Nothing of a customer stands in it who does not agree to be asked any more, or who was erased.
    """
    talk_id = int(slot.split(":")[1])
    talk = await rota_talks.get(session, workspace_id, talk_id)
    if talk is None:
        return Note(payload=rota_notes.gone())
    async with speaking_to(session, workspace_id, talk.user_id):
        return await _in_words(session, workspace_id, talk, slot.partition(":")[0], now, command)


async def _in_words(
    session: AsyncSession, workspace_id: str, talk: Talk, kind: str, now: datetime, command: str | None
) -> Note:
    shown, known = await about(session, workspace_id, talk)
    gone = known is None and talk.with_talk_id is None
    if talk.is_open and (gone or not await may_go_on(session, workspace_id, talk, now)):
        return Note(payload=rota_notes.called_off(shown))
    subjects = (Subject(customer_id=talk.customer_id),) if talk.customer_id else ()
    if kind == INVITED:
        return Note(payload=rota_notes.invitation(shown, command or _COMMAND), subjects=subjects)
    if kind != GUIDE:
        off = not (await rules(session, workspace_id)).rota
        said = rota_notes.reminder(shown, Step(kind.removeprefix("rota_")), off=off)
        return Note(payload=said, subjects=subjects)
    if known is None or talk.state not in (State.ACCEPTED, State.DONE):
        return Note(payload=rota_notes.answered(shown))
    guide, told, whose = await gather(session, workspace_id, shown, known, now)
    return Note(payload=rota_guide.guide_note(guide), stories=told, subjects=whose)


async def still_wanted(session: AsyncSession, workspace_id: str, slot: str, now: datetime) -> bool:
    """Whether there is something to tell yet, when a message is about to go."""
    kind, _colon, rest = slot.partition(":")
    talk = await rota_talks.get(session, workspace_id, int(rest.partition(":")[0]))
    if talk is None or not talk.is_open or not await may_go_on(session, workspace_id, talk, now):
        return False
    return talk.state is State.MATCHED if kind == INVITED else talk.state is State.ACCEPTED


async def follow(session: AsyncSession, workspace_id: str, talk: Talk, now: datetime) -> None:
    """Have every message about a conversation say what is so now, at once. The outbox wants waking."""
    for post in await standing(session, workspace_id, talk):
        said = await note(session, workspace_id, post.slot_key, now)
        await say_now(session, workspace_id, post.id, said.payload, now=now)


async def standing(session: AsyncSession, workspace_id: str, talk: Talk) -> tuple[Posted, ...]:
    """The messages about a conversation that were sent or are on their way."""
    tries = [(ROTA_INVITATION, f"{INVITED}:{talk.id}:{number}") for number in range(MOST_TRIES)]
    wanted = [*tries, *((ROTA_REMINDER, reminder_slot(talk, step)) for step in REMINDERS)]
    ids = []
    for kind, slot in wanted:
        what = Unasked(place=talk.user_id, kind=kind, slot_key=slot, about={})
        offered = await attention.offered(session, workspace_id, what)
        ids += [offered.delivery_id] if offered and offered.delivery_id else []
    found = [await posted.standing(session, workspace_id, one) for one in ids]
    found.append(await posted.in_slot(session, workspace_id, talk.user_id, "notice", guide_slot(talk)))
    return tuple(one for one in found if one is not None)
