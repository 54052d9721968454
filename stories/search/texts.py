"""What of a conversation, or of an answer to NPS, can be found, and by what it is filtered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from stories.interviews import Interview
from stories.nps.counts import band_of
from stories.search import facets
from stories.story import Story, Telling, words_of
from stories.values import dataclass

LONGEST = 6_000
"""Characters of a text that are looked at."""


class Kind(StrEnum):
    """What a text is: a story as told, a customer's own words in it, a write-up, or a comment to NPS."""

    STORY = "story"
    QUOTE = "quote"
    INTERVIEW = "interview"
    COMMENT = "comment"


THEMED = (Kind.QUOTE.value, Kind.COMMENT.value)
"""What themes are found in: customers' own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text that can be found. `facets` are marks with spaces (see `stories.search.facets`)."""

    kind: Kind
    position: int = 0
    day: date
    words: str
    facets: str


def of_story(workspace_id: str, story: Story, telling: Telling | None) -> Iterator[Text]:
    """The texts of a conversation: its write-up for its author, and what may be told for everybody.

    `telling` is the story as others may read it, None where they do not.
    """
    told = story.interview
    own = _marks(workspace_id, told, Kind.INTERVIEW, told.customer.segment, told.themes, told.author_id)
    yield Text(kind=Kind.INTERVIEW, day=told.talked_on, words=_cut(_whole(told)), facets=own)
    if telling is None:
        return
    shown = _marks(workspace_id, told, Kind.STORY, telling.segment, telling.themes)
    yield Text(kind=Kind.STORY, day=told.talked_on, words=_cut(words_of(telling)), facets=shown)
    said = _marks(workspace_id, told, Kind.QUOTE, telling.segment, telling.themes)
    for position, quote in enumerate(telling.quotes):
        yield Text(kind=Kind.QUOTE, position=position, day=told.talked_on, words=_cut(quote), facets=said)


def of_comment(
    workspace_id: str, comment: str, *, score: int, day: date, properties: Mapping[str, str]
) -> Text:
    """The text of a comment to NPS; `properties` are those of the answer, each of them a segment."""
    marks = [facets.visible_to(workspace_id), facets.of_kind(Kind.COMMENT)]
    marks += [facets.of_band(band_of(score).value), facets.of_month(day)]
    values = [value for value in properties.values() if value][: facets.MOST_SEGMENTS]
    marks += [facets.of_segment(value) for value in values]
    return Text(kind=Kind.COMMENT, day=day, words=_cut(comment), facets=facets.together(marks))


def _marks(
    workspace_id: str,
    told: Interview,
    kind: Kind,
    segment: str,
    themes: Iterable[str],
    user_id: str = facets.EVERYBODY,
) -> str:
    marks = [facets.visible_to(workspace_id, user_id), facets.of_kind(kind), facets.of_month(told.talked_on)]
    marks += [facets.of_segment(segment)] if segment else []
    marks += [facets.of_theme(theme) for theme in themes]
    marks += [facets.of_band(band_of(told.score).value)] if told.score is not None else []
    return facets.together(marks)


def _whole(told: Interview) -> str:
    customer = told.customer
    parts = (told.title, customer.name, customer.company, customer.segment, told.trying_to, told.happened)
    more = (told.meaning, *(quote.text for quote in told.quotes), *told.themes)
    return "\n".join(part for part in (*parts, *more) if part)


def _cut(words: str) -> str:
    # PostgreSQL would take what stands between angle brackets for a tag and leave it out.
    return words[:LONGEST].replace("<", " ").replace(">", " ")
