"""What there is to tell: what came in of the customers who are followed, each piece with its source."""

from __future__ import annotations

from datetime import date

from stories.interviews import How
from stories.series.seasons import Followed
from stories.series.sources import Ref
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The customer's own words, to the letter as they may be told; `day` is when they said them."""

    ref: Ref
    text: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A conversation as it may be told at this moment (see `stories.story.tell`).

    `score` is the answer to "would you recommend us", None when it was not asked. `author_id` is the
    colleague who had it. Texts are "" and tuples empty where the write-up says nothing, or where it may not
    be told. `called` is what the customer is called in these texts.
    """

    interview_id: int
    customer_id: int
    day: date
    how: How
    author_id: str
    title: str
    trying_to: str
    happened: str
    meaning: str
    themes: tuple[str, ...]
    score: int | None
    words: tuple[Words, ...]
    called: str = ""
    company: str = ""
    segment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a followed customer answered in a survey; `words` is None where their comment may not be told."""

    ref: Ref
    customer_id: int
    day: date
    score: int
    words: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """Something we said we would do for a customer.

    `id` is the follow-up's number. `outcome` is "" while it is open, "done" or "let_go"; `closing` the
    sentence said then, as it may be told.
    `made_on` is the day of the conversation, `ended_on` when it ended.
    """

    id: int
    interview_id: int
    customer_id: int
    owner_id: str
    what: str
    made_on: date
    due_on: date | None
    outcome: str = ""
    closing: str = ""
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """What moves in a kind of customer, and is large enough to be told (see `stories.series.trends`).

    `theme` is what it is about, "" for the segment's NPS. `before` and `after` are how many said it, or the
    scores, in two stretches of `days` days that end on `day`; `people` is how many it rests on at least.
    """

    ref: Ref
    segment: str
    theme: str
    before: int
    after: int
    days: int
    day: date
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """An item of a feed that the workspace follows: background, and never a customer's words.

    `topics` are what the feed is about; () for anything.
    """

    ref: Ref
    title: str
    source: str
    link: str
    day: date
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the audience wanted to know of a customer; `interview_id` is the talk that answered it, if any."""

    ref: Ref
    customer_id: int
    question: str
    votes: int
    interview_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A conversation with a customer that is arranged for a day."""

    ref: Ref
    customer_id: int
    day: date
    colleague_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything there is of a season at one moment; the weaver takes what no episode has told yet.

    Talks, answers and promises are all there are of those who agreed, the oldest first; trends, headlines
    and what is planned are those of now. `told` are the sources that earlier episodes rest on.
    """

    followed: tuple[Followed, ...]
    talks: tuple[Talk, ...] = ()
    answers: tuple[Answered, ...] = ()
    promises: tuple[Promised, ...] = ()
    trends: tuple[Trend, ...] = ()
    headlines: tuple[Headline, ...] = ()
    asked: tuple[Asked, ...] = ()
    planned: tuple[Planned, ...] = ()
    told: frozenset[Ref] = frozenset()
