"""Small TOML files with which a package adds something: read as they are meant, or refused with the fix."""

from __future__ import annotations

import re
import tomllib
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError

from stories.language import ENGLISH, spoken

_OBEYED = re.compile(r"[<>&]|@(?=(?:channel|here|everyone)\b)", re.IGNORECASE)


class FileError(Exception):
    """A file that cannot be used: which one, the field, what is wrong, and what to do."""

    def __init__(self, where: str, field: str, wrong: str) -> None:
        super().__init__(f"{where}, {field}: {wrong}")
        self.where = where
        self.field = field


class FromFile(BaseModel):
    """Something that stands in such a file, in exactly the fields it has."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Added(FromFile):
    """A whole file: `key` is what a choice of it is kept as, lower-case letters, digits and hyphens."""

    key: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{1,39}$")]


A = TypeVar("A", bound=Added)


def read_toml(text: str, where: str, model: type[A]) -> A:
    """A file's text as this model has it. Raises FileError for the first field that is wrong."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as wrong:
        raise FileError(where, "TOML", str(wrong)) from wrong
    except ValidationError as wrong:
        first = wrong.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "file"
        raise FileError(where, field, first["msg"].removeprefix("Value error, ")) from wrong


def harmless(words: str) -> str:
    """The words, which Slack shows and does not obey. Raises ValueError for others."""
    if found := _OBEYED.search(words):
        raise ValueError(f"“{found[0]}” may call people or hide words; write it without")
    return words


def in_english_too(words: dict[str, str]) -> dict[str, str]:
    """Words by language ("de"), English among them. Raises ValueError."""
    if ENGLISH not in words:
        raise ValueError(f"add “{ENGLISH}”: it stands in for every language that is not here")
    return words


Short = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\n*_~`]*$"), AfterValidator(harmless)
]
"""A name or a heading: one line without marks."""

InLanguages = Annotated[dict[str, Short], AfterValidator(in_english_too)]
"""A name or a heading by language."""


def said(words: dict[str, str]) -> str:
    """Those of the language of the moment, or else the English ones."""
    return words.get(spoken().language) or words[ENGLISH]
