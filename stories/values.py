"""Frozen values whose methods are written when the first of them is made.

The standard decorator writes and compiles six methods for each class, half a millisecond: with more than five
hundred classes a quarter of a start, though most processes make values of few of them. Here it does so when
somebody first asks for one of the methods; from then on they are the standard ones. Type checkers see the
standard decorator; `fields`, `replace`, `asdict`, `match`, copies and pickles work as they do with it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool = False, slots: bool = False, **more: bool) -> Callable[[type], type]:
        """`dataclasses.dataclass`; made later where it is asked for a frozen, slotted value and no more."""

        def made(cls: type) -> type:
            inherits = dataclasses.is_dataclass(cls)
            if frozen and slots and not inherits and not more.keys() - {"kw_only"}:
                return _value(cls, **more)
            return dataclasses.dataclass(frozen=frozen, slots=slots, **more)(cls)

        return made


__all__ = ["dataclass"]

_METHODS = (
    *("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__"),
    *("__getstate__", "__setstate__"),
)


def _value(cls: type, *, kw_only: bool = False) -> Any:
    # Without a docstring the standard decorator works a signature out, which takes longer than all else.
    cls.__doc__ = cls.__doc__ or cls.__name__
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
    made.__dataclass_params__.frozen = True
    for name in _METHODS:
        # A class that defines __eq__ has None for __hash__.
        if vars(made).get(name) is None:
            setattr(made, name, _Unwritten(made, name))
    return made


class _Unwritten:
    """In the place of a method until somebody asks for it."""

    def __init__(self, cls: type, name: str) -> None:
        self._cls, self._name = cls, name

    def __get__(self, one: object, owner: type) -> Any:
        _write(self._cls)
        return vars(self._cls)[self._name].__get__(one, owner)


def _write(cls: Any) -> None:
    """Take the methods from a standard dataclass with the same fields."""
    said = {"__doc__": cls.__doc__, "__module__": cls.__module__}
    whole = dataclasses.make_dataclass(
        cls.__name__, (), bases=(cls,), namespace=said, frozen=True, slots=True
    )
    for name in _METHODS:
        if isinstance(vars(cls)[name], _Unwritten):
            setattr(cls, name, vars(whole)[name])
