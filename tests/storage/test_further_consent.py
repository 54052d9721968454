"""What a customer agreed to beside sharing: kept with their words, and taken back by an edit."""

from __future__ import annotations

from dataclasses import replace

from storage import customers, interviews, stories
from storage.database import Database
from stories.consent import Purpose, permits, sharing
from stories.forms import Form, further_news
from tests.conftest import NOW, WORKSPACE
from tests.storage.test_submissions import PLAIN, drafted, sent, take

AGREED = replace(PLAIN, agreed=("quoted_by_avatar", "contacted_again"), consent_words="Sure, quote me.")


async def test_a_submission_keeps_the_further_purposes_too(either: Database) -> None:
    story_id = await take(either, sent(await drafted(either), AGREED))
    assert story_id is not None
    async with either.read() as session:
        story = await stories.get(session, WORKSPACE, story_id)
        assert story is not None
        whose = story.interview.customer.id
        records = (await customers.consents(session, WORKSPACE, [whose]))[whose]
    assert sharing(records, story.interview.id, NOW) is Purpose(PLAIN.sharing)
    assert [permits(records, purpose, NOW) for purpose in (Purpose.QUOTED_BY_AVATAR, Purpose.CONTACTED_AGAIN)]
    assert not permits(records, Purpose.FOLLOWED_IN_SERIES, NOW)
    further = [record for record in records if record.interview_id is None]
    assert [record.words for record in further] == ["Sure, quote me."] * 2

    back = replace(
        AGREED, customer_id=whose, agreed=("contacted_again",), agreed_before=AGREED.agreed, consent_words=""
    )
    async with either.begin() as session:
        await interviews.change(session, WORKSPACE, story.interview.id, back, by="U1", now=NOW)
        records = (await customers.consents(session, WORKSPACE, [whose]))[whose]
    assert not permits(records, Purpose.QUOTED_BY_AVATAR, NOW)
    assert permits(records, Purpose.CONTACTED_AGAIN, NOW)


def test_what_was_ticked_before_and_still_is_is_no_news() -> None:
    both = ("quoted_by_avatar", "followed_in_series")
    assert further_news(Form(agreed=both, agreed_before=both)) == ()
    assert further_news(Form(agreed=both[:1], agreed_before=both[1:])) == (
        (Purpose.QUOTED_BY_AVATAR, True),
        (Purpose.FOLLOWED_IN_SERIES, False),
    )
