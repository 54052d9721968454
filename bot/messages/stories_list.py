"""What `/stories` answers: help, results, one story by chance, and what to do when there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot import ids
from bot.messages import blocks, story
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.own_stories import looking_after
from bot.messages.reading import in_its_direction
from bot.messages.search import Page
from stories.language import _
from stories.story import Telling
from stories.text import shortened

MOST_OF_TEAM = 20
SHORT_QUOTE = 160


def answer(text: str, *more: Block) -> dict[str, Any]:
    """A message of one sentence of ours (Slack's marks allowed), and what belongs under it."""
    return read_out(text, [blocks.section(text), *more])


def help_text(command: str, interview_command: str, latest: Sequence[Telling]) -> dict[str, Any]:
    """What the command can do, and the stories told last."""
    said = _part("help", command=command, interview=interview_command)
    if not latest:
        return answer(said, blocks.context(_part("none_yet", interview=interview_command)))
    rows = [block for telling in latest for block in result(telling)]
    return answer(said, blocks.divider(), blocks.context(_part("latest")), *rows)


def none_yet(interview_command: str) -> dict[str, Any]:
    """The next step where nobody has told a story yet."""
    return answer(_part("none_yet", interview=interview_command), _write_one())


def no_words(command: str) -> dict[str, Any]:
    """A search for nothing: how it is meant."""
    return answer(_part("no_words", command=command))


def meant(page: Page, guess: str | None, command: str) -> dict[str, Any]:
    """A word the command does not know: the one that was probably meant, or a search for it."""
    search = blocks.button(
        _("Search for “{words}”").format(words=shortened(page.words, 40)),
        ids.STORIES_SEARCH,
        page.token(),
    )
    said = (
        _part("did_you_mean", word=page.words, guess=guess, command=command)
        if guess
        else _part("unknown", words=page.words, command=command)
    )
    return answer(said, blocks.actions(search))


def by_chance(telling: Telling) -> dict[str, Any]:
    """One story, whole, with its buttons."""
    return read_out(story.summary(telling), story.card(telling, author=telling.author_id))


def result(telling: Telling) -> list[Block]:
    """A story as one line and its quote, with a button to read it."""
    read = blocks.button(_("Read it"), ids.STORY_READ, str(telling.story_id))
    title = _part("title", title=in_its_direction(shortened(telling.title, 150)))
    quote = [story.said(telling.quotes[0], SHORT_QUOTE)] if telling.quotes else []
    return [blocks.section(f"{title}\n{story.who_line(telling)}", accessory=read), *quote]


def of_team(tellings: Sequence[Telling]) -> dict[str, Any]:
    """What somebody reads as one of an account's team."""
    rows = [block for telling in tellings for block in result(telling)]
    return answer(_part("of_team" if tellings else "no_team"), *rows)


def read_modal(telling: Telling, *, looks_after: bool = False, team: bool = False) -> Block:
    """The whole story, and what one can do with it; more of that for its author and for editors.

    `team`: it is for its account's team alone, so that nobody hands it on.
    """
    value = str(telling.story_id)
    row = blocks.actions(
        blocks.button(_("Share to a channel…"), ids.STORY_SHARE, value),
        blocks.button(_("Something’s wrong with this"), ids.STORY_WRONG, value),
    )
    return blocks.modal(
        _("A customer’s story"),
        [
            *story.whole(telling, author=telling.author_id),
            blocks.context(_part("team_alone")) if team else row,
            *([looking_after(telling.story_id)] if looks_after else []),
        ],
        callback_id=ids.STORY_READ_VIEW,
        close=_("Close"),
        private_metadata=value,
    )


def _write_one() -> Block:
    return blocks.actions(
        blocks.button(_("Write up a conversation"), ids.INTERVIEW_OPEN, "new", style="primary")
    )


def _part(part: str, **values: object) -> str:
    return prose_part("stories_list.j2", part, **values)
