"""A lesson: a few short screens, an exercise with an answer, a gentle check. Nothing in it counts points."""

from __future__ import annotations

from enum import StrEnum

from stories.values import dataclass


class Kind(StrEnum):
    """What somebody does on a screen: read; read something of our own stories; choose, spot, rewrite."""

    WORDS = "words"
    EXAMPLE = "example"
    CHOOSE = "choose"
    SPOT = "spot"
    REWRITE = "rewrite"
    CHECK = "check"

    @property
    def asks(self) -> bool:
        """Whether there is something to answer."""
        return self not in (Kind.WORDS, Kind.EXAMPLE)


class Shows(StrEnum):
    """What of one of our own stories a screen shows."""

    QUOTE = "quote"
    SO_WHAT = "so_what"
    CHANGE = "change"
    WITHOUT_NAME = "without_name"


class Rewrites(StrEnum):
    """What is rewritten, which is how an answer is looked at."""

    QUESTION = "question"
    QUOTE = "quote"
    SO_WHAT = "so_what"


class Moment(StrEnum):
    """When a lesson helps.

    First: after the first write-up. The next three: after write-ups in which a hint of that family came up.
    Unshared: after talks whose customers were not asked, or said no. Acting: once somebody has said that they
    will act on a story, or promised something.
    """

    FIRST = "first_interview"
    OWN_WORDS = "own_words"
    QUESTIONS = "questions"
    SO_WHAT = "so_what"
    UNSHARED = "unshared"
    ACTING = "acting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Words in one style; `url` makes them a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str = ""


Spans = tuple[Span, ...]


class Shape(StrEnum):
    """How a passage stands on the page."""

    TEXT = "text"
    BULLETS = "bullets"
    NUMBERS = "numbers"
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph or a quotation (one item), or a list (one item a line)."""

    shape: Shape
    items: tuple[Spans, ...]

    @property
    def plain(self) -> str:
        """Its words alone."""
        return "\n".join(plain(item) for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Something to choose, whether it is right, and why (not)."""

    text: str
    right: bool
    because: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """One screen. `about`: what an example shows or what is rewritten; `line`: where it is in its file."""

    kind: Kind
    heading: str
    passages: tuple[Passage, ...]
    choices: tuple[Choice, ...] = ()
    about: str = ""
    line: int = 1

    @property
    def right(self) -> frozenset[int]:
        """The numbers of the choices that are right, from 0."""
        return frozenset(at for at, choice in enumerate(self.choices) if choice.right)

    @property
    def quotation(self) -> str:
        """The words of its first quotation: what is to be rewritten. Empty where there is none."""
        return next((one.plain for one in self.passages if one.shape is Shape.QUOTE), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A lesson in one language; `key` names it in all of them."""

    key: str
    language: str
    title: str
    summary: str
    order: int
    offered: frozenset[Moment]
    screens: tuple[Screen, ...]


def plain(spans: Spans) -> str:
    """The words alone."""
    return "".join(span.text for span in spans)
