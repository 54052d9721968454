"""The middle steps of the write-up: what happened, their words, what it means, what they agreed to."""

from __future__ import annotations

import json
from itertools import accumulate

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.interview_frame import Place, step_frame
from stories.consent import Purpose
from stories.forms import LONGEST, MOST_QUOTES, MOST_THEMES, Form
from stories.language import _
from stories.placing import parts_of
from stories.text import shortened

NOT_ASKED = "none"
LONGEST_VALUE = 150
MOST_NOTES = 150_000
"""Bytes of unplaced notes that are shown: a view holds 250 kB, its fields included."""


def what_view(place: Place, form: Form, *, unplaced: str = "", notice: str = "") -> Block:
    """What they wanted and what came of it; `unplaced` is what of their notes is in no field yet."""
    limit = LONGEST["happened"]
    told = _("Start where they started. Two sentences are plenty; {limit:,} characters fit.")
    left = _("{limit:,} characters fit here; what is left of your notes stands below, to copy from.")
    body = [
        blocks.text_input(
            "trying_to",
            _("What were they trying to get done?"),
            value=form.trying_to[: LONGEST["trying_to"]],
            most=LONGEST["trying_to"],
            multiline=True,
            hint=_("The job behind the talk: “send the wages out before Friday”."),
        ),
        blocks.text_input(
            "happened",
            _("What happened?"),
            value=form.happened[:limit],
            most=limit,
            multiline=True,
            hint=(left if unplaced else told).format(limit=limit),
        ),
        *_notes(unplaced),
    ]
    return step_frame(place, body, notice=notice)


def words_view(place: Place, form: Form, *, fields: int = 1, notice: str = "") -> Block:
    """Their own words: as many quotes as there are, at least `fields` places for them, at most five."""
    shown = min(max(fields, len(form.quotes), 1), MOST_QUOTES)
    quotes = [form.quotes[i] if i < len(form.quotes) else "" for i in range(shown)]
    more = blocks.button(_("Add another quote"), ids.INTERVIEW_ADD_QUOTE)
    body = [_quote(position, words) for position, words in enumerate(quotes)]
    return step_frame(place, body, notice=notice, row=[more] if shown < MOST_QUOTES else [])


def meaning_view(place: Place, form: Form, *, notice: str = "") -> Block:
    """What we make of it: nothing here is required."""
    body = [
        blocks.text_input(
            "meaning",
            _("Why does it matter to us?"),
            value=form.meaning,
            most=LONGEST["meaning"],
            multiline=True,
            optional=True,
            hint=_("What you would tell the team over coffee."),
        ),
        _score(form),
        _themes(form),
        blocks.text_input(
            "title",
            _("A title"),
            value=form.title,
            most=LONGEST["title"],
            optional=True,
            hint=_("Left empty, the first sentence they said becomes the title."),
        ),
    ]
    return step_frame(place, body, notice=notice)


def consent_view(place: Place, form: Form, *, notice: str = "") -> Block:
    """How far it may travel, and what we promised."""
    by: Block = {"type": "datepicker", "action_id": "promise_by"}
    by |= {"initial_date": form.promise_by} if form.promise_by else {}
    body = [
        _sharing(form),
        _further(form),
        blocks.text_input(
            "consent_words",
            _("In which words did they agree?"),
            value=form.consent_words,
            most=LONGEST["consent_words"],
            optional=True,
            hint=_("Such as “Sure, tell your colleagues, just leave my name out.”"),
        ),
        blocks.text_input(
            "promise",
            _("Did you promise them something?"),
            value=form.promise,
            most=LONGEST["promise"],
            optional=True,
            hint=_("Such as “Send her the new price list”. It goes on your own list, for you alone."),
        ),
        blocks.input_block("promise_by", _("By when?"), by, optional=True),
    ]
    return step_frame(place, body, notice=notice)


def theme_option(theme: str, *, new: bool = False) -> Block:
    """A theme to be chosen; a new one says so."""
    held = theme[:LONGEST_VALUE]
    return blocks.option(_("Add “{theme}”").format(theme=shortened(held, 60)) if new else held, held)


