"""The two views in which a channel's digest is set up: when, and what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks, speech
from bot.messages.blocks import Block, prose_part
from bot.messages.channel_words import snoozed_said
from bot.messages.story_parts import told_as
from stories.channels import MOST_IN_DIGEST, ChannelSettings, ChannelState, Kind
from stories.language import _, ngettext
from stories.languages import KNOWN, language_name
from stories.places import country_label, zone_label
from stories.speaking import day_of_week, week

OFF = "off"
"""The choice that forgets a channel's settings."""

MOST_MANAGERS = 20


def when_view(channel: ChannelSettings, *, new: bool, now: datetime) -> Block:
    """First view: on which days, at what time, where. Its metadata names the channel."""
    times = channel.times
    return blocks.modal(
        _("Customer stories here"),
        [
            *_about(channel, new=new, now=now),
            blocks.input_block("days", _("On which days?"), _days(times.days)),
            blocks.input_block("at", _("At what time?"), _clock(channel)),
            blocks.input_block(
                ids.CHANNEL_ZONE,
                _("In which time zone?"),
                _external(ids.CHANNEL_ZONE, _("Type a city"), _zone_option(times.time_zone)),
            ),
            blocks.input_block(
                ids.CHANNEL_COUNTRY,
                _("Whose public holidays are quiet?"),
                _external(
                    ids.CHANNEL_COUNTRY,
                    _("Type a country"),
                    _country_option(times.country) if times.country else None,
                ),
                optional=True,
                hint=_("Leave it empty to hear stories on holidays as well."),
            ),
        ],
        callback_id=ids.CHANNEL_VIEW,
        submit=_("Next"),
        close=_("Cancel"),
        private_metadata=json.dumps({"channel": channel.channel_id}),
    )


def what_view(
    channel: ChannelSettings, *, new: bool, segments: bool, themes: bool, private_metadata: str
) -> Block:
    """Second view: how many stories, about what, who looks after it. Topics only where there are any."""
    topics = [
        *([_topics(ids.CHANNEL_SEGMENTS, _("From which customers?"), channel.digest.segments)] * segments),
        *([_topics(ids.CHANNEL_THEMES, _("About which themes?"), channel.digest.themes)] * themes),
    ]
    return blocks.modal(
        _("Which stories"),
        [
            blocks.input_block("how_many", _("How many at the most?"), _how_many(channel.digest.how_many)),
            told_as(channel.template),
            *(topics or [blocks.context(_part("no_topics"))]),
            _languages(channel.digest.languages),
            speech.spoken_in(
                _("In which language do I speak here?"),
                channel.language,
                otherwise=_("As in the whole workspace"),
            ),
            blocks.input_block(
                "retell", _("When nothing is new"), _retell(on=channel.digest.retell), optional=True
            ),
            blocks.input_block("also", _("Also tell"), _also(channel.kinds), optional=True),
            blocks.input_block("managers", _("Who may change these settings?"), _managers(channel.managers)),
            *([] if new else [blocks.input_block("state", _("The digest is"), _states(channel))]),
        ],
        callback_id=ids.CHANNEL_WHAT_VIEW,
        submit=_("Start it") if new else _("Save"),
        close=_("Back"),
        private_metadata=private_metadata,
    )


def zone_options(zones: Sequence[str]) -> list[Block]:
    """Time zones to choose from."""
    return [_zone_option(zone) for zone in zones]


def country_options(codes: Sequence[str]) -> list[Block]:
    """Countries to choose from."""
    return [_country_option(code) for code in codes]


def topic_options(names: Sequence[str]) -> list[Block]:
    """Segments or themes to choose from."""
    return [blocks.option(name, name) for name in names]


def _about(channel: ChannelSettings, *, new: bool, now: datetime) -> list[Block]:
    room = Markup(f"<#{channel.channel_id}>")  # noqa: S704 an id
    said = [blocks.section(_part("intro", new=new, channel=room))]
    if channel.state is not ChannelState.ON:
        because = channel.stopped_because.value if channel.stopped_because else ""
        said.append(blocks.context(_part("because", because=because)))
    elif until := snoozed_said(channel, now):
        wake = blocks.button(_("Wake it"), ids.DIGEST_WAKE, channel.channel_id)
        said.append(blocks.section(_part("snoozed", until=until), accessory=wake))
    return said


