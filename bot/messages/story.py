"""A story as people read it: in a digest, shared to a channel, previewed by its author."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks, story_parts
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day
from bot.messages.reading import fold, in_its_direction, laid_out
from stories.language import _
from stories.speaking import quoted
from stories.story import Ending, Reaction, Telling
from stories.story_templates import WHOLE, StoryTemplate

MOST_ENDINGS = 2
SHORT, SHORT_QUOTE = 300, 240
"""Characters of what happened and of the quote that a folded card shows."""


def card(
    telling: Telling,
    *,
    author: str,
    folded: bool = False,
    buttons: bool = True,
    template: StoryTemplate = WHOLE,
) -> list[Block]:
    """A story, told: at most 11 blocks, or at most 4 when `folded` (for a digest of many).

    `template` puts its parts in order, where it is not folded. `author` is the Slack id of the person who
    had the conversation. Without `buttons` it is a preview, with all its counts in the quiet line at the end.
    """
    if folded:
        row = [_buttons(telling, read=True)] if buttons else []
        return [*_short(telling, author), *row]
    return [
        blocks.header(in_its_direction(telling.title)),
        blocks.context(who_line(telling), _met(telling, author), *_served(telling)),
        *story_parts.body(telling, template),
        *_endings(telling),
        *_quiet(telling, buttons=buttons),
        *([_buttons(telling, read=story_parts.leaves_out(telling, template))] if buttons else []),
    ]


def story_post(telling: Telling, *, shared_by: str, template: StoryTemplate = WHOLE) -> dict[str, Any]:
    """The message with which somebody shares a story to a channel, told as in `template` there."""
    by = blocks.context(_part("shared", sharer=Markup(f"<@{shared_by}>")))  # noqa: S704 an id
    told = card(telling, author=telling.author_id, template=template)
    return read_out(summary(telling), [by, *told])


def whole(telling: Telling, *, author: str) -> list[Block]:
    """Everything that may be told of a story, however long, for a modal."""
    parts = [
        (_("What they wanted"), telling.trying_to),
        (_("What happened"), telling.happened),
    ]
    told = [block for heading, text in parts if text for block in laid_out(heading, text)]
    quotes = [said(words) for words in telling.quotes]
    meaning = laid_out(_("Why it matters to us"), telling.meaning) if telling.meaning else []
    return [
        blocks.header(in_its_direction(telling.title)),
        blocks.context(who_line(telling), _met(telling, author), *_served(telling)),
        *told,
        *quotes,
        *meaning,
        *(blocks.section(_ended(ending)) for ending in telling.endings),
        *_quiet(telling, buttons=False),
    ]


def said(words: str, most: int | None = None) -> Block:
    """A customer's own words as a quote, folded where they are longer than `most` characters."""
    return blocks.quote(in_its_direction(words if most is None else fold(words, most)))


def summary(telling: Telling) -> str:
    """The story in one line for notifications and screen readers; escaped."""
    line = f"{telling.title} ({capital(telling.who)})"
    quote = f": {quoted(fold(telling.quotes[0], SHORT_QUOTE))}" if telling.quotes else ""
    return escaped(line + quote)


def taken_back() -> list[Block]:
    """What stands in a digest where a story was."""
    return [blocks.context(_part("gone"))]


def hidden_post() -> dict[str, Any]:
    """What a shared story's message says while somebody looks into a report about it."""
    line = _part("hidden")
    return read_out(line.strip("_"), [blocks.context(line)])


def capital(text: str) -> str:
    """The text with a capital at its start, as an alias needs it there."""
    return text[:1].upper() + text[1:]


def _short(telling: Telling, author: str) -> list[Block]:
    lines = [_part("title", title=in_its_direction(telling.title)), who_line(telling)]
    quote = [said(telling.quotes[0], SHORT_QUOTE)] if telling.quotes else []
    return [
        blocks.section("\n".join([*lines, escaped(in_its_direction(fold(telling.happened, SHORT)))])),
        *quote,
        blocks.context(
            _met(telling, author), *_served(telling), *_came_of_it(telling), *_last_ending(telling)
        ),
    ]


def who_line(telling: Telling) -> str:
    """Who the story is about: name or alias, then company and kind of customer where they may be told."""
    who, company, segment = map(in_its_direction, (capital(telling.who), telling.company, telling.segment))
    return _part("who", who=who, company=company, segment=segment)


def _met(telling: Telling, author: str) -> str:
    mention = Markup(f"<@{author}>")  # noqa: S704 an id
    return _part("met", how=telling.how.value, author=mention, day=day(telling.talked_on))


def _endings(telling: Telling) -> list[Block]:
    """What came of it: the latest sentences in one paragraph."""
    told = [_ended(ending) for ending in telling.endings[-MOST_ENDINGS:]]
    return [blocks.section("\n".join(told))] if told else []


def _last_ending(telling: Telling) -> list[str]:
    return [_ended(ending) for ending in telling.endings[-1:]]


def _ended(ending: Ending) -> str:
    mention = Markup(f"<@{ending.by}>")  # noqa: S704 an id
    return _part("ending", words=in_its_direction(ending.words), person=mention, day=day(ending.on))


def _served(telling: Telling) -> list[str]:
    """Which of the top three it speaks of."""
    return [_part("serves", name=in_its_direction(name)) for name in telling.serves]


def _quiet(telling: Telling, *, buttons: bool) -> list[Block]:
    phrases = _came_of_it(telling) if buttons else counted(telling.counts)
    return [blocks.context(" · ".join(phrases))] if phrases else []


def _came_of_it(telling: Telling) -> list[str]:
    acting = telling.counts.get(Reaction.ACT, 0)
    return [_part("acting", number=acting)] if acting else []


def counted(counts: Mapping[Reaction, int]) -> list[str]:
    """What readers said so far, a phrase for each kind that anybody chose."""
    return [_part(part, number=counts[kind]) for part, kind in _PHRASES.items() if counts.get(kind)]


_PHRASES = {
    "thought": Reaction.THOUGHT,
    "acting": Reaction.ACT,
    "more": Reaction.MORE,
    "thanks": Reaction.THANKS,
}


def _buttons(telling: Telling, *, read: bool) -> Block:
    story = str(telling.story_id)
    labels = (
        (_("Made me think"), ids.STORY_THOUGHT, Reaction.THOUGHT),
        (_("I’ll act on it"), ids.STORY_ACT, Reaction.ACT),
        (_("More like this"), ids.STORY_MORE, Reaction.MORE),
        (_("Thank the author"), ids.STORY_THANKS, Reaction.THANKS),
    )
    whole_story = [blocks.button(_("Read it all"), ids.STORY_READ, story)] if read else []
    reactions = [
        blocks.button(_with_count(label, telling.counts.get(kind, 0)), action, story)
        for label, action, kind in labels
    ]
    return blocks.actions(*whole_story, *reactions, _menu(story))


def _menu(story: str) -> Block:
    options = [
        blocks.option(_("Read it all"), f"read:{story}"),
        blocks.option(_("Share to a channel…"), f"share:{story}"),
        blocks.option(_("Something’s wrong with this"), f"wrong:{story}"),
    ]
    return {"type": "overflow", "action_id": ids.STORY_MENU, "options": options}


def _with_count(label: str, count: int) -> str:
    return f"{label} · {count}" if count else label


def _part(part: str, **values: object) -> str:
    return prose_part("story.j2", part, **values)
