"""What a digest holds: a few stories that are new to a channel, that fit it, and that differ.

A story's score is its freshness times its welcome:

    freshness = 2 ** (-age / HALF_LIFE)            age since it was published, never below zero
    welcome   = 1 + max(appreciation of its segment and themes), each between 0 and 1

so a topic that this channel loved every time counts as much as being one half-life younger. Stories are
taken from the highest score down, newest first where scores are equal, leaving out a customer or a first
theme that the digest already has. Thin ones (`stories.substance`), whatever their score, come after all that
have something to tell, and by themselves they are no digest; so does what only says again what the channel
was told of the same customer of late (`stories.echoes`). Taking greedily from one order keeps the choice
monotone: a story that becomes fresher can only move up, past stories that did not stand in its way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from stories.errors import UserError
from stories.language import _
from stories.substance import UNKNOWN, is_thin
from stories.values import dataclass

HALF_LIFE = timedelta(days=5)
"""In this time a story's freshness halves."""

FRESH_FOR = timedelta(days=30)
"""After six half-lives a story is no longer news, told or not."""

RETELL_AFTER = timedelta(days=90)
"""A channel does not hear the same story again sooner than this."""

RETOLD_ONCE_IN = timedelta(days=6, hours=12)
"""On further days with nothing new, a channel that heard an earlier story so lately hears nothing."""

MOST_STORIES = 10
"""More than this in one message is a list, not a digest."""

_ENOUGH_LOVE = 3
_PRIOR_TELLINGS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestSettings:
    """What a channel asked for.

    `how_many` stories at most, 1 to MOST_STORIES. A story fits when it is of one of the `segments`, touches
    one of the `themes` and is in one of the `languages` (ISO 639-1); empty means all, and a story in a
    language that nobody could tell fits all. `retell` allows one older story when nothing is new.
    Raises UserError naming the field and the limit.
    """

    how_many: int = 3
    segments: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    retell: bool = False
    languages: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if not 1 <= self.how_many <= MOST_STORIES:
            raise UserError(
                _("A digest holds 1 to {most} stories, not {number}.").format(
                    most=MOST_STORIES, number=self.how_many
                ),
                field="how_many",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A published story that the channel may hear.

    `loved` is how many different people reacted to it anywhere; `told_at` when this channel heard it
    last, None when never; `substance` how much it tells, 0 when nobody counted.
    """

    story_id: int
    customer_id: int
    author_id: str
    segment: str
    themes: tuple[str, ...]
    published_at: datetime
    loved: int = 0
    told_at: datetime | None = None
    language: str = ""
    substance: int = UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A story chosen for a digest; `retold` marks an older one that is worth hearing again."""

    story_id: int
    retold: bool
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A story this channel heard earlier, and how many of its readers reacted to it there."""

    segment: str
    themes: tuple[str, ...]
    reactions: int


def choose(
    candidates: Sequence[Candidate],
    settings: DigestSettings,
    *,
    now: datetime,
    appreciation: Mapping[str, float],
    asked: bool = False,
) -> tuple[Choice, ...]:
    """The digest's stories in the order they are told; empty when there is nothing worth a message.

    `appreciation` is what `appreciation_of` made of earlier digests; topics it lacks count as zero. The
    order of the candidates does not matter. Whoever `asked` for one right now gets thin stories alone, too.
    """
    fitting = [candidate for candidate in candidates if fits(candidate, settings)]
    fresh = [c for c in fitting if c.told_at is None and now - c.published_at <= FRESH_FOR]
    ranked = sorted(
        ((score(c, now=now, appreciation=appreciation), c) for c in fresh),
        key=lambda pair: (is_thin(pair[1].substance), -pair[0], *_newest_first(pair[1])),
    )
    worth_it = asked or any(not is_thin(candidate.substance) for candidate in fresh)
    chosen = tuple(_unlike(ranked, settings.how_many)) if worth_it else ()
    if chosen or not settings.retell:
        return chosen
    return _retold(fitting, now, appreciation)


def score(candidate: Candidate, *, now: datetime, appreciation: Mapping[str, float]) -> float:
    """Freshness times welcome: 0 to 2 (formula at the top of this module)."""
    age = max(now - candidate.published_at, timedelta(0))
    freshness: float = 2.0 ** -(age / HALF_LIFE)
    welcomes = (appreciation.get(topic, 0.0) for topic in topics(candidate.segment, candidate.themes))
    return freshness * (1.0 + min(1.0, max(0.0, *welcomes, 0.0)))


def topics(segment: str, themes: Iterable[str]) -> tuple[str, ...]:
    """The names under which appreciation of a segment and of themes is kept."""
    named = [f"segment:{_same(segment)}"] if segment else []
    return (*named, *(f"theme:{_same(theme)}" for theme in themes))


def appreciation_of(heard: Iterable[Heard]) -> dict[str, float]:
    """How much a channel likes each topic, 0 to just under 1, from the stories it heard.

    The mean over a topic's stories of min(reactions, 3) / 3, as if two more had been met with silence,
    so that one lucky story does not make a favourite.
    """
    love: dict[str, float] = {}
    told: dict[str, int] = {}
    for story in heard:
        for topic in dict.fromkeys(topics(story.segment, story.themes)):
            love[topic] = love.get(topic, 0.0) + min(max(story.reactions, 0), _ENOUGH_LOVE) / _ENOUGH_LOVE
            told[topic] = told.get(topic, 0) + 1
    return {topic: love[topic] / (told[topic] + _PRIOR_TELLINGS) for topic in love}


def fits(candidate: Candidate, settings: DigestSettings) -> bool:
    """Whether a story is of the segments, themes and languages that a channel asked for."""
    if not understood(candidate.language, settings.languages):
        return False
    segments = {_same(segment) for segment in settings.segments}
    themes = {_same(theme) for theme in settings.themes}
    right_segment = not segments or _same(candidate.segment) in segments
    return right_segment and (not themes or not themes.isdisjoint(map(_same, candidate.themes)))


def understood(language: str, wanted: Collection[str]) -> bool:
    """Whether a text in this language ("": nobody could tell) goes where these languages are wanted."""
    return not wanted or not language or language in wanted


def _unlike(ranked: Iterable[tuple[float, Candidate]], how_many: int) -> Iterator[Choice]:
    """From the top down, nobody twice and no first theme twice."""
    customers: set[int] = set()
    kinds: set[str] = set()
    for value, candidate in ranked:
        kind = {_same(candidate.themes[0])} if candidate.themes else set[str]()
        if candidate.customer_id in customers or kind & kinds:
            continue
        if len(customers) == how_many:
            return
        customers.add(candidate.customer_id)
        kinds |= kind
        yield Choice(story_id=candidate.story_id, retold=False, score=value)


def _retold(
    fitting: Iterable[Candidate], now: datetime, appreciation: Mapping[str, float]
) -> tuple[Choice, ...]:
    """The most loved story that the channel has not heard for long; no thin one, none that nobody loved."""
    rested = [c for c in fitting if c.told_at is None or now - c.told_at >= RETELL_AFTER]
    worthy = [c for c in rested if c.loved > 0 and not is_thin(c.substance)]
    best = min(worthy, key=lambda c: (-c.loved, *_newest_first(c)), default=None)
    if best is None:
        return ()
    value = score(best, now=now, appreciation=appreciation)
    return (Choice(story_id=best.story_id, retold=True, score=value),)


def _newest_first(candidate: Candidate) -> tuple[float, int]:
    return -candidate.published_at.timestamp(), candidate.story_id


def _same(word: str) -> str:
    return " ".join(word.split()).casefold()
