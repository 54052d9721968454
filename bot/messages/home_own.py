"""The parts of App Home that are somebody's own: drafts, stories and what came of them, follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot import ids
from bot.home_values import Commands, Home, OwnStory, Task
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.interview import draft_title
from bot.messages.interview_frame import drop_button
from stories.language import _
from stories.story import Reaction, StoryState
from stories.text import shortened

MOST_NAMED = 3
"""People who are named before the rest is counted."""


def drafts(home: Home) -> Sequence[Block]:
    """Write-ups on their way, to be continued or thrown away."""
    if not home.drafts:
        return []
    rows: list[Block] = [blocks.header(_("Your drafts"))]
    for draft in home.drafts:
        said = _part("draft", title=draft_title(draft.form), who=draft.form.name, day=day(draft.touched_on))
        go_on = blocks.button(_("Go on with it"), ids.DRAFT_OPEN, str(draft.id))
        rows += [
            blocks.section(said),
            blocks.actions(go_on, drop_button(draft.id, editing=draft.editing), block_id=f"draft:{draft.id}"),
        ]
    return rows


def tasks(home: Home) -> Sequence[Block]:
    """What this person said they would do, each with a button that says it is done."""
    if not home.tasks:
        return []
    rows = [
        blocks.section(
            task_line(task, home.today),
            accessory=blocks.button(_("It’s done"), ids.FOLLOW_UP_DONE, str(task.id)),
        )
        for task in home.tasks
    ]
    more = [blocks.context(_part("more_tasks"))] if home.more_tasks else []
    return [blocks.header(_("What you said you would do")), *rows, *more]


def task_line(task: Task, today: date) -> str:
    """A follow-up: what, by when, and the story it goes back to."""
    return _part("task", what=task.what, when=_when(task.due_on, today), why=_why(task))


def own_stories(home: Home, commands: Commands) -> Sequence[Block]:
    """The newest own stories, what came of each, and what can be done with it."""
    if not home.stories:
        return []
    rows = [block for story in home.stories for block in _story(story)]
    more = _part("more_stories", shown=len(home.stories), number=home.story_count, command=commands.stories)
    pointer = [blocks.context(more)] if home.story_count > len(home.stories) else []
    return [blocks.header(_("Your stories, and what came of them")), *rows, *pointer]


def _story(story: OwnStory) -> Sequence[Block]:
    value = str(story.id)
    ask = blocks.confirm(
        _("Take this story back?"),
        _("It goes from every channel it was told in, at once. You can publish it again later."),
        _("Take it back"),
        _("Leave it"),
    )
    withdraw = blocks.button(_("Withdraw"), ids.STORY_WITHDRAW, value, confirm=ask)
    row = [
        blocks.button(_("Preview"), ids.STORY_PREVIEW, value),
        blocks.button(_("Edit"), ids.STORY_EDIT, value),
        *([withdraw] if story.state is StoryState.PUBLISHED else []),
    ]
    said = prose_part("story.j2", "title", title=shortened(story.title, 150))
    return [
        blocks.section(said),
        blocks.context(" · ".join([_state(story), *_came_of_it(story)])),
        blocks.actions(*row, block_id=f"story:{value}"),
    ]


def _state(story: OwnStory) -> str:
    if story.state is StoryState.KEPT:
        return _("Kept; only you see it") if story.sharable else _("Not for sharing; only you see it")
    if story.state is StoryState.WITHDRAWN:
        return _("Withdrawn; only you see it")
    if story.state is StoryState.HIDDEN:
        return _("Hidden until an editor has looked at it")
    return _("Published") if story.sharable else _("Not shown: the customer’s consent has ended")


def _came_of_it(story: OwnStory) -> Sequence[str]:
    told = [_part("told", number=story.channels)] if story.channels else []
    said = [
        prose_part("story.j2", kind.value, number=story.counts[kind])
        for kind in (Reaction.THOUGHT, Reaction.MORE, Reaction.THANKS)
        if story.counts.get(kind)
    ]
    doing = [
        _part(part, people=_people(who), number=len(who))
        for part, who in (("acting", story.acting), ("acted", story.acted))
        if who
    ]
    return [*told, *said, *doing]


def _people(who: Sequence[str]) -> Markup:
    named = Markup(", ").join(Markup(f"<@{user}>") for user in who[:MOST_NAMED])  # noqa: S704 ids
    rest = len(who) - MOST_NAMED
    return Markup(_part("more_people", people=named, number=rest)) if rest > 0 else named  # noqa: S704 ours


def _when(due_on: date | None, today: date) -> str:
    if due_on is None:
        return _("No day set")
    if due_on == today:
        return _("Today")
    late = _("Overdue since {day}") if due_on < today else _("By {day}")
    return late.format(day=day(due_on))


def _why(task: Task) -> str:
    if not task.about:
        return _("its story is not shown any more")
    about = shortened(task.about, 80)
    said = _("promised in “{title}”") if task.promised else _("because of “{title}”")
    return said.format(title=about)


def _part(part: str, /, **values: object) -> str:
    return prose_part("home.j2", part, **values)
