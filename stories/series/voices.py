"""What may be told of one customer of a season at one moment: what they are called, what they said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stories.consent import SHARING_LEVELS, Consent, Purpose, sharing
from stories.customers import Customer
from stories.series.material import Talk, Words
from stories.series.seasons import Season, agreed
from stories.series.sources import quote
from stories.story import Story, StoryState, Telling, as_said, preview


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A customer as a season may tell of them. `who` is what they are called in all of it.

    They are called by their name only where each of their conversations that may be told may be told with
    it: else a name here and an alias there would tell who is behind the alias. `safe` makes a text that
    belongs to a conversation fit to be told, by the conversation's number.
    """

    customer_id: int
    who: str
    named: bool
    segment: str
    talks: tuple[Talk, ...]
    safe: Mapping[int, Callable[[str], str]]


def voice(
    customer: Customer,
    stories: Sequence[Story],
    consents: Iterable[Consent],
    season: Season,
    at: datetime,
) -> Voice | None:
    """The customer as they may be told of; None for one who has not agreed to this season."""
    records = tuple(consents)
    if not agreed(records, Purpose.FOLLOWED_IN_SERIES, season, at):
        return None
    told = [story for story in stories if story.state is StoryState.PUBLISHED]
    levels = {story.interview.id: sharing(records, story.interview.id, at) for story in told}
    shared = [story for story in told if levels[story.interview.id] is not Purpose.NOT_SHARED]
    level = min((levels[story.interview.id] for story in shared), key=SHARING_LEVELS.index, default=None)
    level = level or Purpose.WITHOUT_NAME
    tellings = [(story, preview(story, level)) for story in shared]
    return Voice(
        customer_id=customer.id,
        who=customer.name if level is Purpose.WITH_NAME else customer.alias,
        named=level is Purpose.WITH_NAME,
        segment=customer.segment,
        talks=tuple(
            sorted(
                (_talk(story, telling) for story, telling in tellings if telling is not None),
                key=lambda talk: (talk.day, talk.interview_id),
            )
        ),
        safe={story.interview.id: as_said(story, level) for story in shared},
    )


def _talk(story: Story, telling: Telling) -> Talk:
    held = story.interview
    spoken = zip(held.told_quotes, telling.quotes, strict=True)
    return Talk(
        interview_id=held.id,
        customer_id=held.customer.id,
        day=held.talked_on,
        how=held.how,
        author_id=held.author_id,
        title=telling.title,
        trying_to=telling.trying_to,
        happened=telling.happened,
        meaning=telling.meaning,
        themes=telling.themes,
        score=held.score,
        words=tuple(Words(ref=quote(one.id), text=text, day=held.talked_on) for one, text in spoken),
    )