def _days(chosen: frozenset[int]) -> Block:
    options = [blocks.option(day_of_week(day), str(day)) for day in week()]
    initial = [option for option in options if int(option["value"]) in chosen]
    return {"type": "checkboxes", "action_id": "days", "options": options, "initial_options": initial}


def _clock(channel: ChannelSettings) -> Block:
    return {
        "type": "timepicker",
        "action_id": "at",
        "initial_time": channel.times.at.strftime("%H:%M"),
    }


def _external(action_id: str, placeholder: str, initial: Block | None) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": action_id,
        "min_query_length": 0,
        "placeholder": blocks.plain(placeholder, 150),
    }
    return element | ({"initial_option": initial} if initial else {})


def _topics(field: str, label: str, chosen: frozenset[str]) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": field,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("All of them"), 150),
    }
    element |= {"initial_options": topic_options(sorted(chosen))} if chosen else {}
    return blocks.input_block(field, label, element, optional=True)


def _languages(chosen: frozenset[str]) -> Block:
    named = sorted(KNOWN, key=language_name)
    options = {code: blocks.option(language_name(code), code) for code in named}
    element: Block = {
        "type": "multi_static_select",
        "action_id": ids.CHANNEL_LANGUAGES,
        "placeholder": blocks.plain(_("All of them"), 150),
        "options": list(options.values()),
    }
    known = [options[code] for code in named if code in chosen]
    element |= {"initial_options": known} if known else {}
    hint = _("A story whose language I cannot tell comes anyway; its author can say which it is.")
    return blocks.input_block(
        ids.CHANNEL_LANGUAGES, _("In which languages?"), element, optional=True, hint=hint
    )


def _how_many(chosen: int) -> Block:
    options = [
        blocks.option(
            ngettext("{number} story", "{number} stories", number).format(number=number), str(number)
        )
        for number in range(1, MOST_IN_DIGEST + 1)
    ]
    return {
        "type": "radio_buttons",
        "action_id": "how_many",
        "options": options,
        "initial_option": options[min(chosen, MOST_IN_DIGEST) - 1],
    }


def _retell(*, on: bool) -> Block:
    choice = blocks.option(_("Tell an older story that people here liked"), "yes")
    element: Block = {"type": "checkboxes", "action_id": "retell", "options": [choice]}
    return element | ({"initial_options": [choice]} if on else {})


def _also(kinds: Sequence[Kind]) -> Block:
    choices = {
        Kind.TOP_THREE: blocks.option(
            _("What is chosen as one of the top three"),
            Kind.TOP_THREE.value,
            _("At most three in a quarter, with customers’ words."),
        ),
        Kind.REMEMBER: blocks.option(
            _("The difference that was made"),
            Kind.REMEMBER.value,
            _("On days that your editors chose, such as an anniversary."),
        ),
    }
    element: Block = {"type": "checkboxes", "action_id": "also", "options": list(choices.values())}
    chosen = [choice for kind, choice in choices.items() if kind in kinds]
    return element | ({"initial_options": chosen} if chosen else {})


def _managers(chosen: Sequence[str]) -> Block:
    element: Block = {
        "type": "multi_users_select",
        "action_id": "managers",
        "max_selected_items": MOST_MANAGERS,
        "placeholder": blocks.plain(_("Choose colleagues"), 150),
    }
    return element | ({"initial_users": list(chosen)} if chosen else {})


def _states(channel: ChannelSettings) -> Block:
    options: list[dict[str, Any]] = [
        blocks.option(_("On"), ChannelState.ON.value),
        blocks.option(_("Paused"), ChannelState.PAUSED.value, _("Nothing comes; the settings are kept.")),
        blocks.option(_("Off"), OFF, _("Nothing comes, and these settings are forgotten.")),
    ]
    chosen = options[1] if channel.state is ChannelState.PAUSED else options[0]
    return {"type": "radio_buttons", "action_id": "state", "options": options, "initial_option": chosen}


def _zone_option(zone: str) -> Block:
    return blocks.option(zone_label(zone), zone)


def _country_option(code: str) -> Block:
    return blocks.option(country_label(code), code)


def _part(part: str, **values: object) -> str:
    return prose_part("channel.j2", part, **values)
