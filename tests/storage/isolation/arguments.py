"""Arguments for any function of storage, made from its parameters' names and types.

A number called `story_id` is a story's of the workspace that is asked about; names of people, channels and
keys are those that both workspaces have. What cannot be told from name and type stands in `given.GIVEN`.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tests.conftest import NOW
from tests.storage.isolation.given import GIVEN, GIVEN_KINDS
from tests.storage.isolation.two_workspaces import Side, alike, words


class Unknown(Exception):
    """Nobody has said how an argument is made; says where to."""


def arguments(function: Callable[..., Any], name: str, side: Side) -> dict[str, Any]:
    """What to call this function with, but for its session and workspace, about rows of `side`.

    Raises Unknown, which names what to add.
    """
    hints = get_type_hints(function)
    made: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[2:]:
        place = f"{name}.{parameter.name}"
        if parameter.kind is inspect.Parameter.VAR_KEYWORD:
            made |= GIVEN[place](side) if place in GIVEN else _unknown(place, "any keywords")
        else:
            made[parameter.name] = made_of(parameter.name, hints[parameter.name], side, place)
    return made


def made_of(name: str, kind: Any, side: Side, place: str) -> Any:
    """A value of this kind for something of this name. Raises Unknown."""
    given = GIVEN.get(place) or GIVEN.get(name) or GIVEN_KINDS.get(kind)
    if given:
        return given(side)
    if get_origin(kind) is not None:
        return _of_several(name, kind, side, place)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    return _whole(kind, side, place) if is_dataclass(kind) else _plain(name, kind, side, place)


def _of_several(name: str, kind: Any, side: Side, place: str) -> Any:
    """A value of a kind that is made of others: one of them, or something that holds one."""
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one is not type(None)]
    if origin in (dict, Mapping):
        return {"text": words(side, name)}
    if origin is Literal:
        return inner[0]
    if origin in (Union, types.UnionType):
        return made_of(name, inner[0], side, place)
    if origin is tuple and Ellipsis not in inner:
        return tuple(made_of(name, one, side, place) for one in inner)
    one = made_of(name.removesuffix("s"), inner[0], side, place)
    return {one} if origin in (set, frozenset) else (one,) if origin is tuple else [one]


def _whole(kind: Any, side: Side, place: str) -> Any:
    """A value of a dataclass; what has a default keeps it, but for what names a row."""
    hints, given = get_type_hints(kind), {}
    for one in fields(kind):
        needed = one.default is MISSING and one.default_factory is MISSING
        if one.init and (needed or one.name in GIVEN or (one.name == "id" and hints["id"] is int)):
            name = f"{kind.__name__.lower()}_id" if one.name == "id" else one.name
            given[one.name] = made_of(name, hints[one.name], side, f"{place}.{one.name}")
    return kind(**given)


def _plain(name: str, kind: Any, side: Side, place: str) -> Any:
    if kind is int:
        return _number(name, side, place)
    if kind is str:
        return alike(name) or words(side, name)
    if kind in _SIMPLE:
        return _SIMPLE[kind]
    return _unknown(place, str(kind))


def _number(name: str, side: Side, place: str) -> int:
    """The number of a row where the name says of which table, else a small one.

    Of several tables with such rows it is the one whose name begins as the module's.
    """
    if not name.endswith("_id") and name != "id":
        return 1
    noun = _MEANT.get(name.removesuffix("_id"), name.removesuffix("_id"))
    exact = (noun, f"{noun}s", f"{noun[:-1]}ies")
    fitting = [table for table in side.ids if table in exact or table.endswith(f"_{noun}s")]
    area = re.split(r"[_.]", place)[0]
    near = [table for table in fitting if table.startswith(f"{area}_")]
    return side.ids[next(iter(near + fitting), "deliveries")][0]


_MEANT = {
    "waiting": "unasked",
    "posted": "delivery",
    "target": "delivery",
    "reason": "project_reason",
    "media": "series_media",
}
"""What a name means where no table is called so."""


def _unknown(place: str, kind: str) -> Any:
    raise Unknown(
        f"storage.{place} ({kind}): say in GIVEN of tests/storage/isolation/given.py how it is made"
    )


_SIMPLE: dict[Any, Any] = {
    bool: True,
    float: 0.5,
    bytes: b"alder",
    datetime: NOW,
    date: NOW.date(),
    timedelta: timedelta(minutes=1),
    time: time(9),
}
