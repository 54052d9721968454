"""How a table's columns are read: which is the score, which the date, and what becomes of the rest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Mapped
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from bot.nps.importing.moments import Order
from stories.errors import UserError
from stories.language import _
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Columns by name. Without `key` rows are told apart by all that stands in them.

    `properties` pairs a column with the name that its property gets. `order` is needed where the dates of
    `at` can be read in two ways. Columns that are named nowhere are not kept.
    """

    score: str
    at: str
    key: str = ""
    comment: str = ""
    person: str = ""
    properties: tuple[tuple[str, str], ...] = ()
    order: Order | None = None

    def used(self) -> tuple[str, ...]:
        """Every column that is read."""
        single = (self.score, self.at, self.key, self.comment, self.person)
        return (*(column for column in single if column), *(column for column, _name in self.properties))

    def having(self, part: str, column: str) -> Self:
        """The same with this column for `part` ("score", "at", "key", "comment" or "person")."""
        return self.from_json({**self.as_json(), part: column})

    def as_json(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self)

    @classmethod
    def from_json(cls, held: Mapped[str, Any]) -> Self:
        """As it was stored."""
        order = Order(held["order"]) if held["order"] else None
        properties = tuple((column, name) for column, name in held["properties"])
        return cls(**{**held, "order": order, "properties": properties})


def check(mapping: Mapping, columns: tuple[str, ...]) -> None:
    """Raises UserError when the mapping names a column that is not there, or one twice for two things."""
    for column in mapping.used():
        if column not in columns:
            said = _("There is no column “{column}”. There are: {columns}.")
            raise UserError(said.format(column=column, columns=", ".join(columns[:40])))
    if mapping.score == mapping.at:
        raise UserError(
            _("The score and the date cannot be one column: “{column}”.").format(column=mapping.at)
        )


def fingerprint(path: Path, mapping: Mapping) -> str:
    """The same file read in the same way has the same."""
    digest = hashlib.blake2b(digest_size=20)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    digest.update(json.dumps(mapping.as_json(), sort_keys=True).encode())
    return digest.hexdigest()
