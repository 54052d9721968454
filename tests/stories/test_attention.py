"""The rule of the budget: what goes, what rides along, what waits and what is left out."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from stories.attention import (
    ASKED,
    DIGEST,
    IN_CHANNELS,
    IN_PRIVATE,
    MOST_RIDERS,
    PRESSING,
    UNASKED,
    Candidate,
    Fate,
    Hours,
    Kind,
    NoRoom,
    Reason,
    Verdict,
    decide,
)
from stories.attention_hours import channel_hours, person_hours
from stories.schedule import DigestTimes

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
OPEN = Hours(window="day:2026-11-16", most=1, opens=MONDAY, next_opens=MONDAY + timedelta(days=1))
THREE = replace(OPEN, most=3, kept=1, next_opens=MONDAY + timedelta(days=7))
LONDON = DigestTimes(days=frozenset(range(5)), at=time(9), time_zone="Europe/London", country="GB")

candidates = st.lists(
    st.builds(
        lambda kind, waited, left: (kind, MONDAY - timedelta(hours=waited), MONDAY + timedelta(hours=left)),
        st.sampled_from(sorted(UNASKED)),
        st.integers(0, 200),
        st.integers(-20, 300),
    ),
    max_size=8,
).map(
    lambda drawn: [
        Candidate(key=key, kind=UNASKED[kind], since=since, fresh_until=until)
        for key, (kind, since, until) in enumerate(drawn, 1)
    ]
)
hours = st.builds(
    lambda most, kept, opens, later: Hours(
        window="w",
        most=most,
        kept=min(kept, most - 1),
        opens=MONDAY + timedelta(hours=opens),
        next_opens=MONDAY + timedelta(hours=max(opens, 0) + later),
    ),
    st.integers(1, 3),
    st.integers(0, 1),
    st.integers(-10, 10),
    st.integers(1, 170),
)


def one(name: str, key: int = 1, *, waited: int = 0, fresh: int = 100) -> Candidate:
    return Candidate(
        key=key,
        kind=UNASKED[name],
        since=MONDAY - timedelta(hours=waited),
        fresh_until=MONDAY + timedelta(hours=fresh),
    )


def fates(*wanting: Candidate, at: Hours = OPEN, used: int = 0) -> list[Fate]:
    verdicts = decide(wanting, at, used=used, now=MONDAY)
    return [verdicts[each.key].fate for each in wanting]


@settings(max_examples=50)
@given(candidates, hours, st.integers(0, 3))
def test_whatever_wants_to_go_the_budget_holds_and_each_hears_why(
    wanting: list[Candidate], at: Hours, used: int
) -> None:
    verdicts = decide(wanting, at, used=used, now=MONDAY)
    going = [each for each in wanting if verdicts[each.key].fate is Fate.GO]
    assert set(verdicts) == {each.key for each in wanting}
    assert len(going) <= max(0, at.most - used)
    assert not going or at.opens <= MONDAY
    for each in wanting:
        verdict = verdicts[each.key]
        assert isinstance(verdict.reason, Reason)
        if verdict.fate in {Fate.GO, Fate.MERGE}:
            assert each.fresh_until > MONDAY
        if verdict.fate is Fate.WAIT:
            assert verdict.until is not None
            assert MONDAY < verdict.until < each.fresh_until
        if verdict.fate is Fate.MERGE:
            assert verdicts[verdict.joins or 0].fate is Fate.GO
        if each.fresh_until > MONDAY and verdict.fate is Fate.LAPSE and verdict.reason is Reason.FULL:
            assert each.kind.no_room is NoRoom.LAPSE


@settings(max_examples=50)
@given(candidates, hours, st.integers(0, 2))
def test_the_highest_rank_wins(wanting: list[Candidate], at: Hours, used: int) -> None:
    fresh = [each for each in wanting if each.fresh_until > MONDAY]
    verdicts = decide(fresh, at, used=used, now=MONDAY)
    going = [each for each in fresh if verdicts[each.key].fate is Fate.GO]
    digest_waits = any(each.kind.name == DIGEST for each in fresh)
    for went in going:
        riders = [each for each in fresh if verdicts[each.key].joins == went.key]
        carried = max([went.kind.rank, *(each.kind.rank for each in riders)])
        if went.kind.patience is not None and MONDAY - went.since >= went.kind.patience:
            carried = max(carried, UNASKED[DIGEST].rank + 1)
        for each in fresh:
            merges = digest_waits and each.kind.no_room is NoRoom.MERGE
            if not merges and each.kind.name != DIGEST:
                # What another of its kind gathers is told as well.
                told = verdicts[each.key].fate in {Fate.GO, Fate.MERGE}
                assert told or each.kind.rank <= carried


def test_a_digest_takes_along_what_can_ride_and_no_more_than_three() -> None:
    movements = [one("nps_movement", key) for key in range(2, 7)]
    verdicts = decide([one(DIGEST), *movements], OPEN, used=0, now=MONDAY)
    assert verdicts[1].fate is Fate.GO
    assert Counter(verdict.fate for verdict in verdicts.values()) == {
        Fate.GO: 1,
        Fate.MERGE: MOST_RIDERS,
        Fate.WAIT: 2,
    }


def test_an_episode_goes_before_a_digest_which_then_leaves_its_stories_for_the_next() -> None:
    assert fates(one(DIGEST, 1), one("episode", 2)) == [Fate.LAPSE, Fate.GO]


def test_a_movement_lifts_the_digest_that_carries_it_over_an_episode() -> None:
    wanting = (one(DIGEST, 1), one("episode", 2), one("nps_movement", 3))
    assert fates(*wanting) == [Fate.GO, Fate.WAIT, Fate.MERGE]


def test_what_has_nothing_to_do_with_a_digest_goes_alone_before_or_after_it() -> None:
    movement, line = one("nps_movement", 2), one("avatar_line", 2)
    assert fates(one(DIGEST, 1), replace(movement, rides=False)) == [Fate.LAPSE, Fate.GO]
    assert fates(one(DIGEST, 1), replace(line, rides=False)) == [Fate.GO, Fate.WAIT]
    patient = replace(line, rides=False, since=MONDAY - timedelta(days=2))
    assert fates(one(DIGEST, 1), patient) == [Fate.LAPSE, Fate.GO]


def test_without_a_digest_the_highest_rank_has_the_day() -> None:
    assert fates(one("avatar_line", 1), one("nps_movement", 2)) == [Fate.WAIT, Fate.GO]


def test_of_equals_the_one_that_waited_longest_goes() -> None:
    assert fates(one("episode", 1, waited=1), one("episode", 2, waited=5)) == [Fate.WAIT, Fate.GO]


def test_the_last_place_of_a_persons_week_is_kept_for_what_presses() -> None:
    assert fates(one("thanks", fresh=200), at=THREE, used=2) == [Fate.WAIT]
    assert fates(one("reminder"), at=THREE, used=2) == [Fate.GO]
    assert fates(one("reminder"), at=THREE, used=3) == [Fate.LAPSE]


def test_several_notes_of_thanks_become_one() -> None:
    wanting = (one("thanks", 1, waited=30), one("thanks", 2, waited=3), one("letter", 3))
    assert fates(*wanting, at=THREE) == [Fate.GO, Fate.MERGE, Fate.GO]


def test_what_is_no_news_by_then_does_not_wait() -> None:
    verdicts = decide([one("episode", fresh=20)], OPEN, used=1, now=MONDAY)
    assert verdicts[1] == Verdict(fate=Fate.LAPSE, reason=Reason.TOO_LATE)


def test_nothing_stale_goes() -> None:
    verdicts = decide([one("stopped", fresh=0)], THREE, used=0, now=MONDAY)
    assert verdicts[1] == Verdict(fate=Fate.LAPSE, reason=Reason.STALE)


def test_every_kind_is_listed_once_with_a_rank_of_its_own_in_its_place() -> None:
    for kinds in (IN_CHANNELS, IN_PRIVATE):
        ranks = [kind.rank for kind in kinds]
        assert ranks == sorted(set(ranks), reverse=True)
    assert len(UNASKED) == len(IN_CHANNELS) + len(IN_PRIVATE)
    assert not ASKED & set(UNASKED)


def test_a_year_of_decisions_in_every_kind_keeps_the_budget() -> None:
    """One channel and one person, looked at every four hours, with a wish every eight or so."""
    rng, now, key = random.Random(5), datetime(2026, 1, 1, tzinfo=UTC), 0
    places = {"channel": IN_CHANNELS, "person": IN_PRIVATE}
    waiting: dict[str, dict[int, tuple[Candidate, datetime]]] = {"channel": {}, "person": {}}
    went: Counter[str] = Counter()
    ends: Counter[Fate] = Counter()
    while now.year == 2026:
        for place, kinds in places.items():
            if rng.random() < 0.5:
                key += 1
                wish = wishes(rng, kinds, key, now)
                waiting[place][key] = (wish, now)
            hours_now = (
                channel_hours(LONDON, now) if place == "channel" else person_hours("Asia/Kolkata", now)
            )
            due = [each for each, _at in waiting[place].values()]
            window = f"{place} {hours_now.window}"
            verdicts = decide(due, hours_now, used=went[window], now=now)
            for each in due:
                verdict = verdicts[each.key]
                if verdict.fate is Fate.WAIT:
                    continue
                del waiting[place][each.key]
                ends[verdict.fate] += 1
                went[window] += verdict.fate is Fate.GO
        now += timedelta(hours=4)
    assert all(went[window] <= (1 if window.startswith("channel") else 3) for window in went)
    assert sum(window.startswith("channel") and went[window] == 1 for window in went) > 200
    assert all(ends[fate] > 10 for fate in (Fate.GO, Fate.MERGE, Fate.LAPSE))


def wishes(rng: random.Random, kinds: tuple[Kind, ...], key: int, now: datetime) -> Candidate:
    kind = rng.choice(kinds)
    return Candidate(key=key, kind=kind, since=now, fresh_until=now + kind.fresh_for)


def test_what_presses_ranks_above_all_else() -> None:
    pressing = {kind.name for kind in IN_PRIVATE if kind.rank >= PRESSING}
    assert pressing == {"stopped", "reminder", "talk_due", "rota_reminder"}


def test_a_letter_lets_digests_go_first_for_three_days_and_then_takes_the_day_of_one() -> None:
    digest, letter = one(DIGEST), one("part_letter", 2, waited=71, fresh=200)
    assert fates(digest, letter) == [Fate.GO, Fate.WAIT]
    patient = replace(letter, since=letter.since - timedelta(hours=1))
    assert fates(digest, patient) == [Fate.LAPSE, Fate.GO]
    assert fates(digest, patient, one("nps_movement", 3)) == [Fate.GO, Fate.WAIT, Fate.MERGE]
    assert fates(digest, patient, used=1) == [Fate.LAPSE, Fate.WAIT], "the ceiling stays"
