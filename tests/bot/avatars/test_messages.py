"""What an avatar's messages and forms look like to Slack, with words that try to be more than words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.avatars.sayings import Saying
from bot.messages import avatar, milestones, why, why_forms
from bot.messages.why_wishes import Wishes
from storage.project_pins import Pin
from stories.avatars.evidence import quote
from stories.avatars.milestones import Kind, span
from stories.avatars.project import (
    MOST_REASONS,
    Change,
    Face,
    FoundingReason,
    Manner,
    Project,
    ProjectState,
    Rhythm,
)
from stories.nps.change import compare
from stories.nps.counts import Counts
from tests.blockkit import assert_valid
from tests.conftest import NOW

NASTY = "<!channel> & *bold* <@U1>"
SAID = {
    quote(at): Saying(
        ref=quote(at),
        story_id=at,
        customer_id=at,
        words=f"{NASTY} {at} " + "word " * 150,
        kind_of_customer=NASTY,
        talked_on=date(2026, 11, 3),
        told_at=NOW,
    )
    for at in range(1, 4)
}
REASONS = tuple(
    FoundingReason(
        id=at,
        words=(NASTY * 20)[:300],
        position=at,
        evidence=tuple(SAID),
        added_by="U1",
        added_at=NOW,
    )
    for at in range(1, MOST_REASONS + 1)
)
PROJECT = Project(
    id=7,
    channel_id="C1",
    name=NASTY,
    goal=(NASTY * 20)[:300],
    segment=NASTY,
    owner_id="U1",
    face=Face(name="Maya", emoji=":bread:"),
    rhythm=Rhythm.WEEKLY,
    state=ProjectState.ACTIVE,
    reasons=REASONS,
    pinned=True,
    listens_since=None,
    next_at=NOW,
    outcome=NASTY,
    ended_at=None,
    created_at=NOW,
)
PICTURED = replace(PROJECT, face=replace(PROJECT.face, picture="abc.png"))
CHANGES = [Change(what="reason_changed", words=NASTY * 20, why=NASTY * 20, by="U1", at=NOW)] * 8


@pytest.mark.parametrize("manner", list(Manner))
@pytest.mark.parametrize("new", [True, False])
def test_a_line_fits_and_obeys_nobody(manner: Manner, new: bool) -> None:
    project = replace(PROJECT, face=replace(PROJECT.face, manner=manner))
    body = avatar.line(project, REASONS[0], SAID[quote(1)], new=new)
    payload = avatar.as_avatar(project, avatar.line_text(project, REASONS[0], SAID[quote(1)]), body)
    assert_valid(payload, "message")
    assert "<!channel>" not in payload["text"]
    assert "<!channel>" not in body[0]["text"]["text"]
    assert SAID[quote(1)].words.split()[1] in str(body[1]), "the quote stands as it was said"


def test_every_message_and_form_fits_at_its_fullest() -> None:
    for payload in (
        why.message(PROJECT, SAID, Pin()),
        why.message(PROJECT, {}, Pin(wanted=True, trouble=NASTY)),
        why.message(PROJECT, {}, Pin(wanted=True, trouble="missing_scope")),
        why.message(PROJECT, {}, Pin(wanted=True)),
        why.outcome(PROJECT, SAID),
        avatar.answer(PROJECT, NASTY * 50, list(SAID.values())),
        avatar.nobody_said(NASTY * 50, can_search_meaning=False),
    ):
        assert_valid(payload, "message")
        assert "<!channel>" not in payload["text"]
    for view in (
        why.view(PROJECT, SAID, CHANGES, may_change=True, notice="Saved."),
        why.view(PROJECT, SAID, CHANGES, may_change=False),
        why_forms.project_view("C1", None, Wishes()),
        why_forms.project_view("C1", PROJECT, Wishes(pinned=True, pictures=True)),
        why_forms.project_view("C1", PICTURED, Wishes(pictures=True)),
        why_forms.reason_view(PROJECT, REASONS[0], list(SAID.values())),
        why_forms.done_view(PROJECT),
        why_forms.rhythm_view(PROJECT),
    ):
        assert_valid(view, "modal")


@pytest.mark.parametrize("manner", list(Manner))
def test_every_milestone_fits_at_its_fullest(manner: Manner) -> None:
    project = replace(PROJECT, face=replace(PROJECT.face, manner=manner))
    before, after = Counts(promoters=900, passives=10, detractors=90), Counts(promoters=20, detractors=980)
    around = span(date(2026, 11, 3), 26)
    sides = ((around.before, before), (around.after, after))
    said = dict(zip((reason.id for reason in REASONS), SAID.values(), strict=False))
    for kind in Kind:
        for weeks, can in (((4, 12), True), ((), True), ((), False)):
            payload = milestones.comment(
                project, kind, said, milestone_id=1, weeks=weeks, can_look_back=can, marked_by="U1"
            )
            assert_valid(payload, "message")
            assert "<!channel>" not in payload["text"]
        for known, change in ((sides, compare(before, after)), (None, None)):
            told = milestones.looked_back(
                project,
                kind,
                milestone_id=1,
                weeks=26,
                more=change is None,
                marked_on="3 November 2026",
                sides=known,
                change=change,
            )
            assert_valid(told, "message")
            assert ("Down 177 points: more than noise." in told["text"]) == (change is not None)
    assert_valid(milestones.mark_view("C1", "1.0", "1.0"), "modal")
