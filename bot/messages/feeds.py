"""The window of market feeds: which are followed, how reading them goes, another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.feeds import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from storage.feeds import Brought
from storage.series_feeds import Feed
from stories.feeds import LONGEST_NAME, LONGEST_TOPIC, MOST_FEEDS, MOST_TOPICS, called
from stories.kept_sentences import read
from stories.language import _, ngettext
from stories.links import LONGEST_LINK


def window(
    known: Sequence[Feed],
    topics: Mapping[int, tuple[str, ...]],
    *,
    notice: str = "",
    newest: Sequence[Brought] = (),
) -> Block:
    """The feeds that a workspace follows, and what each is about.

    `notice` is escaped already, `newest` are headlines that were just read.
    """
    lead = _(
        "News of your customers’ world: feeds (RSS or Atom) that Firsthand reads. Headlines with their links "
        "may stand in the series as background, always with where they come from, and never as anything a "
        "customer said."
    )
    full = len(known) >= MOST_FEEDS
    body = [
        *([blocks.section(notice)] if notice else []),
        *([blocks.section("\n".join(_headline(one) for one in newest))] if newest else []),
        blocks.section(lead),
        *(block for feed in known for block in _one(feed, topics.get(feed.id, ()))),
        *([] if full else [blocks.actions(blocks.button(_("Follow a feed"), ids.ADD, style="primary"))]),
        *([blocks.context(_full())] if full else []),
    ]
    return blocks.modal(_("Market feeds"), body, callback_id=ids.VIEW, close=_("Close"))


def add_view(segments: Sequence[str]) -> Block:
    """Where the address of another feed is given; `segments` are names that its topics may be."""
    hint = _("With commas. Its headlines are taken for what is about these; left empty, for anything.")
    named = _("Your kinds of customers are: {names}.").format(names=", ".join(segments)) if segments else ""
    body = [
        blocks.text_input(
            "address",
            _("Address of the feed"),
            most=LONGEST_LINK,
            placeholder="https://example.com/feed.xml",
            hint=_("RSS or Atom. Take one that everybody may read: its address is kept as it is."),
        ),
        blocks.text_input(
            "name",
            _("What you call it"),
            most=LONGEST_NAME,
            optional=True,
            hint=_("Else as it calls itself."),
        ),
        blocks.text_input(
            "topics",
            _("Topics or kinds of customers"),
            most=MOST_TOPICS * (LONGEST_TOPIC + 2),
            optional=True,
            hint=f"{hint} {named}".strip(),
        ),
    ]
    return blocks.modal(
        _("Follow a feed"), body, callback_id=ids.ADD_VIEW, submit=_("Follow"), close=_("Cancel")
    )


def reading() -> Block:
    """What stands there while a feed is read for the first time."""
    said = _("Reading it …")
    return blocks.modal(_("Market feeds"), [blocks.section(said)], callback_id=ids.VIEW, close=_("Close"))


def began(feed: Feed, number: int) -> str:
    """What is said once a feed was read for the first time; escaped."""
    name = escaped(called(feed.title, feed.url))
    if feed.failures:
        said = _(":warning: *{name}* is followed, but it could not be read: {trouble}. It is tried again.")
        return said.format(name=name, trouble=escaped(read(feed.trouble)))
    if not number:
        return _("*{name}* is followed. It has no headlines yet that can be kept.").format(name=name)
    said = ngettext(
        "*{name}* is followed: {number} headline so far.",
        "*{name}* is followed: {number} headlines so far.",
        number,
    )
    return said.format(name=name, number=number)


def trouble_note(feed: Feed) -> dict[str, Any]:
    """What whoever added a feed hears when it cannot be read."""
    said = _("I can’t read *{name}*, a market feed that you added: {trouble}.").format(
        name=escaped(called(feed.title, feed.url)), trouble=escaped(read(feed.trouble))
    )
    why = _(
        "This came because you added it, once until the feed is well again. I keep trying once a day; "
        "to have none of it, stop following the feed."
    )
    drop = blocks.button(_("Stop following it"), ids.DROP, str(feed.id), confirm=_sure())
    return read_out(said, [blocks.section(said), blocks.actions(drop), blocks.context(why)])


def _one(feed: Feed, topics: Sequence[str]) -> list[Block]:
    name = escaped(called(feed.title, feed.url))
    about = escaped(", ".join(topics)) or _("any topic")
    lines = [f"*{name}* · {about}", _how(feed)]
    drop = blocks.button(_("Stop"), ids.DROP, str(feed.id), confirm=_sure())
    return [blocks.section("\n".join(lines), accessory=drop)]


def _how(feed: Feed) -> str:
    if feed.failures:
        return _(":warning: can’t be read: {trouble}").format(trouble=escaped(read(feed.trouble)))
    if feed.read_at is None:
        return _("is read within a minute or two")
    return _("last read on {day}").format(day=day(feed.read_at.date()))


def _headline(one: Brought) -> str:
    return f"• <{one.link}|{escaped(one.title)}> · {day(one.day)}"


def _sure() -> Block:
    return blocks.confirm(
        _("Stop following it?"),
        _("It is read no more, and its headlines are forgotten. What an episode said stays."),
        _("Stop it"),
        _("Keep it"),
    )


def _full() -> str:
    return _("{most} feeds are as many as can be followed.").format(most=MOST_FEEDS)
