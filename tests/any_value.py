"""A value of any type that a builder of messages takes, made from its annotation."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin
from zoneinfo import ZoneInfo

from tests.conftest import NOW

DATA = "Qxw"
"""Stands wherever somebody's own words would."""

_PLAIN: dict[Any, Any] = {
    str: DATA,
    int: 3,
    float: 3.5,
    bool: True,
    bytes: b"x",
    Decimal: Decimal(1200),
    datetime: NOW,
    date: NOW.date(),
    time: time(9),
    timedelta: timedelta(days=2),
    ZoneInfo: ZoneInfo("Europe/London"),
    type(None): None,
    object: DATA,
    Any: DATA,
}


class CannotMake(Exception):
    """Nothing is known of this type."""


def any_value(hint: Any, named: str = "", special: Mapping[str, Any] | None = None) -> Any:
    """A value of this type; `special` are values by the names of parameters and fields."""
    special = special or {}
    if named in special and hint in (str, str | None, Any, int, float):
        return special[named]
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = _hints(hint)
        made = {
            one.name: any_value(hints[one.name], one.name, special)
            for one in dataclasses.fields(hint)
            if one.init and (one.default is dataclasses.MISSING or hints[one.name] is not bool)
        }
        return hint(**made)
    return _made_of_others(hint, named, special)


def _made_of_others(hint: Any, named: str, special: Mapping[str, Any]) -> Any:
    if hint == dict[str, Any]:
        return {"type": "section", "text": {"type": "mrkdwn", "text": DATA}}
    origin, inside = get_origin(hint) or type(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any_value(next(one for one in inside if one is not type(None)), named, special)
    if hasattr(hint, "__supertype__"):
        return any_value(hint.__supertype__, named, special)
    if origin not in _COMPOSED:
        raise CannotMake(hint)
    return _COMPOSED[origin](inside, lambda one: any_value(one, "", special))


@cache
def _hints(made: type) -> dict[str, Any]:
    return typing.get_type_hints(made)


_Make = Callable[[Any], Any]


def _tuple(inside: tuple[Any, ...], make: _Make) -> Any:
    several = len(inside) == 2 and inside[1] is Ellipsis
    return (make(inside[0]),) if several else tuple(make(one) for one in inside)


def _mapping(inside: tuple[Any, ...], make: _Make) -> Any:
    return {make(inside[0]): make(inside[1])}


def _set(inside: tuple[Any, ...], make: _Make) -> Any:
    return frozenset({make(inside[0])})


def _rows(inside: tuple[Any, ...], make: _Make) -> Any:
    return [make(one) for one in inside[:1]]


def _function(_inside: tuple[Any, ...], _make: _Make) -> Any:
    return lambda *_given, **_named: DATA


def _literal(inside: tuple[Any, ...], _make: _Make) -> Any:
    return inside[0]


_COMPOSED: dict[Any, Callable[[tuple[Any, ...], _Make], Any]] = {
    Literal: _literal,
    tuple: _tuple,
    **dict.fromkeys((dict, Mapping), _mapping),
    **dict.fromkeys((set, frozenset, AbstractSet), _set),
    **dict.fromkeys((list, Sequence, Iterable, Iterator, Collection), _rows),
    Callable: _function,
}
