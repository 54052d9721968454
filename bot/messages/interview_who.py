"""The first step of the write-up: with whom, when and how."""

from __future__ import annotations

from datetime import date

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.interview_frame import Place, step_frame
from stories.customers import Customer
from stories.forms import LONGEST, Form
from stories.interviews import How
from stories.language import _
from stories.text import shortened

KNOWN, NEW = "known:", "new:"
LONGEST_VALUE = 150
_HINTED_SEGMENTS = 5


def who_view(
    place: Place,
    form: Form,
    *,
    today: date,
    segments: tuple[str, ...] = (),
    asked: tuple[str, ...] = (),
    notice: str = "",
) -> Block:
    """Customer, day and way of talking; the rest is filled in for a customer we know.

    `asked` is what colleagues voted to ask this customer.
    """
    body = [
        _customer(form),
        *(_wanted(asked)),
        _day(form, today),
        _how(form),
        *_about(form, segments),
        blocks.context(_("_Next_ and _Back_ save what you typed; closing this window does not.")),
    ]
    thread = blocks.button(_("Write it in a thread instead"), ids.INTERVIEW_IN_THREAD)
    row = [] if place.story_id else [thread]
    return step_frame(place, body, notice=notice, row=row, empty=form == Form())


def _wanted(asked: tuple[str, ...]) -> list[Block]:
    """What colleagues would like to know of this customer; their own words are shown as written."""
    if not asked:
        return []
    lead = _("Colleagues voted to ask this customer something. If it came up, write down what they said:")
    return [blocks.context(lead), *(blocks.quote(words) for words in asked[:2])]


def known_option(customer: Customer) -> Block:
    """A customer we know, to be chosen."""
    label = ", ".join(part for part in (customer.name, customer.company) if part)
    return blocks.option(label, f"{KNOWN}{customer.id}")


def new_option(name: str) -> Block:
    """A customer whom we do not know yet, under the name that was typed."""
    held = name[: LONGEST_VALUE - len(NEW)]
    return blocks.option(_("Add “{name}”").format(name=shortened(held, 60)), f"{NEW}{held}")


def _customer(form: Form) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": ids.CUSTOMER_SEARCH,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("Type a name")),
    }
    if form.customer_id:
        element["initial_option"] = blocks.option(form.name, f"{KNOWN}{form.customer_id}")
    elif form.name:
        chosen = _("{name} (new)").format(name=shortened(form.name, 60))
        element["initial_option"] = blocks.option(chosen, f"{NEW}{form.name}"[:LONGEST_VALUE])
    hint = _("Choose somebody we know, or type a new name and choose “Add”. A nickname will do.")
    return blocks.input_block("name", _("Who did you talk with?"), element, hint=hint) | {
        "dispatch_action": True
    }


def _about(form: Form, segments: tuple[str, ...]) -> list[Block]:
    # Slack keeps what was typed while a block's id stays: another customer's fields need another id.
    mark = f":{form.customer_id or 0}"
    known = _(" Used here: {segments}.").format(segments=", ".join(segments[:_HINTED_SEGMENTS]))
    return [
        _short("company", _("Their company"), form.company, mark),
        _short(
            "segment",
            _("What kind of customer they are"),
            form.segment,
            mark,
            hint=_("In your team’s own words: a shop, a clinic, a one-person firm.")
            + (known if segments else ""),
        ),
        _short(
            "alias",
            _("What to call them where their name isn’t shared"),
            form.alias,
            mark,
            hint=_("Such as “the baker from Leeds”: warm, and no clue to who they are."),
        ),
    ]


def _short(field: str, label: str, value: str, mark: str, *, hint: str | None = None) -> Block:
    return blocks.text_input(
        f"{field}{mark}", label, value=value, most=LONGEST[field], optional=True, hint=hint
    )


def _day(form: Form, today: date) -> Block:
    picker = {
        "type": "datepicker",
        "action_id": "talked_on",
        "initial_date": form.talked_on or today.isoformat(),
    }
    return blocks.input_block("talked_on", _("When did you talk?"), picker)


def how_words(how: str) -> str:
    """A way of talking in words; "" for none that is known."""
    return _hows().get(how, "")


def _hows() -> dict[str, str]:
    return {
        How.CALL: _("On the phone"),
        How.VIDEO: _("On a video call"),
        How.VISIT: _("Face to face"),
        How.CHAT: _("In writing (chat, e-mail)"),
        How.EVENT: _("At an event"),
        How.OTHER: _("Some other way"),
    }


def _how(form: Form) -> Block:
    options = {how: blocks.option(label, how) for how, label in _hows().items()}
    element: Block = {"type": "static_select", "action_id": "how", "options": list(options.values())}
    element |= {"initial_option": options[form.how]} if form.how in options else {}
    return blocks.input_block("how", _("How did you talk?"), element)
