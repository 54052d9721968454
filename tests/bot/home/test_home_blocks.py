"""What App Home, its modals and its messages are made of: within Slack's rules, whatever people typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.home_values import Commands, DraftLine, Home, OwnStory, Task
from bot.messages import first_week, follow_up
from bot.messages.follow_up import Due
from bot.messages.home import help_view, home_view
from storage.wanted_talks import WantedTalk
from stories.consent import Purpose
from stories.customers import Customer
from stories.forms import Form
from stories.interviews import How, Interview, Quote
from stories.next_step import Do, FirstWeek, NextStep
from stories.story import Reaction, Story, StoryState, Telling, preview
from tests.blockkit import assert_valid

TODAY = date(2026, 11, 16)
COMMANDS = Commands(interview="/interview", stories="/stories", channel="/firsthand")
NASTY = "<!channel> & <@U1> *stars* `ticks` " + "long " * 200


def story(number: int, state: StoryState, words: str = NASTY) -> Story:
    at = datetime(2026, 11, 12, tzinfo=UTC)
    told = Interview(
        id=number,
        customer=Customer(id=1, name="Marta Ortega", alias="the baker"),
        author_id="U1",
        talked_on=TODAY,
        how=How.CALL,
        title=words,
        trying_to=words,
        happened=words,
        meaning=words,
        quotes=(Quote(id=1, text=words),),
        score=None,
        themes=(),
        promise=None,
        created_at=at,
    )
    counts = dict.fromkeys(Reaction, 12)
    return Story(id=number, interview=told, state=state, revision=1, published_at=at, counts=counts)


def telling(number: int) -> Telling:
    told = preview(story(number, StoryState.PUBLISHED), Purpose.WITH_NAME)
    assert told is not None
    return told


def own(number: int, state: StoryState) -> OwnStory:
    came = tuple((f"U{who}", NASTY[:300], who % 2 == 0) for who in range(8))
    return OwnStory(story=story(number, state), level=Purpose.WITHOUT_NAME, channels=7, came=came)


FULL = Home(
    user_id="U1",
    today=TODAY,
    step=NextStep(Do.KEEP_PROMISE, 1),
    first_week=FirstWeek(pilot="C1", notes=1),
    wanted=(
        WantedTalk(
            id=1,
            question=NASTY,
            segment=NASTY,
            asked_by="U2",
            owner_id="U1",
            due_on=TODAY,
            draft_id=1,
            created_at=datetime(2026, 11, 1, tzinfo=UTC),
        ),
    ),
    drafts=tuple(
        DraftLine(id=n, editing=False, form=Form(name=NASTY, title=NASTY), touched_on=TODAY) for n in range(3)
    ),
    stories=tuple(own(n, state) for n, state in enumerate([*StoryState, StoryState.PUBLISHED])),
    story_count=412,
    tasks=tuple(Task(id=n, what=NASTY[:300], due_on=TODAY, promised=True, about=NASTY) for n in range(5)),
    more_tasks=True,
    latest=tuple(telling(n) for n in range(3)),
    any_published=True,
    settings={"off": ["thanks", "reminders"]},
)


@pytest.mark.parametrize("do", list(Do))
def test_the_fullest_home_is_within_slacks_limits_whatever_the_next_step(do: Do) -> None:
    view = home_view(replace(FULL, step=NextStep(do, 1)), COMMANDS)
    assert len(view["blocks"]) <= 60
    assert_valid(view, "home")


@pytest.mark.parametrize(
    "home", [Home(user_id="U1", today=TODAY), Home(user_id="U1", today=TODAY, guest=True)]
)
def test_an_empty_home_is_one_that_slack_takes(home: Home) -> None:
    assert_valid(home_view(home, COMMANDS), "home")


def test_nothing_that_people_typed_pings_anybody() -> None:
    assert "<!channel>" not in str(
        [block for block in home_view(FULL, COMMANDS)["blocks"] if block["type"] != "rich_text"]
    )


def test_what_is_the_next_step_stands_in_no_list_again() -> None:
    view = home_view(replace(FULL, step=NextStep(Do.KEEP_PROMISE, 3)), COMMANDS)
    done = [block for block in view["blocks"] if "follow_up_done" in str(block) and "'3'" in str(block)]
    assert [block["type"] for block in done] == ["actions"]


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        (TODAY, "Today"),
        (date(2026, 11, 12), "Overdue since 12 November"),
        (date(2026, 12, 1), "By 1 December"),
        (None, "No day set"),
    ],
)
def test_a_task_says_how_late_it_is(due_on: date | None, said: str) -> None:
    task = Task(id=9, what="Call", due_on=due_on, promised=False, about="")
    assert said in str(home_view(Home(user_id="U1", today=TODAY, tasks=(task,)), COMMANDS))


@pytest.mark.parametrize(
    "view", [help_view(COMMANDS), first_week.channel_modal(), first_week.invite_modal("U1", "/interview")]
)
def test_its_modals_are_ones_that_slack_takes(view: dict[str, object]) -> None:
    assert_valid(view, "modal")


@pytest.mark.parametrize(
    "message",
    [
        first_week.invitation("U1", "/interview"),
        follow_up.reminder(Due(follow_up_id=1, what=NASTY, about=NASTY, promised=True)),
        follow_up.reminder(Due(follow_up_id=1, what=NASTY, about="", promised=False)),
        follow_up.done(what=NASTY, author_hears=True),
        follow_up.came_of_it(who="U1", title=NASTY, what=NASTY, story_id=1),
    ],
)
def test_its_messages_are_ones_that_slack_takes(message: dict[str, object]) -> None:
    assert_valid(message, "message")
    assert "<!channel>" not in str(message["text"])
