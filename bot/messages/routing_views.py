"""The windows of a channel's rules: which there are, one in words or in fields, and what it would bring."""

from __future__ import annotations

import json
from collections.abc import Sequence

from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.routing import shown_blocks
from bot.routing import ids
from bot.routing.finding import Found
from bot.routing.times import Coming
from storage.routes import Route
from stories.language import _, ngettext
from stories.routing.rule import LONGEST_SENTENCE, Rule, as_kept, rule_of
from stories.routing.saying import said, what, when

EXAMPLES = 5
"""Of last month that a preview shows."""


def list_view(channel_id: str, routes: Sequence[Route], *, notice: str = "", command: str) -> Block:
    """A channel's rules, and the ways to another one."""
    none = _("No rule yet. A rule brings you the words of the customers you want to hear from.")
    typed = _("You can also type one: `{command} {example}`")
    heard = _("What <#{channel}> hears from customers by its own rules:")
    new = [
        blocks.button(_("Add a rule"), ids.FIELDS, style="primary"),
        blocks.button(_("Write it as a sentence"), ids.SENTENCE),
    ]
    body = [
        *([blocks.section(notice)] if notice else []),
        blocks.section(heard.format(channel=channel_id)),
        *(block for route in routes for block in _rule(route)),
        *([] if routes else [blocks.section(none)]),
        blocks.actions(*new),
        blocks.context(typed.format(command=escaped(command), example=_example()), _promise()),
    ]
    return blocks.modal(
        _("Customers’ words"),
        body,
        callback_id=ids.VIEW,
        close=_("Close"),
        private_metadata=metadata(channel_id, None),
    )


def sentence_view(channel_id: str, route_id: int | None, sentence: str, *, trouble: str = "") -> Block:
    """A rule as a sentence; `trouble` is what was not understood of it."""
    hint = _(
        "Whose words (promoters, detractors, scores 0 to 3, from a segment), about what (a theme, or words), "
        "at most how many a day, and when."
    )
    field = blocks.text_input(
        "sentence",
        _("Which customers’ words, and when?"),
        value=sentence,
        most=LONGEST_SENTENCE,
        multiline=True,
        placeholder=_("detractors from enterprise about billing, at most three a day, at 4 pm"),
        hint=hint,
    )
    return blocks.modal(
        _("A rule in your words"),
        [*([blocks.section(f":warning: {escaped(trouble)}")] if trouble else []), field],
        callback_id=ids.SENTENCE_VIEW,
        submit=_("Show me"),
        close=_("Cancel"),
        private_metadata=metadata(channel_id, route_id),
    )


def preview_view(
    channel_id: str, route_id: int | None, rule: Rule, found: Found, coming: Coming | None = None
) -> Block:
    """What last month would have found, and brought; what is begun with it is in the window.

    `coming` is what would have come of it (None: nobody can say).
    """
    number = len(found.items)
    told = ngettext(
        "Last month it would have found *{number}*.", "Last month it would have found *{number}*.", number
    )
    many = _("more than {number}").format(number=number) if found.cut else str(number)
    few = _(
        "Too few of these customers answered for anybody to hide among them, so their comments are left out "
        "until there are more."
    )
    first = _("The newest of them, as <#{channel}> would read them:").format(channel=channel_id)
    body = [
        blocks.section(f"*{escaped(_capital(said(rule)))}*"),
        blocks.section("\n".join([told.format(number=many), *_left(rule, found, coming)])),
        *([blocks.context(few)] if found.few else []),
        *([blocks.context(first)] if number else []),
        *(block for _item, one in found.items[:EXAMPLES] for block in shown_blocks(one)),
        blocks.context(_promise()),
    ]
    return blocks.modal(
        _("What it would bring"),
        body,
        callback_id=ids.PREVIEW_VIEW,
        submit=_("Begin") if route_id is None else _("Save"),
        close=_("Cancel"),
        private_metadata=metadata(channel_id, route_id, rule),
    )


def _left(rule: Rule, found: Found, coming: Coming | None) -> list[str]:
    """How much of it would have come, where no more than so many come at once; nothing where all would."""
    if coming is None or coming.things >= len(found.items):
        return []
    said = ngettext(
        "At most {most} come at once: that would have been *{things}* of them, in {posts} post.",
        "At most {most} come at once: that would have been *{things}* of them, in {posts} posts.",
        coming.posts,
    )
    return [said.format(most=rule.most, things=coming.things, posts=coming.posts)]


def about(view: Block) -> tuple[str, int | None, Rule | None]:
    """Which channel, which rule of it (None: a new one), and the rule that was looked at."""
    held = json.loads(view["private_metadata"])
    return held["channel"], held["route"], rule_of(held["rule"]) if held.get("rule") else None


def _rule(route: Route) -> list[Block]:
    rule = rule_of(route.rule)
    sure = blocks.confirm(
        _("Stop this?"), _("Nothing more comes by it. What came stays."), _("Stop it"), _("Keep it")
    )
    by = _("Asked for by <@{person}>").format(person=route.asked_by)
    return [
        blocks.section(f"*{escaped(_capital(what(rule)))}*\n{escaped(when(rule))} · {by}"),
        blocks.actions(
            blocks.button(_("Change…"), ids.CHANGE, str(route.id)),
            blocks.button(_("Stop"), ids.STOP, str(route.id), confirm=sure),
        ),
    ]


def _example() -> str:
    return _("detractors about billing, at most three a day, at 4 pm")


def _promise() -> str:
    return _(
        "It comes on working days, never on holidays, and within the one post a day that a channel hears "
        "unasked: where the day’s place is taken, it rides along in the next digest."
    )


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"


def metadata(channel_id: str, route_id: int | None, rule: Rule | None = None) -> str:
    """What a window carries along, for `about`."""
    held = {"channel": channel_id, "route": route_id, "rule": as_kept(rule) if rule else None}
    # Letters as they are: ten kinds of customers in Cyrillic or kanji would not fit into what Slack carries.
    return json.dumps(held, ensure_ascii=False)
