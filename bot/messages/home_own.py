"""The parts of App Home that are somebody's own: drafts, stories and what came of them, follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot import ids
from bot.home_values import Commands, Home, Task
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.interview import draft_title
from bot.messages.interview_frame import drop_button
from bot.messages.own_stories import own_story
from stories.language import _
from stories.next_step import Do
from stories.text import shortened


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
    """What this person said they would do, but for what stands as the next step already."""
    shown = home.step.subject if home.step.do is Do.KEEP_PROMISE else None
    listed = [task for task in home.tasks if task.id != shown]
    if not listed:
        return []
    rows = [
        blocks.section(
            task_line(task, home.today),
            accessory=blocks.button(_("It’s done"), ids.FOLLOW_UP_DONE, str(task.id)),
        )
        for task in listed
    ]
    more = [blocks.context(_part("more_tasks"))] if home.more_tasks else []
    return [blocks.header(_("What you said you would do")), *rows, *more]


def task_line(task: Task, today: date) -> str:
    """A follow-up: what, by when, and the story it goes back to."""
    return _part("task", what=task.what, when=when(task.due_on, today), why=_why(task))


def stories(home: Home, commands: Commands) -> Sequence[Block]:
    """The newest own stories, what came of each, and what can be done with it."""
    if not home.stories:
        return []
    more = _part("more_stories", shown=len(home.stories), number=home.story_count, command=commands.stories)
    pointer = [blocks.context(more)] if home.story_count > len(home.stories) else []
    rows = [
        block
        for own in home.stories
        for block in own_story(
            own.story, level=own.level, came=own.came, channels=own.channels, team=own.team
        )
    ]
    return [blocks.header(_("Your stories, and what came of them")), *rows, *pointer]


def when(due_on: date | None, today: date) -> str:
    """By when something is to be done, as seen from today."""
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
