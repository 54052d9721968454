"""What most want to know reaches whoever talks with that customer next, and the answer comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk import Desk
from bot.messages.interview_frame import Place
from bot.messages.interview_who import who_view
from bot.rota.questions import worth_asking
from bot.series import rounds, voting
from storage import posted, series_questions
from storage.series_questions import QuestionState
from stories.errors import UserError
from stories.forms import Form, Step
from tests.blockkit import assert_valid
from tests.bot.series.season import AUTHOR, CHANNEL, FIRST, SECOND, opened, published, stands, told
from tests.conftest import NOW, WORKSPACE, SetClock

OVENS, TRUST = "Is she done before the bread is in the oven now?", "What would make her trust the form?"


async def test_a_vote_is_one_each_and_what_won_is_asked_next_and_answered(
    desk: Desk, clock: SetClock
) -> None:
    marta = await told(desk.database, FIRST)
    await opened(desk, marta)
    episode_id = await published(desk, OVENS, TRUST, OVENS)
    async with desk.database.begin() as session:
        ovens, trust = await series_questions.questions(session, WORKSPACE, episode_id)
        for user, question in (("U1", ovens), ("U2", trust), ("U1", trust)):
            said = await voting.vote(session, WORKSPACE, question.id, user, place=CHANNEL, now=desk.now())
        assert TRUST in said
        await voting.suggest(
            session, WORKSPACE, episode_id, "And the children?", by="U3", place=CHANNEL, now=desk.now()
        )
        counted = await series_questions.questions(session, WORKSPACE, episode_id)
        assert [(one.words, one.votes) for one in counted][:2] == [(OVENS, 0), (TRUST, 2)]
        with pytest.raises(UserError, match="at most 200"):
            await voting.suggest(
                session, WORKSPACE, episode_id, "x" * 201, by="U3", place=CHANNEL, now=desk.now()
            )
    await _is_asked_and_answered(desk, clock, marta, episode_id, trust.id)


async def _is_asked_and_answered(
    desk: Desk, clock: SetClock, marta: int, episode_id: int, trust: int
) -> None:
    clock.advance(rounds.VOTES_FOR)
    await rounds.look(desk, WORKSPACE)
    assert OVENS not in str(await stands(desk, episode_id))
    async with desk.database.begin() as session:
        with pytest.raises(UserError, match="over"):
            await voting.vote(session, WORKSPACE, trust, "U9", place=CHANNEL, now=desk.now())
        first, *_others = await worth_asking(session, WORKSPACE, "", NOW.date(), customer_id=marta)
    assert first.words == TRUST
    assert "series" not in first.why
    clock.advance(timedelta(days=1))
    await told(desk.database, replace(SECOND, talked_on="2026-11-23"), customer_id=marta, at=desk.now())
    assert await voting.ask_for_answers(desk, WORKSPACE) == 1
    assert await voting.ask_for_answers(desk, WORKSPACE) == 0
    async with desk.database.begin() as session:
        (note,) = await posted.notes_about(session, WORKSPACE, [AUTHOR], "notice", f"{voting.ASKED}:{trust}")
        says = await posted.says(session, WORKSPACE, note.id)
        assert says is not None
        assert_valid(says, "message")
        interview = int(note.slot_key.split(":")[2])
        await voting.settle(session, WORKSPACE, trust, interview, answered=True, by=AUTHOR, now=desk.now())
        (one,) = await series_questions.of_customers(session, WORKSPACE, (marta,))
    assert (one.state, one.answered_in) == (QuestionState.ANSWERED, interview)


def test_whoever_writes_a_conversation_up_sees_what_was_voted_for() -> None:
    form = Form(customer_id=3, name="Marta Ortega")
    view = who_view(Place(draft_id=1, step=Step.WHO), form, today=NOW.date(), asked=(TRUST,))
    assert_valid(view, "modal")
    assert TRUST in str(view)
