"""An episode: its parts, its sentences, and what each of them rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum

from stories.series.sources import SPOKEN, Kind, Ref, Signed, Source
from stories.values import dataclass


class Part(StrEnum):
    """The parts of an episode, in their order. A format may leave some out; SCENE is always there."""

    PREVIOUSLY = "previously"
    SCENE = "scene"
    TURN = "turn"
    OPEN = "open"
    NEXT = "next"


PARTS = tuple(Part)
"""In which order they are told."""


class Format(StrEnum):
    """How an episode is told.

    WHOLE: all parts. COLD_OPEN: begins with the customer's words, and says then who speaks and what came
    before. SHORT: their words and what is still open.
    """

    WHOLE = "whole"
    COLD_OPEN = "cold_open"
    SHORT = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How an episode is told and how many of the customer's sentences it holds at most (1 to 4)."""

    format: Format = Format.WHOLE
    quotes: int = 2


AT_FIRST = Shape()
"""How a season is told until readers have shown what they like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence and what it rests on. `spoken`: it is the customer's own words, to the letter.

    `form` names the form of words it was woven with ("" for a quote and for what an editor wrote). `id` is
    its row's number; None while it is not kept. `customer_id` is whom it speaks of, None for nobody.
    """

    text: str
    source: Source
    customer_id: int | None = None
    form: str = ""
    id: int | None = None

    @property
    def spoken(self) -> bool:
        """Whether it stands as the customer's own words."""
        return isinstance(self.source, Ref) and self.source.kind in SPOKEN and not self.form

    @property
    def signed_by(self) -> str | None:
        """The editor whose words it is; None for a sentence with a source."""
        return self.source.by if isinstance(self.source, Signed) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One part of an episode, with its sentences in their order."""

    part: Part
    sentences: tuple[Sentence, ...]


class EpisodeState(StrEnum):
    """Where an episode stands: drafted for the editor, published, or thrown away."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode as it may be read now, its title first.

    `passages` are in the order in which the format tells them. `customer_id` is whom it is about, None once
    they have left the series. `who` is what they are called there. `carries` are photos and voices by
    their numbers. `gone` is how many sentences may be read no more. `next_on` is the day we will look again.
    """

    season_id: int
    number: int
    title: Sentence
    passages: tuple[Passage, ...]
    shape: Shape = AT_FIRST
    customer_id: int | None = None
    who: str = ""
    next_on: date | None = None
    id: int | None = None
    state: EpisodeState = EpisodeState.DRAFT
    published_at: datetime | None = None
    carries: tuple[int, ...] = ()
    gone: int = 0

    def sentences(self) -> Iterator[Sentence]:
        """Every sentence, the title first."""
        yield self.title
        for passage in self.passages:
            yield from passage.sentences

    def passage(self, part: Part) -> tuple[Sentence, ...]:
        """The sentences of one part; () where this episode has none."""
        return next((passage.sentences for passage in self.passages if passage.part is part), ())

    def headlines(self) -> tuple[Ref, ...]:
        """The market's headlines that stand in it, whose links belong below it."""
        sources = (sentence.source for sentence in self.sentences())
        return tuple(one for one in sources if isinstance(one, Ref) and one.kind is Kind.HEADLINE)


class Nothing(StrEnum):
    """Why there is no episode."""

    NOBODY_FOLLOWED = "nobody_followed"
    NOT_RENEWED = "not_renewed"
    NOTHING_NEW = "nothing_new"
    NOTHING_TOLD = "nothing_told"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoEpisode:
    """That there is none, why, and when it is looked again."""

    why: Nothing
    next_on: date | None = None
