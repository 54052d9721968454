"""Statements that are built and compiled once, then run on the driver itself.

SQLAlchemy's own way to a row costs 60 to 90 µs a statement on SQLite, of which the statement itself is a
tenth. What stands in everybody's way (the statements of a write-up, single rows put in) is therefore
compiled once a database and run with its types' own conversions, as SQLAlchemy would.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import CompoundSelect, Delete, Insert, Select, Update

from stories.values import dataclass

Convert = Callable[[Any], Any] | None
Statement = Select[Any] | CompoundSelect[Any] | Insert | Update | Delete


class Rows:
    """What a statement answered, read with the few methods of SQLAlchemy's results that are asked of it."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rows)

    def all(self) -> list[Any]:
        """Every row, its columns by name and in order."""
        return list(self._rows)

    def first(self) -> Any | None:
        """The first row; None where there is none."""
        return self._rows[0] if self._rows else None

    def scalar_one_or_none(self) -> Any | None:
        """The first column of the one row; None where there is none."""
        return self._rows[0][0] if self._rows else None

    def scalar_one(self) -> Any:
        """The first column of the one row. Raises LookupError where there is none."""
        if not self._rows:
            raise LookupError("the statement answered with no row")
        return self._rows[0][0]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement in one database's own words, for one set of parameter names."""

    sql: str
    converting: tuple[tuple[str, Convert], ...]
    defaults: Mapping[str, Any]
    made_anew: tuple[tuple[str, Callable[[None], Any]], ...]
    positional: bool
    answers: bool
    row: Callable[[Any], Any]
    reading: tuple[tuple[int, Callable[[Any], Any]], ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Values by name as the driver takes them; what is not given stands at its column's default."""
        held = {**self.defaults, **values} if self.defaults else values
        if self.made_anew:
            held = {**{name: make(None) for name, make in self.made_anew}, **held}
        if self.positional:
            return [held[name] if to is None else to(held[name]) for name, to in self.converting]
        return {name: held[name] if to is None else to(held[name]) for name, to in self.converting}

    def rows(self, found: Sequence[Any]) -> Rows:
        """The driver's rows as they are read."""
        if not self.reading:
            return Rows([self.row(one) for one in found])
        read = []
        for one in found:
            # Most columns are read as the driver gives them.
            values = list(one)
            for place, to in self.reading:
                values[place] = to(values[place])
            read.append(self.row(values))
        return Rows(read)


class Prepared:
    """A statement over tables (not mapped classes) without expanding parameters, to be made once."""

    __slots__ = ("statement",)

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    def compiled(self, dialect: Dialect, names: tuple[str, ...]) -> Compiled:
        """The statement for this database with these parameters, compiled at its first use."""
        known: dict[Any, Compiled] = dialect.__dict__.setdefault("firsthand_prepared", {})
        key = (self, names)
        found = known.get(key)
        if found is None:
            found = known[key] = _compiled(self.statement, dialect, names)
        return found


class Gathered(Prepared):
    """A prepared statement that several can ask together on PostgreSQL, as `together`.

    That reads its parameters from a JSON list, `%(given)s`, of objects with the parameters' names and `n`,
    and answers with the `n` of whom a row is for before the columns of the statement itself. Those with
    equal values of `key` (none: there are no such) never go together.
    """

    __slots__ = ("key", "together")

    def __init__(self, statement: Statement, together: str, *, key: tuple[str, ...] = ()) -> None:
        super().__init__(statement)
        self.together = together
        self.key = key


Question = tuple[Prepared, Mapping[str, Any]]
"""A statement that only reads, and its values."""


def failed(error: Exception, sql: str, dialect: Dialect) -> Exception:
    """A driver's error as SQLAlchemy tells it, without what was to be stored."""
    told = DBAPIError.instance(
        sql, None, error, dialect.loaded_dbapi.Error, hide_parameters=True, dialect=dialect
    )
    return told if isinstance(told, Exception) else error


class DirectSession(AsyncSession):
    """A session that runs prepared statements on its driver.

    What SQLAlchemy needs is made when it is first asked for something: many a session never does.
    """

    def __init__(self, **settings: Any) -> None:
        self._settings = settings

    @property
    def is_made(self) -> bool:
        """Whether SQLAlchemy was asked for anything, so that there may be something to end."""
        return "sync_session" in vars(self)

    def __getattr__(self, name: str) -> Any:
        """Reached for what SQLAlchemy's own beginning sets."""
        if name.startswith("__") or self.is_made:
            raise AttributeError(f"{type(self).__name__} has no {name}")
        super().__init__(**self._settings)
        return getattr(self, name)

    async def run_prepared(self, prepared: Prepared, values: Mapping[str, Any]) -> Rows:
        """What the statement answers. Raises sqlalchemy.exc.DBAPIError as SQLAlchemy does."""
        raise NotImplementedError

    async def run_several(self, asked: Sequence[Question]) -> list[Rows]:
        """What each of these answers, none of which waits for another's answer. Raises as above."""
        return [await self.run_prepared(prepared, values) for prepared, values in asked]

    async def run_written(self, sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """The driver's own rows of a question in its own words and its own style of parameters.

        For what is written for one database alone, and anew each time. Raises as above.
        """
        raise NotImplementedError

    async def run_each(self, prepared: Prepared, values: Sequence[Mapping[str, Any]]) -> None:
        """Run the statement once for each of these; all name the same parameters. Raises as above."""
        raise NotImplementedError


def _compiled(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> Compiled:
    made = statement.compile(dialect=dialect, column_keys=sorted(names))
    if not isinstance(made, SQLCompiler) or made.post_compile_params or made.literal_execute_params:
        raise TypeError("a statement with expanding parameters cannot be prepared")
    columns = [(str(column.key), column.type) for column in statement.exported_columns]
    reading = tuple(kind.dialect_impl(dialect).result_processor(dialect, None) for _name, kind in columns)
    row = namedtuple("Row", [name for name, _kind in columns])  # type: ignore[misc]
    kinds = {name: bind.type.dialect_impl(dialect) for bind, name in made.bind_names.items()}
    return Compiled(
        sql=made.string,
        converting=tuple((n, kinds[n].bind_processor(dialect)) for n in made.positiontup or kinds),
        defaults=_fixed(made),
        made_anew=_made_anew(made),
        positional=made.positiontup is not None,
        answers=bool(columns),
        row=row._make,
        reading=tuple((place, to) for place, to in enumerate(reading) if to is not None),
    )


def _fixed(made: SQLCompiler) -> dict[str, Any]:
    """What stands in a column by default, and what the statement itself fixes, such as a LIMIT."""
    by_default = {str(column.key): column.default for column in made.insert_prefetch}
    found = {
        name: bind.value
        for bind, name in made.bind_names.items()
        if not bind.required and name not in by_default
    }
    plain = {key: default for key, default in by_default.items() if getattr(default, "is_scalar", False)}
    return found | {key: getattr(default, "arg", None) for key, default in plain.items()}


def _made_anew(made: SQLCompiler) -> tuple[tuple[str, Callable[[None], Any]], ...]:
    """Defaults that are made for every row, such as an empty list."""
    making = (column for column in made.insert_prefetch if getattr(column.default, "is_callable", False))
    return tuple((str(column.key), getattr(column.default, "arg", _nothing)) for column in making)


def _nothing(_context: None) -> None:
    return None
