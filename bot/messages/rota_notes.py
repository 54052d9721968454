"""The rota's private messages: an invitation and what stands in its place later, and the reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.rota_words import both_clocks, called, when
from bot.rota import ids as rota_ids
from stories.calendars import known_zone
from stories.language import _
from stories.rota.hours import Party
from stories.rota.talks import Kind, State, Step, Talk
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """A conversation and who is in it. `host` takes somebody along who listens in."""

    talk: Talk
    ours: Party
    theirs: Party
    name: str = ""
    company: str = ""
    segment: str = ""
    host: str = ""
    again: str = ""

    @property
    def who(self) -> str:
        """The customer by name."""
        return called(self.name, self.company)

    @property
    def at(self) -> str:
        """When, by both clocks."""
        return both_clocks(self.talk.starts_at, self.ours, self.theirs) if self.talk.starts_at else ""


def invitation(about: About, command: str) -> dict[str, Any]:
    """That it is somebody's turn, or what became of that."""
    if about.talk.state not in (State.MATCHED, State.INVITED):
        return answered(about)
    said = _listening(about) if about.talk.kind is Kind.LISTENING else _talking(about)
    return read_out(
        said, [blocks.section(said), _answers(about.talk), blocks.context(_part("why", command=command))]
    )


def answered(about: About) -> dict[str, Any]:
    """What stands in place of an invitation once it was answered, or is over."""
    said = _part(about.talk.state.value, **_values(about))
    row = []
    if about.talk.state is State.PAUSED:
        row = [blocks.actions(blocks.button(_("Start again"), rota_ids.ROTA_RESUME, "resume"))]
    return read_out(said, [blocks.section(said), *row])


def called_off(about: About) -> dict[str, Any]:
    """What stands there once the customer would rather not be asked: nothing of them."""
    return answered(replace(about, talk=replace(about.talk, state=State.CALLED_OFF)))


def gone() -> dict[str, Any]:
    """What stands there once nothing is known of the conversation."""
    said = _part(State.CALLED_OFF.value)
    return {"text": said, "blocks": [blocks.section(said)]}


def reminder(about: About, step: Step, *, off: bool = False) -> dict[str, Any]:
    """The day before, and twice after; what became of it once there is nothing to remind of.

    `off`: the rota was switched off for everybody since they said yes.
    """
    if about.talk.state is not State.ACCEPTED:
        return answered(about)
    listening = about.talk.kind is Kind.LISTENING
    at, host = (_ours(about), _mention(about.host)) if listening else (about.at, "")
    said = _part(step.value, who=about.who, when=at, listening=listening, host=host)
    row = blocks.actions(*(_before(about.talk) if step is Step.DAY_BEFORE else _after(about.talk)))
    quiet = [_part("switched_off")] if off and step is Step.DAY_BEFORE else []
    why = blocks.context(*quiet, _part("why_reminder"))
    return read_out(said, [blocks.section(said), row, why])


def reach_button(talk: Talk) -> Block:
    """The way to how a customer is reached, which stands in no message."""
    return blocks.button(_("How to reach them"), rota_ids.ROTA_REACH, str(talk.id))


def later_button(talk: Talk) -> Block:
    """The way to another time."""
    return blocks.button(_("Another time"), rota_ids.ROTA_LATER, str(talk.id))


def write_up_button(talk: Talk) -> Block:
    """The way into the write-up that was begun."""
    return blocks.button(_("Write it up"), ids.DRAFT_OPEN, str(talk.draft_id or 0), style="primary")


def _talking(about: About) -> str:
    partner = _mention(about.talk.partner_id) if about.talk.partner_id else ""
    return _part("invitation", who=about.who, segment=about.segment, when=about.at, partner=partner)


def _listening(about: About) -> str:
    return _part("come_along", host=_mention(about.host), when=_ours(about))


def _answers(talk: Talk) -> Block:
    value = str(talk.id)
    later = [] if talk.kind is Kind.LISTENING else [later_button(talk)]
    return blocks.actions(
        blocks.button(_("Yes"), rota_ids.ROTA_YES, value, style="primary"),
        *later,
        blocks.button(_("Not me"), rota_ids.ROTA_NOT_ME, value),
        blocks.button(_("Pause"), rota_ids.ROTA_PAUSE, value),
    )


def _before(talk: Talk) -> list[Block]:
    missed = blocks.button(_("It’s off"), rota_ids.ROTA_MISSED, str(talk.id))
    return [missed] if talk.kind is Kind.LISTENING else [reach_button(talk), later_button(talk), missed]


def _after(talk: Talk) -> list[Block]:
    missed = blocks.button(_("It didn’t happen"), rota_ids.ROTA_MISSED, str(talk.id))
    if talk.kind is Kind.LISTENING:
        value = f"{talk.kind.value}:{talk.id}"
        return [
            blocks.button(_("Say it in a sentence"), rota_ids.ROTA_LISTENED, value, style="primary"),
            missed,
        ]
    return [write_up_button(talk), missed]


def _values(about: About) -> dict[str, object]:
    """What any of the sentences about an ended or accepted invitation may hold."""
    talk = about.talk
    zone = known_zone(about.ours.time_zone)
    had = talk.on_day or (talk.starts_at or talk.created_at + timedelta()).astimezone(zone).date()
    by_state: dict[State, dict[str, object]] = {
        State.ACCEPTED: {
            "who": about.who,
            "when": _ours(about) if talk.kind is Kind.LISTENING else about.at,
            "listening": talk.kind is Kind.LISTENING,
            "host": _mention(about.host) if about.host else "",
        },
        State.LATER: {"day": about.again},
        State.DONE: {"day": day(had), "listening": talk.kind is Kind.LISTENING},
    }
    return by_state.get(talk.state, {})


def _ours(about: About) -> str:
    return when(about.talk.starts_at, about.ours) if about.talk.starts_at else ""


def _mention(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, /, **values: object) -> str:
    return prose_part("rota.j2", part, **values)
