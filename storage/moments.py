"""The database's own clock inside a statement: leases are reckoned in it, and it costs no question more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Float, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.columns import UtcDateTime


class _Moment(GenericFunction[datetime]):
    name = "firsthand_moment"
    type = UtcDateTime()
    inherit_cache = True


def moment(after: timedelta = timedelta(0)) -> Any:
    """This very moment by the database's clock, or that long after (before, where it is negative)."""
    return _Moment(bindparam(None, after.total_seconds(), type_=Float(), unique=True))


def moment_after(seconds: str) -> Any:
    """The same in a statement that is built once: `seconds` names the parameter."""
    return _Moment(bindparam(seconds, type_=Float()))


@compiles(_Moment, "sqlite")
def _sqlite(element: _Moment, compiler: Any, **options: Any) -> str:
    seconds = compiler.process(element.clauses, **options)
    # Written as the column keeps it, so that moments compare as texts.
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', {seconds} || ' seconds')"


@compiles(_Moment, "postgresql")
def _postgresql(element: _Moment, compiler: Any, **options: Any) -> str:
    seconds = compiler.process(element.clauses, **options)
    return f"(clock_timestamp() + make_interval(secs => {seconds}))"
