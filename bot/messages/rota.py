"""The rota's own window: joining it, one's rhythm and languages, a pause, leaving; and a part's rhythm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.rota_words import LANGUAGES, called, language, seniority, when
from bot.rota import ids as rota_ids
from stories.language import _, ngettext
from stories.rota.hours import Party
from stories.rota.people import LONGEST_PART, MOST_LANGUAGES, RHYTHMS, Member, Seniority
from stories.rota.talks import Kind, Talk
from stories.values import dataclass

OF_PART = "part"
"""The choice of a rhythm that leaves it to one's part of the business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A conversation that somebody has before them, and with whom ("" where no customer is named)."""

    talk: Talk
    ours: Party
    name: str = ""
    company: str = ""


def switched_off(coming: Sequence[Coming] = ()) -> dict[str, Any]:
    """Where admins decided that nobody is matched; what somebody had agreed to before stays theirs."""
    said = _("The rota is switched off for everybody here, so nobody is invited to talk with customers.")
    kept = [blocks.section(_part("kept")), *_coming(coming)] if coming else []
    return read_out(said, [blocks.section(said), *kept])


def rota_modal(one: Member, *, of_part: int, coming: Sequence[Coming] = (), talks: int = 0) -> Block:
    """The window. `of_part` is the rhythm of their part in weeks, `talks` how many they have had."""
    joined = one.joined_at is not None and one.left_at is None
    return blocks.modal(
        _("The rota"),
        [
            blocks.section(
                _part("standing" if joined else "what", paused=one.paused_at is not None, talks=talks)
            ),
            *([_own_buttons(one)] if joined else []),
            *_coming(coming),
            *([_short_forms()] if joined else []),
            blocks.divider(),
            _rhythm(one, of_part),
            _languages(one),
            blocks.text_input(
                "part",
                _("Your part of the business"),
                value=one.part,
                most=LONGEST_PART,
                optional=True,
                placeholder=_("Support, Payments, Sales …"),
            ),
            _seniority(one),
            blocks.text_input(
                "country",
                _("Your country, for its public holidays"),
                value=one.party.country,
                most=40,
                optional=True,
                placeholder=_("GB, DE-BY or Portugal"),
            ),
            _pairs(one),
            blocks.context(_part("promise", zone=one.party.time_zone)),
        ],
        callback_id=rota_ids.ROTA_VIEW,
        submit=_("Save") if joined else _("Join"),
        close=_("Close") if joined else _("Not now"),
    )


def part_modal(parts: Sequence[str], rhythms: dict[str, int]) -> Block:
    """Asks which part of the business has a rhythm of its own."""
    listed = "\n".join(_rhythm_line(part, weeks) for part, weeks in rhythms.items())
    hint = _("As people wrote it: {parts}.").format(parts=", ".join(parts[:12])) if parts else None
    options = [blocks.option(_every(weeks), str(weeks)) for weeks in RHYTHMS]
    select: Block = {"type": "static_select", "action_id": "weeks", "options": options}
    return blocks.modal(
        _("A part’s rhythm"),
        [
            blocks.section(_part("rhythm_of_part")),
            *([blocks.section(listed)] if listed else []),
            blocks.text_input("part", _("Which part of the business?"), most=LONGEST_PART, hint=hint),
            blocks.input_block("weeks", _("How often does somebody of it talk with a customer?"), select),
        ],
        callback_id=rota_ids.ROTA_PART_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
    )


def _rhythm_line(part: str, weeks: int) -> str:
    return f"• {blocks.escaped(part)}: {_every(weeks)}"


def _every(weeks: int) -> str:
    return ngettext("every week", "every {number} weeks", weeks).format(number=weeks)


def _own_buttons(one: Member) -> Block:
    pause = blocks.button(_("Pause"), rota_ids.ROTA_PAUSE, "pause")
    if one.paused_at is not None:
        pause = blocks.button(_("Start again"), rota_ids.ROTA_RESUME, "resume", style="primary")
    sure = blocks.confirm(
        _("Leave the rota?"),
        _("What you are invited to is called off, nobody is told, and you are not asked again."),
        _("Leave"),
        _("Stay"),
    )
    return blocks.actions(
        pause, blocks.button(_("Leave"), rota_ids.ROTA_LEAVE, "leave", confirm=sure), block_id="rota_own"
    )


def _coming(coming: Sequence[Coming]) -> list[Block]:
    return [blocks.section(_said(each)) for each in coming[:3]]


def _said(coming: Coming) -> str:
    at = when(coming.talk.starts_at, coming.ours) if coming.talk.starts_at else ""
    listening = coming.talk.kind is Kind.LISTENING
    return _part("coming", who=called(coming.name, coming.company), when=at, listening=listening)


def _short_forms() -> Block:
    return blocks.actions(
        blocks.button(_("I listened in"), rota_ids.ROTA_LISTENED, Kind.LISTENING.value),
        blocks.button(_("I helped a customer"), rota_ids.ROTA_HELPED, Kind.HELPING.value),
        blocks.button(_("Propose a customer"), rota_ids.ROTA_PROPOSE, "propose"),
        block_id="rota_short",
    )


def _rhythm(one: Member, of_part: int) -> Block:
    left = blocks.option(_("Like my part of the business: {every}").format(every=_every(of_part)), OF_PART)
    options = {None: left} | {weeks: blocks.option(_every(weeks), str(weeks)) for weeks in RHYTHMS}
    select: Block = {
        "type": "static_select",
        "action_id": "rhythm",
        "options": list(options.values()),
        "initial_option": options.get(one.every_weeks, left),
    }
    return blocks.input_block("rhythm", _("How often would you like to talk with a customer?"), select)


def _languages(one: Member) -> Block:
    codes = tuple(dict.fromkeys((*LANGUAGES, *one.languages)))
    options = {code: blocks.option(language(code), code) for code in codes}
    select: Block = {
        "type": "multi_static_select",
        "action_id": "languages",
        "options": list(options.values()),
        "initial_options": [options[code] for code in one.languages],
        "max_selected_items": MOST_LANGUAGES,
        "placeholder": blocks.plain(_("Choose languages"), 150),
    }
    return blocks.input_block("languages", _("In which languages?"), select)


def _seniority(one: Member) -> Block:
    options = {which: blocks.option(seniority(which), which.value) for which in Seniority}
    select: Block = {
        "type": "static_select",
        "action_id": "seniority",
        "options": list(options.values()),
        "initial_option": options[one.seniority],
    }
    hint = _("So that customers meet everybody, from those who make things to the CEO.")
    return blocks.input_block("seniority", _("What do you do here?"), select, hint=hint)


def _pairs(one: Member) -> Block:
    option = blocks.option(
        _("I’d like to go with a colleague"),
        "pairs",
        _("The first time somebody takes you along; later you take a newcomer."),
    )
    boxes: Block = {"type": "checkboxes", "action_id": "pairs", "options": [option]}
    boxes |= {"initial_options": [option]} if one.pairs else {}
    return blocks.input_block("pairs", _("Alone or together?"), boxes, optional=True)


def _part(part: str, /, **values: object) -> str:
    return prose_part("rota.j2", part, **values)
