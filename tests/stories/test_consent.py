"""What a customer agreed to, in whatever order they said it."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from stories.consent import SHARING_LEVELS, Consent, Purpose, permits, sharing
from tests.conftest import NOW

DAY = timedelta(days=1)


def said(
    purpose: Purpose,
    day: int = 0,
    *,
    interview: int | None = 1,
    granted: bool = True,
    until: int | None = None,
) -> Consent:
    at = NOW + day * DAY
    end = None if until is None else NOW + until * DAY
    return Consent(
        customer_id=1, interview_id=interview, purpose=purpose, granted=granted, recorded_by="U1",
        recorded_at=at, valid_from=at, valid_until=end,
    )  # fmt: skip


def level(*records: Consent, day: int = 9, interview: int = 1) -> Purpose:
    return sharing(records, interview, NOW + day * DAY)


def test_nothing_said_means_not_shared() -> None:
    assert level() is Purpose.NOT_SHARED
    assert level(said(Purpose.WITH_NAME, interview=2)) is Purpose.NOT_SHARED
    assert level(said(Purpose.WITH_NAME, interview=None)) is Purpose.NOT_SHARED


def test_the_newest_word_about_a_conversation_decides() -> None:
    assert level(said(Purpose.WITHOUT_NAME), said(Purpose.WITH_NAME, 1)) is Purpose.WITH_NAME
    assert level(said(Purpose.WITH_NAME), said(Purpose.WITHOUT_NAME, 1)) is Purpose.WITHOUT_NAME
    assert level(said(Purpose.WITH_NAME), said(Purpose.WITHOUT_NAME)) is Purpose.WITHOUT_NAME


def test_a_later_word_about_everything_narrows_and_never_widens() -> None:
    everything = said(Purpose.NOT_SHARED, 2, interview=None)
    assert level(said(Purpose.WITH_NAME), everything) is Purpose.NOT_SHARED
    assert level(said(Purpose.WITH_NAME), everything, said(Purpose.WITH_NAME, 3)) is Purpose.WITH_NAME
    assert (
        level(said(Purpose.WITHOUT_NAME), said(Purpose.WITH_NAME, 2, interview=None)) is Purpose.WITHOUT_NAME
    )


def test_consent_runs_out_and_does_not_fall_back_to_what_was_before() -> None:
    records = (said(Purpose.WITHOUT_NAME), said(Purpose.WITH_NAME, 1, until=5))
    assert level(*records, day=4) is Purpose.WITH_NAME
    assert level(*records, day=5) is Purpose.NOT_SHARED


def test_a_purpose_taken_back_is_not_permitted() -> None:
    yes, no = (
        said(Purpose.QUOTED_BY_AVATAR, interview=None),
        said(Purpose.QUOTED_BY_AVATAR, 2, interview=None, granted=False),
    )
    assert permits((yes,), Purpose.QUOTED_BY_AVATAR, NOW + DAY)
    assert not permits((yes, no), Purpose.QUOTED_BY_AVATAR, NOW + 3 * DAY)
    assert not permits((yes,), Purpose.CONTACTED_AGAIN, NOW + DAY)


RECORDS = st.lists(
    st.builds(
        said,
        st.sampled_from(SHARING_LEVELS),
        st.integers(0, 8),
        interview=st.sampled_from([None, 1, 2]),
        granted=st.booleans(),
        until=st.none() | st.integers(0, 12),
    ),
    max_size=8,
)


@given(RECORDS)
def test_saying_no_about_everything_always_ends_it(records: list[Consent]) -> None:
    no = said(Purpose.NOT_SHARED, 9, interview=None)
    assert sharing([*records, no], 1, NOW + 10 * DAY) is Purpose.NOT_SHARED


@given(RECORDS, st.integers(0, 12))
def test_what_was_said_of_another_conversation_widens_nothing(records: list[Consent], day: int) -> None:
    own = [record for record in records if record.interview_id != 2]
    at = NOW + day * DAY
    assert SHARING_LEVELS.index(sharing(records, 1, at)) <= SHARING_LEVELS.index(sharing(own, 1, at))
