"""How a story is put together where it is told: which parts of it, in which order, under which headings.

A template chooses among what may be told and nothing else: it never meets a `Story`, only names the fields
of a `Telling`. Title, who said it, what came of it and the buttons stand in each.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import Annotated

from pydantic import Field as Limits
from pydantic import field_validator

from stories.added_files import Added, FileError, FromFile, InLanguages, read_toml


class Field(StrEnum):
    """What a template can tell of a story."""

    WANTED = "wanted"
    HAPPENED = "happened"
    QUOTES = "quotes"
    MEANING = "meaning"


USUAL: dict[Field, int] = {Field.WANTED: 320, Field.HAPPENED: 720, Field.QUOTES: 420, Field.MEANING: 320}
"""Characters of each that are shown before it is folded, of each quote by itself."""
MOST_QUOTES = 2


class Part(FromFile):
    """One part: a field, of how many characters it is folded, and what stands over it.

    `heading` is None for ours, empty for none, else words by language. `most` is how many quotes there are.
    """

    field: Field
    longest: Annotated[int, Limits(ge=80, le=720)] | None = None
    most: Annotated[int, Limits(ge=1, le=MOST_QUOTES)] = MOST_QUOTES
    heading: InLanguages | Annotated[str, Limits(max_length=0)] | None = None

    @property
    def folded_at(self) -> int:
        """The most characters that are shown."""
        return self.longest or USUAL[self.field]


class StoryTemplate(Added):
    """A template: what it is called by language (nothing for ours, which are called as we call them)."""

    title: InLanguages | None = None
    part: Annotated[tuple[Part, ...], Limits(min_length=1)]

    @field_validator("part")
    @classmethod
    def each_once(cls, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """The parts. Raises ValueError where one is told twice."""
        if twice := [field for field, number in Counter(one.field for one in parts).items() if number > 1]:
            raise ValueError(f"“{twice[0]}” is here twice; name each field once")
        return parts


WHOLE = StoryTemplate(key="whole", part=tuple(Part(field=field) for field in Field))
"""All of it, as it happened."""

IN_THEIR_WORDS = StoryTemplate(
    key="in-their-words",
    part=(Part(field=Field.QUOTES), Part(field=Field.MEANING)),
)
"""What the customer said, and why it matters to us; the rest is one click away."""

OURS = (WHOLE, IN_THEIR_WORDS)


def read_template(text: str, where: str) -> StoryTemplate:
    """A template as its file holds it. Raises FileError."""
    template = read_toml(text, where, StoryTemplate)
    if template.key in {one.key for one in OURS}:
        raise FileError(where, "key", f"“{template.key}” is one of ours; choose another")
    if template.title is None:
        raise FileError(where, "title", "add what it is called: title = { en = “…” }")
    return template
