"""Every message and window about events is one that Slack takes, and obeys nothing that people wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.messages import remember, stage, stage_forms, stage_notes, stage_questions, stage_window
from bot.messages.stage_words import Shown
from stories.interviews import How
from stories.stage.events import Asked, Crowd, Event, Kind, Place, Question, State
from stories.stage.remembering import DayOf, Remembered
from stories.stage.times import Step, When
from stories.story import Ending, Reaction, Telling
from tests.blockkit import assert_valid

NAUGHTY = "*Marta* <!channel> & `four` @here"
EVENT = Event(
    id=3,
    host_id="U1",
    kind=Kind.TALK,
    title=NAUGHTY,
    about=NAUGHTY * 12,
    customer_id=1,
    when=When(wall=datetime(2027, 3, 28, 15), zone="Europe/Helsinki", minutes=60),  # noqa: DTZ001 a wall clock's
    place="https://meet.example/marta",
    seats=20,
    language="en",
    channels=("C1", "C2"),
)
SHOWN = Shown(event=EVENT, who=NAUGHTY, crowd=Crowd(going=12))
OVER = replace(
    SHOWN,
    event=replace(EVENT, state=State.OVER, recording="https://watch.example/a", seats=None),
    recording="https://watch.example/a",
    titles=((4, NAUGHTY),),
)
OFF = replace(SHOWN, event=replace(EVENT, state=State.CALLED_OFF))
GONE = replace(SHOWN, event=replace(EVENT, state=State.GONE), shown=False, who="")
QUESTIONS = tuple(
    Question(
        id=number, event_id=3, asker_id=f"U{number}", anonymous=number % 2 == 0, words=NAUGHTY, asked=asked
    )
    for number, asked in enumerate((*Asked, *[Asked.SHOWN] * 30, *[Asked.WAITING] * 30))
)
TELLING = Telling(
    story_id=4,
    author_id="U2",
    who=NAUGHTY,
    named=True,
    company=NAUGHTY,
    segment="",
    talked_on=date(2026, 11, 12),
    how=How.VIDEO,
    title=NAUGHTY,
    trying_to="",
    happened="",
    meaning="",
    quotes=(NAUGHTY,),
    themes=(),
    counts=dict.fromkeys(Reaction, 2),
)
ENDING = Ending(follow_up_id=1, words=NAUGHTY, by="U2", on=date(2027, 1, 5))
DAY = Remembered(id=1, of=DayOf.OURS, since=date(2019, 3, 28), words=NAUGHTY, added_by="U1")


def messages() -> list[dict[str, Any] | None]:
    made = [stage.announcement(one) for one in (SHOWN, replace(SHOWN, crowd=Crowd(going=20)), OVER, OFF)]
    made += [stage.hour(SHOWN, QUESTIONS[:5]), stage.hour(SHOWN, ())]
    for shown in (SHOWN, OVER, OFF, GONE):
        for place in Place:
            made += [stage_notes.ticket(shown, place), stage_notes.moved(shown, place)]
            made += [stage_notes.moved_up(shown, place)]
            made += [stage_notes.reminder(shown, step, place) for step in Step]
        made += [stage_notes.off(shown, host=True), stage_notes.afterwards(shown, first_name=NAUGHTY)]
        made += [stage_notes.questions_wait(shown, number) for number in (0, 1, 2)]
    thanked = replace(OVER, event=replace(OVER.event, thanked_at=datetime(2027, 3, 29, tzinfo=UTC)))
    made += [stage_notes.afterwards(thanked, first_name=""), stage_notes.forgotten()]
    return [
        *made,
        *(
            remember.post_of(NAUGHTY, DAY.since, years, TELLING, ENDING, command="/x")[0]
            for years in (0, 1, 8)
        ),
    ]


def windows() -> list[dict[str, Any]]:
    made = [stage_window.window([SHOWN] * 10, [OVER] * 5), stage_window.window([], [])]
    for shown in (SHOWN, OVER, GONE):
        for host in (True, False):
            made += [
                stage_window.event_view(shown, place, host=host, mine=host, over=shown is OVER)
                for place in Place
            ]
    made += [stage_forms.plan_modal(EVENT, customer=NAUGHTY * 3, agreed=True)]
    made += [stage_forms.plan_modal(EVENT, new=False), stage_forms.recording_modal(OVER)]
    made += [stage_window.invite_view([(TELLING, 1, 1), (replace(TELLING, named=False), None, 0)])]
    made += [stage_window.invite_view([])]
    made += [
        stage_questions.questions_modal(SHOWN, QUESTIONS, user_id=who, voted={2}, notice="Kept.")
        for who in ("U1", "U0", "U9")
    ]
    return [*made, remember.remember_modal([DAY] * 40, command="/firsthand")]


@pytest.mark.parametrize("surface", ["message", "modal"])
def test_slack_takes_it_and_obeys_nothing_in_it(surface: str) -> None:
    made = messages() if surface == "message" else windows()
    assert len(made) > 20
    for payload in made:
        assert payload is not None
        assert_valid(payload, surface)
        assert_tame(payload)


def assert_tame(node: Any) -> None:
    """No text that Slack reads as marks calls everybody."""
    if isinstance(node, list):
        for one in node:
            assert_tame(one)
    elif isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            assert "<!channel>" not in node["text"]
            assert "@here" not in node["text"]
        for one in node.values():
            assert_tame(one)


def test_what_may_not_be_named_is_nowhere_in_what_stands_there() -> None:
    assert stage.announcement(GONE) is None
    assert stage.hour(GONE, QUESTIONS) is None
    for place in Place:
        assert "Marta" not in str(stage_notes.ticket(GONE, place))
        assert "Marta" not in str(stage_window.event_view(GONE, place, host=True, mine=True, over=True))


def test_who_asked_without_a_name_is_in_no_window_not_even_the_hosts() -> None:
    secret = Question(id=1, event_id=3, asker_id="USECRET", anonymous=True, words="Why?", asked=Asked.WAITING)
    for asked in Asked:
        for reader in ("U1", "U2"):
            view = stage_questions.questions_modal(
                SHOWN, [replace(secret, asked=asked)], user_id=reader, voted=()
            )
            assert "USECRET" not in str(view)


def test_the_link_to_counted_seats_is_for_those_who_have_one() -> None:
    assert "meet.example" not in str(stage.announcement(SHOWN))
    assert "meet.example" not in str(stage_notes.ticket(SHOWN, Place.WAITING))
    assert "meet.example" in str(stage_notes.ticket(SHOWN, Place.GOING))
    assert "meet.example" in str(stage.announcement(replace(SHOWN, event=replace(EVENT, seats=None))))
