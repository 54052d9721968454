"""Planning or changing an event, and saying where it can be watched: the two forms."""

from __future__ import annotations

from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.stage import place_of
from bot.messages.stage_words import Shown, kind_name, lasting
from bot.stage import ids as stage_ids
from stories.forms import LONGEST
from stories.language import _
from stories.languages import KNOWN, language_name
from stories.links import LONGEST_LINK
from stories.places import zone_label
from stories.stage.events import (
    LONGEST_ABOUT,
    LONGEST_PLACE,
    LONGEST_SPEAKER,
    LONGEST_TITLE,
    MINUTES,
    MOST_CHANNELS,
    MOST_SEATS,
    Event,
    Kind,
)


def plan_modal(
    event: Event, *, customer: str = "", agreed: bool = False, new: bool = True, seen: str = ""
) -> Block:
    """The form for an event, filled in with what is known. `customer` is what theirs is called.

    `seen` is the mark of what it shows.
    Which customer comes is not changed: then it is another event.
    """
    return blocks.modal(
        _("Plan an event") if new else _("Change the event"),
        [
            _title(event.title),
            *([_kind(event.kind), _customer(event, customer), *_agreed(agreed=agreed)] if new else []),
            *([_speaker(event.speaker)] if new or event.customer_id is None else []),
            *_when(event, new=new),
            _place(event.place),
            _seats(event.seats),
            _language(event.language),
            _about(event.about),
            _channels(event.channels),
        ],
        callback_id=stage_ids.STAGE_PLAN_VIEW if new else stage_ids.STAGE_CHANGE_VIEW,
        submit=_("Announce it") if new else _("Change it"),
        close=_("Cancel"),
        private_metadata=f"{event.id}:{seen}",
    )


def customer_option(customer_id: int, name: str) -> Block:
    """A customer to choose."""
    return blocks.option(name, str(customer_id))


def recording_modal(shown: Shown) -> Block:
    """Where it can be watched, and that they agreed to that."""
    event = shown.event
    standing: list[Block] = []
    if event.recording:
        there = _part("recording_there", recording=place_of(shown.recording))
        take_down = blocks.button(_("Take it down"), stage_ids.STAGE_UNRECORD, str(event.id), style="danger")
        said = there if shown.recording else _part("recording_kept")
        standing = [blocks.section(said), blocks.actions(take_down)]
    agreed = blocks.option(_("They agreed that colleagues may watch this recording"), "yes")
    box: Block = {"type": "checkboxes", "action_id": "agreed", "options": [agreed]}
    return blocks.modal(
        _("A recording"),
        [
            blocks.section(_part("recording", title=event.title)),
            *standing,
            blocks.text_input(
                "recording", _("Link"), most=LONGEST_LINK, placeholder=_("It begins with https://")
            ),
            blocks.input_block("agreed", _("Did they agree?"), box, optional=True),
            _words(_("In which words?")),
        ],
        callback_id=stage_ids.STAGE_RECORDING_VIEW,
        submit=_("Show it"),
        close=_("Cancel"),
        private_metadata=str(event.id),
    )


def _title(title: str) -> Block:
    example = _("An hour with the baker who closed her books at four")
    label = _("What is it called?")
    return blocks.text_input("title", label, value=title, most=LONGEST_TITLE, placeholder=example)


def _place(place: str) -> Block:
    hint = _("A room, or a link that begins with https://")
    return blocks.text_input(
        "place", _("Where?"), value=place, most=LONGEST_PLACE, optional=True, placeholder=hint
    )


def _about(about: str) -> Block:
    label = _("What is it about?")
    return blocks.text_input("about", label, value=about, most=LONGEST_ABOUT, multiline=True, optional=True)


def _kind(chosen: Kind) -> Block:
    options = {kind: blocks.option(kind_name(kind), kind.value) for kind in Kind}
    element: Block = {
        "type": "static_select",
        "action_id": "kind",
        "options": list(options.values()),
        "initial_option": options[chosen],
    }
    return blocks.input_block("kind", _("What kind of event?"), element)


