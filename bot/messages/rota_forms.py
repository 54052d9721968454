"""The rota's small windows: how to reach a customer, another time, short forms, proposing a customer."""

from __future__ import annotations

from datetime import date, datetime

from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.rota_notes import About
from bot.messages.rota_words import LANGUAGES, language
from bot.rota import ids as rota_ids
from stories.forms import LONGEST
from stories.language import _, ngettext
from stories.rota.talks import LATER_WEEKS, Kind

LONGEST_REACH = 200
LONGEST_HEARD = 1000


def reach_modal(about: About, reach: str, message: str) -> Block:
    """How to reach a customer, and a message to send them in one's own name."""
    copy = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": message}]}
    return blocks.modal(
        _("How to reach them"),
        [
            blocks.section(_part("reach", who=about.who, reach=reach)),
            blocks.divider(),
            blocks.section(_part("message")),
            {"type": "rich_text", "elements": [copy]},
            blocks.context(_part("reach_promise")),
        ],
        callback_id=rota_ids.ROTA_REACH_VIEW,
        close=_("Close"),
    )


def message_to(about: About, *, sender: str, first_name: str, time_there: str) -> str:
    """A message to the customer, in the sender's own name; plain text to copy."""
    return _(
        "Hello {name},\n\nyou told us that we may get in touch. I work here and would like to hear how "
        "things are going for you: half an hour, no selling. Would {when} (your time) suit you, by phone or "
        "video? Another time is just as good, and so is no.\n\nThank you\n{sender}"
    ).format(name=first_name or about.name, when=time_there, sender=sender)


def later_modal(about: About, initial: datetime) -> Block:
    """Another time for this talk, or to be asked again later."""
    ask = [blocks.option(_again(weeks), str(weeks)) for weeks in LATER_WEEKS]
    select: Block = {"type": "static_select", "action_id": "weeks", "options": ask}
    select |= {"placeholder": blocks.plain(_("Choose when"))}
    picker: Block = {
        "type": "datetimepicker",
        "action_id": "at",
        "initial_date_time": int(initial.timestamp()),
    }
    choice = blocks.option(_("Talk with them at this time"), "at")
    other = blocks.option(_("Not now: ask me again later"), "weeks")
    radio: Block = {
        "type": "radio_buttons",
        "action_id": "which",
        "options": [choice, other],
        "initial_option": choice,
    }
    return blocks.modal(
        _("Another time"),
        [
            blocks.section(_part("later", who=about.who)),
            blocks.input_block("which", _("What suits you?"), radio),
            blocks.input_block("at", _("A time by your clock"), picker, optional=True),
            blocks.input_block("weeks", _("Or ask me again"), select, optional=True),
        ],
        callback_id=rota_ids.ROTA_LATER_VIEW,
        submit=_("That suits me"),
        close=_("Cancel"),
        private_metadata=str(about.talk.id),
    )


def short_modal(kind: Kind, today: date, *, talk_id: int | None = None) -> Block:
    """The short form: whom, on which day, the one thing that stayed."""
    listening = kind is Kind.LISTENING
    who = _("Whom did you listen to?") if listening else _("Whom did you help?")
    when: Block = {"type": "datepicker", "action_id": "on_day", "initial_date": today.isoformat()}
    return blocks.modal(
        _("I listened in") if listening else _("I helped a customer"),
        [
            blocks.section(_part("listened" if listening else "helped")),
            blocks.text_input(
                "name", who, most=LONGEST["name"], hint=_("A nickname will do, “the baker from Leeds”.")
            ),
            blocks.input_block("on_day", _("On which day?"), when),
            blocks.text_input(
                "heard",
                _("What stayed with you?"),
                most=LONGEST_HEARD,
                multiline=True,
                optional=True,
                hint=_("It begins a write-up that only you see; finish it or throw it away, as you like."),
            ),
        ],
        callback_id=rota_ids.ROTA_SHORT_VIEW,
        submit=_("It counts"),
        close=_("Cancel"),
        private_metadata=f"{kind.value}:{talk_id or ''}",
    )


def propose_modal() -> Block:
    """A customer whom a colleague may talk with, proposed by whoever knows them."""
    options = [blocks.option(language(code), code) for code in LANGUAGES]
    spoken: Block = {"type": "multi_static_select", "action_id": "languages", "options": options}
    spoken |= {"initial_options": options[:1], "placeholder": blocks.plain(_("Choose languages"), 150)}
    agreed: Block = {
        "type": "checkboxes",
        "action_id": "agreed",
        "options": [blocks.option(_("I asked them, and they agreed to be contacted"), "yes")],
    }
    return blocks.modal(
        _("Propose a customer"),
        [
            blocks.section(_part("propose")),
            blocks.text_input("name", _("Their name"), most=LONGEST["name"]),
            blocks.text_input("company", _("Company"), most=LONGEST["company"], optional=True),
            blocks.text_input(
                "segment", _("What kind of customer are they?"), most=LONGEST["segment"], optional=True
            ),
            blocks.text_input(
                "reach",
                _("How to reach them"),
                most=LONGEST_REACH,
                hint=_("An address or a number. Kept encrypted; only whoever is to talk with them sees it."),
            ),
            blocks.text_input(
                "time_zone", _("Where are they?"), most=60, placeholder=_("Berlin, or Europe/Berlin")
            ),
            blocks.input_block("languages", _("Which languages do they speak?"), spoken),
            blocks.input_block("agreed", _("Did they agree?"), agreed),
            blocks.text_input(
                "words", _("In which words?"), most=LONGEST["consent_words"], optional=True, multiline=True
            ),
        ],
        callback_id=rota_ids.ROTA_PROPOSE_VIEW,
        submit=_("Propose them"),
        close=_("Cancel"),
    )


def _again(weeks: int) -> str:
    return ngettext("in a week", "in {number} weeks", weeks).format(number=weeks)


def _part(part: str, /, **values: object) -> str:
    return prose_part("rota_forms.j2", part, **values)
