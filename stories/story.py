"""A story: a conversation as it may be told to others, and what came of telling it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum

from stories.catalogues import best_for
from stories.consent import Consent, Purpose, sharing
from stories.hiding import hide_decided
from stories.interviews import How, Interview
from stories.language import speaking, spoken
from stories.names import NamesOf, hide_names, may_hold
from stories.values import dataclass


class StoryState(StrEnum):
    """Where a story stands: kept by its author, published, withdrawn by them, or hidden after a report."""

    KEPT = "kept"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"


class Reaction(StrEnum):
    """What a reader can say with one click."""

    THOUGHT = "thought"
    ACT = "act"
    MORE = "more"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What came of a story: the sentence of what changed, who said it, on which day (in UTC)."""

    follow_up_id: int
    words: str
    by: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story with its whole interview: what only its author and editors may see.

    `counts` holds how many different people reacted, by kind. `revision` rises with every change that
    posts have to follow. `endings` are those that are told, the first one first.
    """

    id: int
    interview: Interview
    state: StoryState
    revision: int
    published_at: datetime | None
    counts: dict[Reaction, int] = field(default_factory=dict)
    endings: tuple[Ending, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A story as it may be told: nothing in it goes beyond the customer's consent.

    Builders of messages take this and never a `Story`, so that a name cannot slip past consent. `serves`
    names those of the quarter's top three that it speaks of.
    """

    story_id: int
    author_id: str
    who: str
    named: bool
    company: str
    segment: str
    talked_on: date
    how: How
    title: str
    trying_to: str
    happened: str
    meaning: str
    quotes: tuple[str, ...]
    themes: tuple[str, ...]
    revision: int = 1
    serves: tuple[str, ...] = ()
    counts: dict[Reaction, int] = field(default_factory=dict)
    endings: tuple[Ending, ...] = ()


def tell(story: Story, consents: Iterable[Consent], at: datetime) -> Telling | None:
    """The story as others may read it at this moment, or None when nothing of it may be shown."""
    if story.state is not StoryState.PUBLISHED:
        return None
    return preview(story, sharing(consents, story.interview.id, at))


def preview(story: Story, level: Purpose) -> Telling | None:
    """The story as it would be told under this sharing level; None when it may not be shared."""
    if level is Purpose.WITH_NAME:
        return _telling(story, named=True)
    if level is Purpose.WITHOUT_NAME:
        return _telling(story, named=False)
    return None


def as_filed(story: Story, telling: Telling) -> Story:
    """The story with those topics alone under which it is filed: the ones that read the same when told.

    One in which a name is hidden would be offered to others to choose from, with the name in it.
    """
    told, customer = story.interview, story.interview.customer
    themes = tuple(theme for theme in told.themes if theme in telling.themes)
    segment = customer.segment if customer.segment == telling.segment else ""
    if (themes, segment) == (told.themes, customer.segment):
        return story
    return replace(story, interview=replace(told, themes=themes, customer=replace(customer, segment=segment)))


def title_told(story: Story, level: Purpose) -> str:
    """The story's title as it is told under this sharing level; as its author wrote it when it is not."""
    title = story.interview.title
    return _hiding(story)(title) if level is Purpose.WITHOUT_NAME else title


def as_said(story: Story, level: Purpose) -> Callable[[str], str]:
    """What makes a text about this story fit to be told under a sharing level; it is told under no other."""
    return _hiding(story, quoted=True) if level is not Purpose.WITH_NAME else str


def words_of(telling: Telling) -> str:
    """What a story can be found by: the words of its telling and no others."""
    parts = (telling.title, telling.who, telling.company, telling.segment, telling.trying_to)
    endings = (ending.words for ending in telling.endings)
    more = (telling.happened, telling.meaning, *telling.quotes, *telling.themes, *endings)
    return "\n".join(part for part in (*parts, *more) if part)


def _hiding(story: Story, *, quoted: bool = False) -> Callable[[str], str]:
    """What takes the customer's names out of a text of this story, and what its author decided to hide.

    `quoted`: out of their words, in which it is seen that somebody else's stand there instead.
    """

    def hide(text: str) -> str:
        return _hidden(story, (text,), quoted=quoted)[0]

    return hide


def _hidden(story: Story, texts: Sequence[str], *, quoted: bool = False) -> list[str]:
    """The same of several texts, in their order."""
    customer, decided = story.interview.customer, story.interview.hidden
    names = NamesOf(full_name=customer.name, company=customer.company, others=customer.former_names)
    former = [NamesOf(full_name="", company=company) for company in customer.former_companies]
    # Words within the text are in its own language, where that is one of ours; the others are the reader's.
    language = story.interview.language if best_for(story.interview.language) else spoken().language
    found = list(texts)
    with speaking(language):
        # What was found first: a relative's whole name must not lose the half that the customer shares.
        if decided:
            found = [hide_decided(text, decided, quoted=quoted) for text in found]
        for known in (names, *former):
            # Most stories name nobody: one look at all of it says so.
            if may_hold("\n".join(found), known, alias=customer.alias):
                found = [hide_names(text, known, alias=customer.alias) for text in found]
    return found


def _telling(story: Story, *, named: bool) -> Telling:
    told, customer = story.interview, story.interview.customer
    texts = [customer.segment, told.title, told.trying_to, told.happened, told.meaning]
    endings = [ending.words for ending in story.endings]
    quotes = [quote.text for quote in told.told_quotes]
    written = [*texts, *told.themes, *endings]
    if not named:
        written, quotes = _hidden(story, written), _hidden(story, quotes, quoted=True)
    segment, title, trying_to, happened, meaning, *more = written
    themes, said = more[: len(told.themes)], more[len(told.themes) :]
    return Telling(
        story_id=story.id,
        author_id=told.author_id,
        who=customer.name if named else customer.alias,
        named=named,
        company=customer.company if named else "",
        segment=segment,
        talked_on=told.talked_on,
        how=told.how,
        title=title,
        trying_to=trying_to,
        happened=happened,
        meaning=meaning,
        quotes=tuple(quotes),
        themes=tuple(themes),
        revision=story.revision,
        counts=dict(story.counts),
        endings=tuple(
            replace(ending, words=words) for ending, words in zip(story.endings, said, strict=True)
        ),
    )
