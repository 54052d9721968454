"""Small shapes that JSON must have, put together into blocks; each says what is wrong in Slack's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Problem(NamedTuple):
    """What is wrong and where: a JSON pointer."""

    at: str
    words: str

    def __str__(self) -> str:
        return f"{self.words} [json-pointer:{self.at}]"


Shape = Callable[[Any, str, list[Problem]], None]


def string(most: int | None = None, least: int = 0) -> Shape:
    """Text of `least` to `most` characters."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, str):
            out.append(Problem(at, "must provide a string"))
        elif len(value) < least:
            out.append(Problem(at, f"must be more than {least - 1} characters"))
        elif most is not None and len(value) > most:
            out.append(Problem(at, f"must be less than {most + 1} characters"))

    return check


def boolean(value: Any, at: str, out: list[Problem]) -> None:
    """True or false."""
    if not isinstance(value, bool):
        out.append(Problem(at, "must provide a boolean"))


def number(value: Any, at: str, out: list[Problem]) -> None:
    """Any number."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        out.append(Problem(at, "must provide a number"))


def an_object(value: Any, at: str, out: list[Problem]) -> None:
    """An object, whatever is in it."""
    if not isinstance(value, dict):
        out.append(Problem(at, "must provide an object"))


def anything(_value: Any, _at: str, _out: list[Problem]) -> None:
    """Whatever it is."""


def word(*allowed: object) -> Shape:
    """One of a few values."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        if isinstance(value, bool) or value not in allowed:
            choice = ", ".join(map(str, allowed))
            out.append(Problem(at, f"must be one of: {choice}"))

    return check


def many(item: Shape, least: int = 0, most: int | None = None) -> Shape:
    """A list of `least` to `most` items, each of that shape."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, list):
            out.append(Problem(at, "must provide an array"))
            return
        if len(value) < least:
            out.append(Problem(at, f"no less than {least} items allowed"))
        if most is not None and len(value) > most:
            out.append(Problem(at, f"no more than {most} items allowed"))
        for index, entry in enumerate(value):
            item(entry, f"{at}/{index}", out)

    return check


def record(required: str = "", /, **fields: Shape) -> Shape:
    """An object with these fields and no others; `required` names those it must have.

    A `type` is always allowed: whoever chose the shape by it has looked at it already.
    """
    needed = tuple(required.split())

    def check(value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, dict):
            out.append(Problem(at, "must provide an object"))
            return
        out += [Problem(at, f"missing required field: {name}") for name in needed if name not in value]
        for name, entry in value.items():
            shape = fields.get(name)
            if shape is not None:
                shape(entry, f"{at}/{name}", out)
            elif name != "type":
                out.append(Problem(at, f"invalid additional property: {name}"))

    return check


def by_type(shapes: Mapping[str, Shape]) -> Shape:
    """An object whose `type` says which of the shapes it has."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        if not isinstance(value, dict):
            out.append(Problem(at, "must provide an object"))
            return
        kind = value.get("type")
        if kind is None:
            out.append(Problem(at, "missing required field: type"))
        elif not isinstance(kind, str) or kind not in shapes:
            out.append(Problem(f"{at}/type", f"unsupported type: {kind}"))
        else:
            shapes[kind](value, at, out)

    return check


def either(first: Shape, *others: Shape) -> Shape:
    """Any one of several shapes; what is wrong with the first is what is said."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        for shape in others:
            tried: list[Problem] = []
            shape(value, at, tried)
            if not tried:
                return
        first(value, at, out)

    return check


def both(*shapes: Shape) -> Shape:
    """All of the shapes at once."""

    def check(value: Any, at: str, out: list[Problem]) -> None:
        for shape in shapes:
            shape(value, at, out)

    return check