def _notes(unplaced: str) -> list[Block]:
    if not unplaced:
        return []
    parts = parts_of(unplaced, blocks.LONGEST_SECTION)
    sizes = accumulate(len(json.dumps(part)) for part in parts)
    shown = [part for part, size in zip(parts, sizes, strict=True) if size <= MOST_NOTES]
    left = sum(len(part) for part in parts[len(shown) :])
    more = _("… and {left:,} more characters where you wrote them.").format(left=left)
    return [
        blocks.divider(),
        blocks.section(_("*Not in the form yet*")),
        *(blocks.quote(part) for part in shown),
        *([blocks.context(escaped(more))] if left else []),
    ]


def _quote(position: int, words: str) -> Block:
    first = position == 0
    return blocks.text_input(
        f"quote_{position}",
        _("What did they say, word for word?") if first else _("And what else did they say?"),
        value=words,
        most=LONGEST["quote"],
        multiline=True,
        optional=not first,
        hint=_("As they said it, without quotation marks. One sentence is enough.") if first else None,
    )


def _score(form: Form) -> Block:
    options = [blocks.option(_("We didn’t talk about it"), NOT_ASKED)]
    options += [blocks.option(_score_label(score), str(score)) for score in range(11)]
    chosen = options[0] if form.score is None else options[form.score + 1]
    element = {
        "type": "static_select",
        "action_id": "score",
        "options": options,
        "initial_option": chosen,
    }
    label = _("If you asked: how likely are they to recommend us, from 0 to 10?")
    return blocks.input_block("score", label, element, optional=True)


def _score_label(score: int) -> str:
    ends = {0: _("0: not at all likely"), 10: _("10: extremely likely")}
    return ends.get(score, str(score))


def _themes(form: Form) -> Block:
    element: Block = {
        "type": "multi_external_select",
        "action_id": ids.THEME_SEARCH,
        "min_query_length": 0,
        "max_selected_items": MOST_THEMES,
        "placeholder": blocks.plain(_("Type a theme")),
    }
    chosen = [theme_option(theme) for theme in form.themes]
    element |= {"initial_options": chosen} if chosen else {}
    hint = _("Choose from what colleagues use, or type a new one. Channels can ask for themes.")
    return blocks.input_block("themes", _("Themes"), element, optional=True, hint=hint)


def _sharing(form: Form) -> Block:
    choices = {
        Purpose.NOT_SHARED: (_("Not for sharing"), _("Only you see it. It’s kept, and it still counts.")),
        Purpose.WITHOUT_NAME: (
            _("Without their name"),
            _("Colleagues read it; name and company are taken out."),
        ),
        Purpose.WITH_NAME: (_("With their name"), _("Colleagues read it with their name and company.")),
    }
    options = {
        level.value: blocks.option(label, level.value, described)
        for level, (label, described) in choices.items()
    }
    element: Block = {"type": "radio_buttons", "action_id": "sharing", "options": list(options.values())}
    element |= {"initial_option": options[form.sharing]} if form.sharing in options else {}
    return blocks.input_block("sharing", _("May colleagues hear this?"), element)


def _further(form: Form) -> Block:
    choices = {
        Purpose.QUOTED_BY_AVATAR: _("Be quoted by a project’s avatar"),
        Purpose.CONTACTED_AGAIN: _("Be contacted again"),
        Purpose.FOLLOWED_IN_SERIES: _("Be followed in a series"),
        Purpose.ON_STAGE: _("Be named where a talk or visit of theirs is announced"),
        Purpose.RECORDED: _("Have a recording of that shown to colleagues"),
    }
    options = [blocks.option(label, purpose.value) for purpose, label in choices.items()]
    element: Block = {"type": "checkboxes", "action_id": "agreed", "options": options}
    chosen = [option for option in options if option["value"] in form.agreed]
    element |= {"initial_options": chosen} if chosen else {}
    hint = _("Tick only what they said yes to. An avatar says their words to a project’s channel.")
    return blocks.input_block("agreed", _("They also agreed to"), element, optional=True, hint=hint)
