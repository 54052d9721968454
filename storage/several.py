"""Several values in a statement that is prepared: one parameter, whatever their number.

An expanding parameter has as many places as there are values, so that the statement would be another one
each time. PostgreSQL takes an array instead, SQLite a JSON list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ARRAY, JSON, ColumnElement, any_, bindparam, column, func, select
from sqlalchemy.types import TypeEngine

from storage.prepared import Prepared, Statement


def several(dialect: str, name: str, kind: TypeEngine[Any]) -> Any:
    """What stands for the values of the parameter `name` (a list) after `in_` and `not_in`."""
    if dialect == "postgresql":
        array = func.unnest(bindparam(name, type_=ARRAY(kind))).table_valued(column("value", kind))
        return select(array.render_derived().c.value)
    listed = func.json_each(bindparam(name, type_=JSON())).table_valued(column("value", kind))
    return select(listed.c.value)


def either(make: Callable[[Any], Prepared], name: str, kind: TypeEngine[Any]) -> Mapping[str, Prepared]:
    """A statement over several values for each database, by its dialect's name."""
    return {dialect: make(several(dialect, name, kind)) for dialect in ("sqlite", "postgresql")}


def one_of(dialect: str, held: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column holds one of the values of the parameter `name` (a list)."""
    if dialect == "postgresql":
        # So it knows how few they are, and looks each up.
        fits: ColumnElement[bool] = held == any_(bindparam(name, type_=ARRAY(held.type)))
        return fits
    return held.in_(several(dialect, name, held.type))


class Each(dict[str, Prepared]):
    """What a statement is in each database, by its dialect's name; made when it is first asked for.

    A process speaks to one of them, and starts sooner without the others.
    """

    def __init__(self, make: Callable[[str], Statement]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, dialect: str) -> Prepared:
        made = self[dialect] = Prepared(self._make(dialect))
        return made


def for_each(make: Callable[[str], Statement]) -> Mapping[str, Prepared]:
    """A statement that is another one on each database, given how to make it for a dialect."""
    return Each(make)