def _customer(event: Event, name: str) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": stage_ids.STAGE_CUSTOMER,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("Type a name")),
    }
    if event.customer_id is not None and name:
        element |= {"initial_option": customer_option(event.customer_id, name)}
    hint = _("Somebody you know, or who is told of by name.")
    label = _("Which customer comes?")
    return blocks.input_block(stage_ids.STAGE_CUSTOMER, label, element, optional=True, hint=hint)


def _speaker(speaker: str) -> Block:
    hint = _("Somebody who is no customer. A listening hour needs nobody.")
    return blocks.text_input(
        "speaker", _("Or a speaker"), value=speaker, most=LONGEST_SPEAKER, optional=True, hint=hint
    )


def _agreed(*, agreed: bool) -> list[Block]:
    option = blocks.option(_("They agreed to be named where it is announced"), "yes")
    box: Block = {"type": "checkboxes", "action_id": "agreed", "options": [option]}
    box |= {"initial_options": [option]} if agreed else {}
    hint = _("Without that no customer is announced. They can take it back at any time.")
    return [
        blocks.input_block("agreed", _("Did they agree?"), box, optional=True, hint=hint),
        _words(_("In which words?")),
    ]


def _words(label: str) -> Block:
    return blocks.text_input("words", label, most=LONGEST["consent_words"], optional=True)


def _when(event: Event, *, new: bool) -> list[Block]:
    day: Block = {"type": "datepicker", "action_id": "on_day"}
    clock: Block = {"type": "timepicker", "action_id": "at"}
    if not new:
        day |= {"initial_date": event.when.wall.date().isoformat()}
    clock |= {"initial_time": f"{event.when.wall:%H:%M}"}
    zone: Block = {
        "type": "external_select",
        "action_id": stage_ids.STAGE_ZONE,
        "min_query_length": 1,
        "initial_option": blocks.option(zone_label(event.when.zone), event.when.zone),
    }
    known = dict.fromkeys((*MINUTES, event.when.minutes))
    options = {minutes: blocks.option(lasting(minutes), str(minutes)) for minutes in sorted(known)}
    length: Block = {"type": "static_select", "action_id": "minutes", "options": list(options.values())}
    length |= {"initial_option": options[event.when.minutes]}
    hint = _("It stays that time there, whatever becomes of clocks; everybody else sees it by their own.")
    return [
        blocks.input_block("on_day", _("On which day?"), day),
        blocks.input_block("at", _("At what time?"), clock),
        blocks.input_block(stage_ids.STAGE_ZONE, _("By the clock of"), zone, hint=hint),
        blocks.input_block("minutes", _("How long?"), length),
    ]


def _seats(seats: int | None) -> Block:
    element: Block = {
        "type": "number_input",
        "action_id": "seats",
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(MOST_SEATS),
    }
    element |= {"initial_value": str(seats)} if seats is not None else {}
    hint = _("Leave it empty for as many as like. Whoever comes later waits, and moves up.")
    return blocks.input_block("seats", _("How many seats?"), element, optional=True, hint=hint)


def _language(chosen: str) -> Block:
    options = {code: blocks.option(language_name(code), code) for code in KNOWN}
    element: Block = {"type": "static_select", "action_id": "language", "options": list(options.values())}
    element |= {"initial_option": options[chosen]} if chosen in options else {}
    return blocks.input_block("language", _("In which language?"), element, optional=True)


def _channels(chosen: tuple[str, ...]) -> Block:
    element: Block = {
        "type": "multi_conversations_select",
        "action_id": "channels",
        "max_selected_items": MOST_CHANNELS,
        "filter": {"include": ["public", "private"], "exclude_external_shared_channels": True},
    }
    element |= {"initial_conversations": list(chosen)} if chosen else {}
    return blocks.input_block("channels", _("Where is it announced?"), element)


def _part(part: str, /, **values: object) -> str:
    return prose_part("stage_forms.j2", part, **values)
