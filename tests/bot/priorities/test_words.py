"""Windows and posts of the top three: within Slack's rules, whatever people and customers wrote."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.messages import priorities as windows
from bot.messages import priorities_candidates as candidates
from bot.messages import priorities_posts as posts
from bot.messages.priorities_choosing import choose_view
from bot.priorities.measured import Standing
from bot.search_seeing import Comment, Result
from bot.theme_voices import Voice as Words
from stories.nps.counts import Counts
from stories.nps.periods import Period
from stories.priorities.evidence import Voice, candidate, ranked
from stories.priorities.priority import Happening, Note, Priority, State
from tests.blockkit import assert_valid
from tests.bot.home.test_home_blocks import NASTY, telling
from tests.conftest import NOW

QUARTER = Period(first=date(2026, 10, 1), last=date(2026, 12, 31))
SAID = (
    Words(text_id=1, words=NASTY, of=Result(telling=telling(1))),
    Words(
        text_id=2, words=NASTY, of=Result(comment=Comment(source=NASTY, score=3, day=NOW.date(), words=NASTY))
    ),
)


def one(state: State = State.STANDING) -> Priority:
    said = Note(what=Happening.PROGRESS, by="U1", at=NOW, words=NASTY[:500])
    return Priority(
        id=1,
        place=1,
        theme_id=1,
        name=NASTY[:60],
        quarter=QUARTER.first,
        last_day=QUARTER.last,
        owner_id="U1",
        done_means=NASTY[:300],
        segment=((NASTY[:40], NASTY[:40]),),
        start=Counts(promoters=5, passives=5, detractors=5),
        chosen_by="U2",
        chosen_on=NOW.date(),
        state=state,
        latest=said,
    )


STANDS = Standing(priority=one(), since=Counts(promoters=9, detractors=1))


def harmless(block_kit: dict[str, object], surface: str) -> None:
    assert_valid(block_kit, surface)
    blocks = block_kit["blocks"]
    assert isinstance(blocks, list)
    told = [block for block in blocks if block["type"] in ("section", "context")]
    assert "<!channel>" not in str(told)
    assert "<@U1> *" not in str(told), "a mention that a customer typed"


def test_nothing_that_was_typed_is_obeyed_in_a_window() -> None:
    voices = [Voice(speaker=n, score=n % 11, segments=(NASTY[:60],), talk=True) for n in range(9)]
    some = ranked(candidate(n, NASTY[:60], voices[: n % 9], 60, n % 5) for n in range(14))
    spoken = [candidates.Spoken(candidate=c, voices=SAID, worth={NASTY[:9]: Decimal(5)}) for c in some]
    for editor in (True, False):
        view = candidates.candidates_view(spoken, 60, QUARTER, editor=editor, command="/stories")
        harmless(view, "modal")
    segments = [(("plan", f"{NASTY[:20]}{number}"),) for number in range(140)]
    quarters = (QUARTER, Period(first=date(2027, 1, 1), last=date(2027, 3, 31)))
    harmless(choose_view(1, NASTY[:60], quarters, [one()] * 6, [(), *segments], full=True), "modal")
    kanji = choose_view(1, "x", quarters, [], [(("業種", "金融" * 20),)], full=False)
    assert "金融" * 20 in str(kanji), "a kind of customers in any script can be chosen"
    late = [one(), one()]
    harmless(windows.window([STANDS] * 3, late, QUARTER, viewer="U1", editor=True), "modal")
    harmless(windows.window([], [], QUARTER, viewer="U1", editor=False), "modal")
    note = Note(what=Happening.DROPPED, by="U1", at=NOW, words=NASTY[:500])
    harmless(windows.log_window([(one(), note)] * 90), "modal")
    for view in (posts.tell_view(one()), posts.end_view(one()), posts.drop_view(one())):
        harmless(view, "modal")


def test_nothing_that_was_typed_is_obeyed_in_a_post() -> None:
    for state in State:
        harmless(posts.announcement(one(state), SAID, "/firsthand"), "message")
    harmless(posts.question(STANDS, "/stories"), "message")
    harmless(posts.ending(Standing(priority=one(), since=None), "/stories"), "message")
    contact = posts.Contact(who=NASTY[:80], author_id="U1", interview_id=1)
    harmless(posts.nobody_asked("Head", "Why", candidates.why(NASTY[:60]), [contact] * 3), "message")
    harmless(posts.nobody_asked("Head", "Why", "Ask", []), "message")
