"""A person's App Home: what to do next, their own things, what is new, what they hear in private."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot import ids
from bot.home_values import Commands, Home
from bot.lessons import ids as lesson_ids
from bot.messages import blocks, lessons, objective
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.first_week import first_week, step_button
from bot.messages.home_leading import customers, nps_lines, top_three, voices
from bot.messages.home_near import accounts, led, projects
from bot.messages.home_own import drafts, stories, task_line, tasks, when
from bot.messages.interview import draft_title
from bot.messages.parts import for_team, taking_part
from bot.messages.stories_list import result
from bot.preferences import Private, wants
from bot.rota import ids as rota_ids
from bot.stage import ids as stage_ids
from storage.wanted_talks import WantedTalk
from stories.language import _
from stories.next_step import FIRST_WEEK, Do
from stories.text import shortened

LONGEST_TITLE = 120


def home_view(home: Home, commands: Commands) -> Block:
    """The view for views.publish: at most 80 blocks, whoever it is for."""
    return {"type": "home", "blocks": list(_guest() if home.guest else _sections(home, commands))}


def help_view(commands: Commands) -> Block:
    """How to get help: what there is, where it posts, and what customers agreed to."""
    parts = ("help", "posts", "consent", "wrong")
    body = [blocks.section(_part(part, commands=commands)) for part in parts]
    return blocks.modal(_("How Firsthand works"), body, callback_id=ids.HOME_HELP_VIEW, close=_("Close"))


def _sections(home: Home, commands: Commands) -> Sequence[Block]:
    return [
        *(_welcome() if home.new_here else []),
        *_next(home),
        *first_week(home.first_week, shown=home.step.do),
        *tasks(home),
        *customers(home),
        *accounts(home, commands.channel),
        *drafts(home),
        *stories(home, commands),
        *objective.on_home(home.objective, home.objective_latest, home.today),
        *top_three(home),
        *nps_lines(home),
        *led(home, commands.channel),
        *voices(home),
        *projects(home),
        *for_team(home, commands.stories),
        *_latest(home, commands),
        *_tell_me(home),
        *taking_part(home),
        *_help(admin=home.admin),
    ]


def _welcome() -> Sequence[Block]:
    return [blocks.header(_("Hear your customers, first-hand")), blocks.section(_part("welcome"))]


def _next(home: Home) -> Sequence[Block]:
    do, value = home.step.do, str(home.step.subject or "")
    if do is Do.LEARN and home.lesson is not None:
        value = home.lesson.key
    if do in FIRST_WEEK:
        said, button = step_button(do, home.first_week)
    else:
        label, action = {
            Do.KEEP_PROMISE: (_("It’s done"), ids.FOLLOW_UP_DONE),
            Do.ASK_CUSTOMER: (_("Write it up"), ids.DRAFT_OPEN),
            Do.CONTINUE_DRAFT: (_("Go on with it"), ids.DRAFT_OPEN),
            Do.PUBLISH: (_("Publish it"), ids.STORY_PUBLISH),
            Do.READ: (_("Read it"), ids.STORY_READ),
            Do.LEARN: (_("Three minutes now"), lesson_ids.LESSON_BEGIN),
        }.get(do, (_("Write up a conversation"), ids.INTERVIEW_OPEN))
        ask = _ask() if do is Do.PUBLISH else None
        said, button = _said(home), blocks.button(label, action, value, style="primary", confirm=ask)
    return [
        blocks.header(_("Your next step")),
        blocks.section(said),
        blocks.actions(button, block_id="next_step"),
    ]


def _ask() -> Block:
    return blocks.confirm(
        _("Publish this story?"),
        _("Colleagues can read it from now on. You can edit or withdraw it at any time."),
        _("Publish it"),
        _("Not yet"),
    )


def _said(home: Home) -> str:
    """What the next step is; the names of its parts are those of the steps."""
    do, subject = home.step.do, home.step.subject
    if do is Do.KEEP_PROMISE:
        return task_line(next(task for task in home.tasks if task.id == subject), home.today)
    if do is Do.ASK_CUSTOMER:
        return _wanted(home.wanted[0], home.today)
    if do is Do.CONTINUE_DRAFT:
        draft = next(draft for draft in home.drafts if draft.id == subject)
        return _part(do.value, title=draft_title(draft.form).rstrip("."), day=day(draft.touched_on))
    if do is Do.WRITE_AGAIN:
        return _part(do.value, day=day(max(own.story.interview.talked_on for own in home.stories)))
    if do is Do.LEARN:
        about = home.lesson
        return _part(do.value, title=about.title if about else "", summary=about.summary if about else "")
    titles = {own.story.id: own.story.interview.title for own in home.stories}
    titles |= {telling.story_id: telling.title for telling in home.latest}
    title = titles.get(subject, "") if subject else ""
    return _part(do.value, title=shortened(title, LONGEST_TITLE))


def _wanted(talk: WantedTalk, today: date) -> str:
    """A question for a customer: whom to ask, who wants to know, and by when."""
    return _part(
        "ask_customer",
        question=shortened(talk.question, 300),
        who=talk.segment or _("any customer"),
        when=when(talk.due_on, today),
        by=Markup(f"<@{talk.asked_by}>"),  # noqa: S704 Slack's own id
    )


def _latest(home: Home, commands: Commands) -> Sequence[Block]:
    heading = blocks.header(_("Published lately"))
    if not home.any_published:
        return [heading, blocks.section(_part("nothing_published"))]
    if not home.latest:
        return []
    rows = [block for telling in home.latest for block in result(telling)]
    search = blocks.actions(blocks.button(_("Search"), ids.SEARCH_OPEN))
    return [heading, *rows, blocks.context(_part("find_more", command=commands.stories)), search]


def _tell_me(home: Home) -> Sequence[Block]:
    labels = {
        Private.THANKS: _("When colleagues thank you, or act on a story of yours"),
        Private.REMINDERS: _("On the day of something you said you would do"),
        Private.LEADING: _("Of the top three you own, and when nobody asked customers why"),
        Private.ENDINGS: _("When something came of a story that you reacted to"),
        Private.RENEWALS: _("Before an account of yours renews"),
        Private.LESSONS: _("When three minutes of a lesson would help"),
    }
    options = {kind: blocks.option(label, kind.value) for kind, label in labels.items()}
    checkboxes: Block = {
        "type": "checkboxes",
        "action_id": ids.HOME_TELL_ME,
        "options": list(options.values()),
    }
    wanted = [option for kind, option in options.items() if wants(home.settings, kind)]
    checkboxes |= {"initial_options": wanted} if wanted else {}
    return [blocks.header(_("What I tell you in private")), blocks.actions(checkboxes, block_id="tell_me")]


def _help(*, admin: bool) -> Sequence[Block]:
    row = [
        blocks.button(_("The rota"), rota_ids.ROTA_OPEN),
        objective.home_button(),
        lessons.home_button(),
        blocks.button(_("Customers on stage"), stage_ids.STAGE_WINDOW),
        blocks.button(_("How Firsthand works"), ids.HOME_HELP),
        blocks.button(_("Show me what you hold about me"), ids.HOME_HELD),
        blocks.button(_("Erase me"), ids.HOME_ERASE_ME, confirm=_erase_me()),
    ]
    if admin:
        row.append(blocks.button(_("Who does what"), ids.HOME_PEOPLE))
        row.append(blocks.button(_("What holds for everybody"), ids.HOME_WORKSPACE))
    return [blocks.divider(), blocks.actions(*row, block_id="help")]


def _erase_me() -> Block:
    return blocks.confirm(
        _("Ask to be erased?"),
        _(
            "Those who look after privacy here are asked. Your drafts, settings and private messages go; "
            "stories you published stay, as a former colleague’s."
        ),
        _("Ask them"),
        _("Not now"),
    )


def _guest() -> Sequence[Block]:
    return [blocks.header(_("Hear your customers, first-hand")), blocks.section(_part("guest"))]


def _part(part: str, /, **values: object) -> str:
    return prose_part("home.j2", part, **values)
