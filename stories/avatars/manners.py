"""A manner of speaking that a package adds: the words around customers' words, never these."""

from __future__ import annotations

from enum import StrEnum
from string import Formatter
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from stories.added_files import Added, FileError, FromFile, Short, harmless, read_toml
from stories.avatars.project import Manner
from stories.language import ENGLISH, spoken


class Moment(StrEnum):
    """When an avatar says something of its own."""

    REMINDER = "reminder"
    NEWS = "news"
    ANSWER = "answer"
    SWERVE = "swerve"
    MILESTONE = "milestone"
    COMMENT = "comment"


NEEDED: dict[Moment, frozenset[str]] = {
    Moment.REMINDER: frozenset({"project", "reason"}),
    Moment.NEWS: frozenset({"project", "reason"}),
    Moment.ANSWER: frozenset(),
    Moment.SWERVE: frozenset({"where", "project"}),
    Moment.MILESTONE: frozenset({"what", "project"}),
    Moment.COMMENT: frozenset({"project"}),
}
"""What each sentence has places for, all of which it must use."""

ALSO: dict[Moment, frozenset[str]] = {Moment.SWERVE: frozenset({"now"})}
"""Places that a sentence may use."""

Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300)]


class Sentences(FromFile):
    """All that an avatar says by itself, in one language.

    `title` is what the manner is called in the form. A customer's words follow each sentence by themselves:
    none has a place for them.
    """

    title: Short
    reminder: Sentence
    news: Sentence
    answer: Sentence
    swerve: Sentence
    milestone: Sentence
    comment: Sentence

    @field_validator(*(moment.value for moment in Moment))
    @classmethod
    def fillable(cls, sentence: str, info: ValidationInfo) -> str:
        """The sentence, with the places that it needs and no others. Raises ValueError."""
        moment = Moment(str(info.field_name))
        needed, may = NEEDED[moment], NEEDED[moment] | ALSO.get(moment, frozenset())
        used = _places(sentence)
        listed = ", ".join(f"{{{name}}}" for name in sorted(may)) or "none"
        if not needed <= used or not used <= may:
            raise ValueError(f"has to use its places and no others: {listed}")
        return harmless(sentence)

    def at(self, moment: Moment) -> str:
        """The sentence of this moment, its places still to be filled."""
        return str(getattr(self, moment.value))


class AddedManner(Added):
    """A manner from a file: its sentences by language, English among them."""

    words: dict[str, Sentences] = Field(min_length=1)

    @field_validator("words")
    @classmethod
    def in_english(cls, words: dict[str, Sentences]) -> dict[str, Sentences]:
        """The sentences. Raises ValueError where nobody who reads no other language could be spoken to."""
        if ENGLISH not in words:
            raise ValueError(f"add [words.{ENGLISH}]: it stands in for every language that is not here")
        return words

    @property
    def sentences(self) -> Sentences:
        """Those in the language of the moment, or else the English ones."""
        return self.words.get(spoken().language) or self.words[ENGLISH]


def read_manner(text: str, where: str) -> AddedManner:
    """A manner as its file holds it. Raises FileError."""
    manner = read_toml(text, where, AddedManner)
    if manner.key in set(Manner):
        raise FileError(where, "key", f"“{manner.key}” is one of ours; choose another")
    return manner


def _places(sentence: str) -> frozenset[str]:
    """The names of what is filled in. Raises ValueError for anything but a plain name in braces."""
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as wrong:
        raise ValueError(f"braces stand around a place and nowhere else, {{project}}: {wrong}") from wrong
    for _words, name, form, conversion in parts:
        if name is not None and (form or conversion):
            raise ValueError("a place is a name in braces and nothing else: {project}")
    return frozenset(name for _words, name, _form, _conversion in parts if name is not None)
