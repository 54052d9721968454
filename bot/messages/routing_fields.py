"""A rule field by field, for whoever does not want to write sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

from bot.messages import blocks
from bot.messages.blocks import Block
from bot.messages.routing_views import metadata
from bot.routing import ids
from stories.language import _
from stories.routing.rule import COMMENTS, LONGEST_WORDS, STORIES, Rule, Segment
from stories.routing.saying import DAYS, clock
from stories.text import shortened

MOST_SEGMENTS = 10
EACH_DAY = "each_day"
_SCORES = {"detractors": (0, 6), "passives": (7, 8), "promoters": (9, 10)}


def fields_view(channel_id: str, route_id: int | None, rule: Rule) -> Block:
    """A rule field by field."""
    times = blocks.text_input("at", _("At what time?"), value=clock(rule.at), most=20)
    number = blocks.text_input("most", _("At most how many a time?"), value=str(rule.most), most=3)
    words = blocks.text_input(
        "words",
        _("With which words?"),
        value=" ".join(rule.words),
        most=LONGEST_WORDS,
        optional=True,
        hint=_("All of them have to be there, in any form, as the search finds them."),
    )
    return blocks.modal(
        _("A rule"),
        [_kinds(rule), _bands(rule), _segments(rule), _theme(rule), words, number, _day(rule), times],
        callback_id=ids.FIELDS_VIEW,
        submit=_("Show me"),
        close=_("Cancel"),
        private_metadata=metadata(channel_id, route_id),
    )


def scores_in(values: Mapping[str, Any]) -> tuple[int, int] | None:
    """The scores that were chosen, as one span."""
    spans = [_SCORES[name] for name in values.get("bands") or () if name in _SCORES]
    if not spans:
        return None
    return min(low for low, _high in spans), max(high for _low, high in spans)


def key_of(segment: Segment) -> str:
    """What stands for a segment in a form: names can be longer than a form holds."""
    return blake2b("\n".join(segment).encode(), digest_size=10).hexdigest()


def segment_options(segments: Sequence[Segment]) -> list[Block]:
    """Segments to choose from."""
    return [blocks.option(shortened(_named(one), 75), key_of(one)) for one in segments]


def theme_options(themes: Sequence[str]) -> list[Block]:
    """Themes to choose from."""
    return [blocks.option(shortened(name, 75), key_of(("theme", name))) for name in themes]


def _kinds(rule: Rule) -> Block:
    options = {
        COMMENTS: blocks.option(_("Comments of surveys"), COMMENTS),
        STORIES: blocks.option(_("Stories of conversations"), STORIES),
    }
    element = {
        "type": "checkboxes",
        "action_id": "kinds",
        "options": list(options.values()),
        "initial_options": [options[kind] for kind in rule.kinds],
    }
    return blocks.input_block("kinds", _("What?"), element)


def _bands(rule: Rule) -> Block:
    labels = {
        "detractors": _("Detractors (0 to 6)"),
        "passives": _("Passives (7 and 8)"),
        "promoters": _("Promoters (9 and 10)"),
    }
    options = {name: blocks.option(label, name) for name, label in labels.items()}
    element: Block = {
        "type": "multi_static_select",
        "action_id": "bands",
        "options": list(options.values()),
        "placeholder": blocks.plain(_("Everybody")),
    }
    low, high = rule.scores or (-1, -1)
    chosen = [options[name] for name, span in _SCORES.items() if low <= span[0] and span[1] <= high]
    element |= {"initial_options": chosen} if chosen else {}
    return blocks.input_block("bands", _("Whose?"), element, optional=True)


def _segments(rule: Rule) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": ids.SEGMENTS,
        "min_query_length": 0,
        "max_selected_items": MOST_SEGMENTS,
        "placeholder": blocks.plain(_("All segments")),
    }
    element |= {"initial_options": segment_options(rule.segments)} if rule.segments else {}
    hint = _("Several of one property are alternatives.")
    label = _("From which segments?")
    return blocks.input_block(ids.SEGMENTS, label, element, optional=True, hint=hint)


def _theme(rule: Rule) -> Block:
    element: Block = {
        "type": "external_select",
        "action_id": ids.THEME,
        "min_query_length": 0,
        "placeholder": blocks.plain(_("Any theme")),
    }
    element |= {"initial_option": theme_options([rule.theme])[0]} if rule.theme else {}
    return blocks.input_block(ids.THEME, _("About which theme?"), element, optional=True)


def _day(rule: Rule) -> Block:
    labels = (
        _("Every Monday"),
        _("Every Tuesday"),
        _("Every Wednesday"),
        _("Every Thursday"),
        _("Every Friday"),
        _("Every Saturday"),
        _("Every Sunday"),
    )
    options = [blocks.option(_("Each working day"), EACH_DAY)]
    options += [blocks.option(label, day) for label, day in zip(labels, DAYS, strict=True)]
    element = {
        "type": "static_select",
        "action_id": "day",
        "options": options,
        "initial_option": options[0 if rule.weekday is None else rule.weekday + 1],
    }
    return blocks.input_block("day", _("When?"), element)


def _named(segment: Segment) -> str:
    name, value = segment
    return f"{name}: {value}" if name else value
