"""How stories end, in words: for whoever is to tell the customer, for digests, for those who listened."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import aloud, read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day
from bot.messages.follow_up import linked
from bot.messages.reading import fold, in_its_direction
from bot.messages.story import capital, said, who_line
from storage.follow_ups import FollowUp
from stories.language import _, ngettext
from stories.languages import language_name
from stories.story import Ending, Telling
from stories.story_templates import MOST_QUOTES
from stories.text import shortened
from stories.values import dataclass

LONGEST_SAID = 300
"""Characters of what the customer said that stand beside what changed."""

MOST_HEARD, MOST_ENDED = 10, 8
"""Stories that one message tells the end of: in private, and in a channel, where each has its quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message to a customer: its words, the language it is in, and where a mail program opens with it."""

    words: str
    language: str = "en"
    mailto: str = ""


def to_tell(task: FollowUp, draft: Draft, *, knows: str = "") -> dict[str, Any]:
    """What somebody hears who has done something: the message to send, and the button once they have.

    `knows` is the colleague who knows the customer, where that is somebody else.
    """
    lead = _part("done_lead", what=task.what)
    changed = "\n".join([_part("changed", closing=task.closing), *linked(task.link)])
    if task.told_at is not None:
        told = blocks.context(_part("told", day=day(task.told_at.date())))
        body = [blocks.section(f"{lead}\n{changed}"), told, blocks.actions(_change(task.id))]
        return read_out(lead, body)
    notes = [_part("draft_why")]
    notes += [_part("ask_who_knows", person=_person(knows))] if knows else []
    notes += [_part("in_language", language=language_name(draft.language))] if draft.language != "en" else []
    mail = Markup(f"<{blocks.escaped(draft.mailto)}|{_('Open it in your mail program')}>")  # noqa: S704 ours
    return read_out(
        lead,
        [
            blocks.section(f"{lead}\n{changed}"),
            blocks.section(_part("tell_them")),
            _to_copy(draft.words),
            *([blocks.context(mail)] if draft.mailto else []),
            blocks.actions(
                blocks.button(_("I have told them"), ids.ENDING_TOLD, str(task.id), style="primary"),
                _change(task.id),
            ),
            blocks.context(" ".join(notes)),
        ],
    )


def said_and_done(telling: Telling, ending: Ending) -> tuple[Block, ...]:
    """*You said, we did*, as it rides along in a digest: what the customer said, and what has changed."""
    who = _part("you_said", who=capital(telling.who), title=telling.title)
    return (blocks.section(who), *_quote(telling, ending), blocks.section(_we_did(ending)))


def said_and_done_post(endings: Sequence[tuple[Telling, Ending]]) -> dict[str, Any]:
    """The same as a message of its own, of one story or several: which, what was said, what has changed."""
    told = endings[:MOST_ENDED]
    if len(endings) == 1:
        lead = _("What came of “{title}”").format(title=in_its_direction(endings[0][0].title))
        body = _ended_story(*endings[0])
    else:
        lead = ngettext(
            "What came of “{title}”, and of one more story",
            "What came of “{title}”, and of {number} more stories",
            len(told) - 1,
        ).format(title=shortened(in_its_direction(told[0][0].title), 90), number=len(told) - 1)
        body = [block for one in told for block in (blocks.divider(), *_ended_story(*one, title=True))]
    row = blocks.actions(blocks.button(_("Tune"), ids.DIGEST_TUNE))
    why = blocks.context(_part("said_and_done_why", number=len(endings)))
    shown = [blocks.header(lead), *body, row, why]
    return {"text": aloud(escaped(lead), shown), "blocks": shown}


def heard(endings: Sequence[tuple[Telling, Ending]]) -> dict[str, Any]:
    """Tells those who reacted to stories what came of them; several at once in one message."""
    number = len(endings)
    lead = ngettext(
        "Something came of a story that you reacted to.",
        "Something came of {number} stories that you reacted to.",
        number,
    ).format(number=number)
    told = [
        blocks.section(
            f"{_part('heard', title=telling.title, who=telling.who)}\n{_we_did(ending)}",
            accessory=blocks.button(_("Read it"), ids.STORY_READ, str(telling.story_id)),
        )
        for telling, ending in endings[:MOST_HEARD]
    ]
    body = [blocks.section(f"*{lead}*"), *told, blocks.context(_part("heard_why"))]
    return {"text": aloud(lead, body), "blocks": body}


def to_change(endings: Sequence[Ending]) -> list[Block]:
    """What whoever said it, or an editor, can do about what came of a story, under the whole story."""
    return [
        blocks.section(
            _part("ending_of", person=_person(ending.by), closing=fold(ending.words, 120)),
            accessory=_change(ending.follow_up_id),
        )
        for ending in endings
    ]


def _ended_story(telling: Telling, ending: Ending, *, title: bool = False) -> list[Block]:
    """Whose story it is, what they wanted and said, and what changed; `title` says which story as well."""
    read = blocks.button(_("Read the story"), ids.STORY_READ, str(telling.story_id))
    lines = [f"*{escaped(in_its_direction(telling.title))}*"] if title else []
    who = blocks.section("\n".join([*lines, who_line(telling)]), accessory=read)
    wanted = [blocks.section(escaped(in_its_direction(fold(telling.trying_to, LONGEST_SAID))))]
    quote = _quote(telling, ending)
    return [who, *(wanted if telling.trying_to else []), *quote, blocks.section(_we_did(ending))]


def _quote(telling: Telling, ending: Ending) -> list[Block]:
    """One of the customer's lines: those of the story's card were read there, so they come round last."""
    before = [one.follow_up_id for one in telling.endings]
    number = before.index(ending.follow_up_id) if ending.follow_up_id in before else 0
    lines = telling.quotes
    return [said(lines[(MOST_QUOTES + number) % len(lines)], LONGEST_SAID)] if lines else []


def _we_did(ending: Ending) -> str:
    return _part("we_did", closing=ending.words, person=_person(ending.by), day=day(ending.on))


def _change(follow_up_id: int) -> Block:
    return blocks.button(_("Change the sentence…"), ids.ENDING_CHANGE, str(follow_up_id))


def _to_copy(words: str) -> Block:
    """Plain text, exactly as it is written: nothing in it is obeyed, and it is copied with one grasp."""
    element = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": words}]}
    return {"type": "rich_text", "elements": [element]}


def _person(user_id: str) -> Markup:
    return Markup(f"<@{user_id}>")  # noqa: S704 an id


def _part(part: str, **values: object) -> str:
    return prose_part("endings.j2", part, **values)
