"""What the rota says: valid for Slack whatever stands in it, escaped, and never more than may be seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.messages import rota, rota_forms, rota_guide, rota_notes
from bot.messages.rota import Coming
from bot.messages.rota_guide import Guide, Question
from bot.messages.rota_notes import About
from stories.interviews import How
from stories.nps.counts import Counts
from stories.nps.periods import Period, Unit
from stories.rota.hours import Party
from stories.rota.people import Member
from stories.rota.talks import Kind, State, Step, Talk
from stories.story import Telling
from tests.blockkit import assert_valid
from tests.conftest import NOW

LONDON, TOKYO = Party("Europe/London", "GB"), Party("Asia/Tokyo", "JP")
NASTY = "<!channel> *bold* & <@U1> " * 3
TALK = Talk(
    id=7,
    user_id="U1",
    customer_id=3,
    state=State.INVITED,
    starts_at=datetime(2026, 11, 24, 9, 30, tzinfo=UTC),
    draft_id=5,
    created_at=NOW,
)
ABOUT = About(
    talk=TALK,
    ours=LONDON,
    theirs=TOKYO,
    name="Nia Prothero",
    company="Cardiff Clinics",
    segment="clinics",
    again="8 December 2026",
)
TELLING = Telling(
    story_id=1,
    author_id="U2",
    who="Nia Prothero",
    named=True,
    company="Cardiff Clinics",
    segment="clinics",
    talked_on=date(2026, 3, 12),
    how=How.CALL,
    title="Paper on every ward",
    trying_to="",
    happened="",
    meaning="",
    quotes=("Paper never asks me to log in.",),
    themes=(),
)
GUIDE = Guide(
    about=replace(ABOUT, talk=replace(TALK, state=State.ACCEPTED)),
    spoken=("en", "cy"),
    earlier=(TELLING,),
    kept=1,
    promises=(("Send her the new consent form", date(2026, 4, 1)), ("Ring her when printing works", None)),
    like="clinics",
    nps=tuple(
        (Period(first=date(2026, month, 1), last=date(2026, month + 2, 28), unit=Unit.QUARTER), counts)
        for month, counts in (
            (1, Counts(promoters=30, passives=20, detractors=10)),
            (4, Counts(promoters=20, passives=20, detractors=25)),
            (7, Counts(promoters=40, passives=10, detractors=10)),
        )
    ),
    questions=(
        Question(words="What would make the night shift easier?", why="A colleague would like to know."),
        Question(
            words="How do you deal with “logging in” today? Tell me about the last time.",
            why="One of our top three.",
        ),
        Question(
            words="What were you trying to get done the last time you used us?",
            why="It leads to what they need.",
        ),
    ),
)
MEMBER = Member(user_id="U1", party=LONDON, languages=("en", "cy"), part="Support", joined_at=NOW)
LEAD = replace(ABOUT, talk=replace(TALK, partner_id="U3"))
ALONG = replace(
    ABOUT,
    name="",
    company="",
    talk=replace(TALK, kind=Kind.LISTENING, with_talk_id=1, customer_id=None),
    host="U2",
)


def ended(state: State, **more: Any) -> dict[str, Any]:
    return rota_notes.invitation(replace(ABOUT, talk=replace(TALK, state=state, **more)), "/firsthand")


def accepted(about: About = ABOUT) -> About:
    return replace(about, talk=replace(about.talk, state=State.ACCEPTED))


MESSAGES: dict[str, dict[str, Any]] = {
    "invitation": rota_notes.invitation(ABOUT, "/firsthand"),
    "invitation_pair": rota_notes.invitation(LEAD, "/firsthand"),
    "invitation_along": rota_notes.invitation(ALONG, "/firsthand"),
    "accepted": rota_notes.invitation(accepted(), "/firsthand"),
    "accepted_along": rota_notes.invitation(accepted(ALONG), "/firsthand"),
    "not_me": ended(State.NOT_ME),
    "later": ended(State.LATER),
    "paused": ended(State.PAUSED),
    "unanswered": ended(State.UNANSWERED),
    "called_off": ended(State.CALLED_OFF),
    "missed": ended(State.MISSED),
    "done": ended(State.DONE, on_day=date(2026, 11, 24)),
    "gone": rota_notes.gone(),
    "day_before": rota_notes.reminder(accepted(), Step.DAY_BEFORE),
    "write_up": rota_notes.reminder(accepted(), Step.WRITE_UP),
    "write_up_again": rota_notes.reminder(accepted(), Step.WRITE_UP_AGAIN),
    "along_before": rota_notes.reminder(accepted(ALONG), Step.DAY_BEFORE),
    "along_after": rota_notes.reminder(accepted(ALONG), Step.WRITE_UP),
    "guide": rota_guide.guide_note(GUIDE),
    "guide_first": rota_guide.guide_note(replace(GUIDE, earlier=(), kept=0, promises=(), nps=())),
    "guide_kept": rota_guide.guide_note(replace(GUIDE, earlier=(), kept=2, promises=(), nps=(), like="")),
    "off": rota.switched_off(),
}
MODALS: dict[str, dict[str, Any]] = {
    "join": rota.rota_modal(replace(MEMBER, joined_at=None, part=""), of_part=6),
    "standing": rota.rota_modal(
        MEMBER,
        of_part=8,
        coming=[Coming(talk=TALK, ours=LONDON, name="Nia Prothero", company="Cardiff Clinics")],
        talks=4,
    ),
    "pausing": rota.rota_modal(replace(MEMBER, paused_at=NOW), of_part=8, talks=1),
    "part": rota.part_modal(["Payments", "Support"], {"Support": 4}),
    "reach": rota_forms.reach_modal(
        accepted(),
        "nia@clinics.example",
        rota_forms.message_to(
            ABOUT, sender="Ana Lima", first_name="Nia", time_there="Tuesday 24 November, 18:30"
        ),
    ),
    "later_modal": rota_forms.later_modal(ABOUT, NOW + timedelta(days=9)),
    "listened": rota_forms.short_modal(Kind.LISTENING, NOW.date()),
    "helped": rota_forms.short_modal(Kind.HELPING, NOW.date()),
    "propose": rota_forms.propose_modal(),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_is_one_that_slack_takes(name: str) -> None:
    assert_valid(MESSAGES[name], "message")


@pytest.mark.parametrize("name", MODALS)
def test_every_window_is_one_that_slack_takes(name: str) -> None:
    assert_valid(MODALS[name], "modal")


def test_what_people_wrote_is_escaped_wherever_it_stands() -> None:
    nasty = replace(ABOUT, name=NASTY, company=NASTY, segment=NASTY)
    guide = replace(
        GUIDE,
        about=replace(nasty, talk=GUIDE.about.talk),
        like=NASTY,
        promises=((NASTY, None),),
        earlier=(replace(TELLING, title=NASTY),),
        questions=(Question(words=NASTY, why=NASTY),),
    )
    for payload in (rota_notes.invitation(nasty, "/firsthand"), rota_guide.guide_note(guide)):
        assert_valid(payload, "message")
        marked = [block for block in payload["blocks"] if block["type"] in ("section", "context")]
        assert "<!channel>" not in str(marked)
    heading = rota_guide.guide_note(guide)["blocks"][0]["text"]["text"]
    assert NASTY[:20] in heading, "a heading is shown as it is written"
    assert_valid(rota_forms.reach_modal(nasty, NASTY, NASTY), "modal")


def test_an_ended_invitation_names_nobody_and_both_clocks_are_told_apart() -> None:
    for name in ("not_me", "later", "paused", "unanswered", "called_off", "missed", "done", "gone"):
        assert "Nia" not in str(MESSAGES[name])
    assert "Tuesday 24 November, 09:30 (18:30 where they are)" in MESSAGES["invitation"]["text"]
    assert "−8" in str(MESSAGES["guide"])
