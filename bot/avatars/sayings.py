"""What an avatar may say at this moment: real customers' words, asked anew of consent every time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from bot.avatars.survey_kinds import kinds_of
from bot.languages import heard_in
from bot.own_customers import meets
from storage import avatar_comments, avatar_quotes, customers, stories
from storage.avatar_comments import Comment
from storage.deliveries import Subject
from stories.avatars.evidence import Ref, comment, quote
from stories.consent import Purpose, permits
from stories.digest import understood
from stories.languages import written_in
from stories.story import Story, tell
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A customer's words as an avatar may say them: of a quote with names hidden as consent says.

    `kind_of_customer` is empty when nobody said. `told_at` is when others could first read them. A quote has
    the story that it can be followed to and its customer; a comment the `survey` that it was written in.
    `language` (ISO 639-1) is the one that it was said in, "" where that cannot be told.
    """

    ref: Ref
    words: str
    kind_of_customer: str
    talked_on: date
    told_at: datetime
    story_id: int | None = None
    customer_id: int | None = None
    survey: str = ""
    language: str = ""


async def sayings(
    session: AsyncSession, workspace_id: str, at: datetime, place: str, *, segment: str = ""
) -> tuple[Saying, ...]:
    """All quotes that avatars may say of this kind of customer (all: when empty), the newest talks first.

    `place` is where they will be read: a channel, or the person to whom alone they are shown. Nothing is
    among them that a customer who works here would meet there of themself.
    """
    found = await avatar_quotes.agreed_once(session, workspace_id, segment=segment)
    return await _sayable(session, workspace_id, found, at, (place,))


async def of_refs(
    session: AsyncSession,
    workspace_id: str,
    refs: Collection[Ref],
    at: datetime,
    place: str,
    *others: str,
) -> Mapping[Ref, Saying]:
    """Those of these words that an avatar may say now where `place` and `others` read them."""
    quotes = {one.quote_id for one in refs if one.quote_id is not None}
    comments = {one.comment_id for one in refs if one.comment_id is not None}
    found: dict[Ref, Saying] = {}
    if quotes:
        known = await avatar_quotes.stories_of(session, workspace_id, quotes)
        await stories.hold(session, workspace_id, known)
        loaded = await stories.some(session, workspace_id, known)
        told = await _sayable(session, workspace_id, loaded, at, (place, *others))
        found = {saying.ref: saying for saying in told if saying.ref in refs}
    if comments:
        said = await avatar_comments.sayable(session, workspace_id, comments)
        pairs = [(comment(number), one) for number, one in said.items()]
        found |= {saying.ref: saying for saying in await of_comments(session, workspace_id, pairs)}
    return found


async def of_comments(
    session: AsyncSession,
    workspace_id: str,
    found: Collection[tuple[Ref, Comment]],
    *,
    segment: str = "",
) -> tuple[Saying, ...]:
    """Surveys' comments as avatars say them; with a segment those of enough such customers to hide among."""
    kinds = await kinds_of(session, workspace_id, [one for _ref, one in found], segment=segment)
    return tuple(
        Saying(
            ref=ref,
            words=one.words,
            kind_of_customer=kind,
            talked_on=one.day,
            told_at=one.at,
            survey=one.survey,
            language=written_in(one.words),
        )
        for (ref, one), kind in zip(found, kinds, strict=True)
        if kind or not segment
    )


async def heard(
    session: AsyncSession, workspace_id: str, said: Iterable[Saying], channel_id: str
) -> tuple[Saying, ...]:
    """Those of these words that are in a language which the channel chose to hear, in their order."""
    wanted = await heard_in(session, workspace_id, channel_id)
    return tuple(one for one in said if understood(one.language, wanted))


def subjects_of(said: Iterable[Saying]) -> tuple[Subject, ...]:
    """Whose words a post with these carries; each customer also without a quote, which an edit may drop.

    Nobody knows who wrote a comment: posts with these are found by the avatars' own lines and reasons.
    """
    found = []
    for saying in said:
        if saying.customer_id is not None:
            found += [Subject(customer_id=saying.customer_id)]
            found += [Subject(customer_id=saying.customer_id, quote_id=saying.ref.quote_id)]
    return tuple(dict.fromkeys(found))


async def _sayable(
    session: AsyncSession,
    workspace_id: str,
    loaded: Collection[Story],
    at: datetime,
    places: Collection[str],
) -> tuple[Saying, ...]:
    own = await meets(session, workspace_id, *places)
    loaded = [story for story in loaded if story.interview.customer.id not in own]
    whose = {story.interview.customer.id for story in loaded}
    agreed = await customers.consents(session, workspace_id, whose)
    found: list[Saying] = []
    for story in loaded:
        records = agreed.get(story.interview.customer.id, ())
        telling = tell(story, records, at)
        if telling is None or not permits(records, Purpose.QUOTED_BY_AVATAR, at):
            continue
        for one, words in zip(story.interview.told_quotes, telling.quotes, strict=True):
            found.append(
                Saying(
                    ref=quote(one.id),
                    story_id=story.id,
                    customer_id=story.interview.customer.id,
                    words=words,
                    kind_of_customer=telling.segment,
                    talked_on=telling.talked_on,
                    told_at=story.published_at or story.interview.created_at,
                    language=story.interview.language,
                )
            )
    return tuple(found)
