"""What may be told of one customer of a season at one moment: what they are called, what they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from string import ascii_uppercase

from stories.consent import SHARING_LEVELS, Consent, Purpose, sharing
from stories.customers import Customer
from stories.language import _
from stories.names import NamesOf, hide_names
from stories.series.material import Talk, Words
from stories.series.seasons import Season, agreed
from stories.series.sources import quote
from stories.story import Story, StoryState, Telling, as_said, preview
from stories.values import dataclass


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
    hide: Callable[[str], str] = str

    def names(self) -> tuple[str, ...]:
        """Everything a sentence may call them: what they are called now, and what told them apart once."""
        return (self.who,) if self.named else (self.who, *map(_lettered, ascii_uppercase))


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
        hide=str if level is Purpose.WITH_NAME else hiding(customer),
    )


def hiding(customer: Customer) -> Callable[[str], str]:
    """What takes a customer's names out of a text that belongs to none of their conversations."""
    names = NamesOf(full_name=customer.name, company=customer.company, others=customer.former_names)

    def hide(text: str) -> str:
        return hide_names(text, names, alias=customer.alias)

    return hide


def _lettered(letter: str) -> str:
    return _("customer {letter}").format(letter=letter)


def apart(voices: Sequence[Voice]) -> dict[int, Voice]:
    """Voices by their customers' numbers; those who are called the same are told apart by a letter."""
    called = Counter(one.who.casefold() for one in voices)
    seen: Counter[str] = Counter()
    found: dict[int, Voice] = {}
    for one in sorted(voices, key=lambda one: one.customer_id):
        key = one.who.casefold()
        if called[key] > 1:
            letter = ascii_uppercase[seen[key] % len(ascii_uppercase)]
            seen[key] += 1
            found[one.customer_id] = replace(one, who=_lettered(letter))
        else:
            found[one.customer_id] = one
    return found


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
        called=telling.who,
        company=telling.company,
        segment=telling.segment,
    )
