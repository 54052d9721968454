"""Values are standard dataclasses in all that anybody sees, whichever method is asked for first."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.values import dataclass


@dataclass(frozen=True, slots=True)
class Ours:
    """What is compared with the standard."""

    name: str
    tags: tuple[str, ...] = ()
    seen: list[int] = field(default_factory=list, compare=False)
    secret: str = field(default="", repr=False)
    length: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """The same, by the standard decorator alone."""

    name: str
    tags: tuple[str, ...] = ()
    seen: list[int] = field(default_factory=list, compare=False)
    secret: str = field(default="", repr=False)
    length: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", len(self.name))


_GIVEN = st.tuples(st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2).map(tuple))


@given(_GIVEN, _GIVEN)
def test_a_value_is_what_the_standard_makes_of_it(
    one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]
) -> None:
    ours, theirs = Ours(*one), Theirs(*one)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert hash(ours) == hash(theirs)
    assert asdict(ours) == asdict(theirs)
    assert (ours == Ours(*other)) is (theirs == Theirs(*other))
    assert ours.__eq__(theirs) is NotImplemented
    assert replace(ours, name="x") == Ours("x", one[1])
    assert copy.deepcopy(ours) == pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301 ours


def test_a_class_has_its_signature_before_any_value_is_made() -> None:
    assert inspect.signature(Ours) == inspect.signature(Theirs)
    assert Ours.__match_args__ == Theirs.__match_args__


def test_a_value_cannot_be_changed() -> None:
    value = Ours("x")
    with pytest.raises(FrozenInstanceError):
        value.name = "y"  # type: ignore[misc]  # what is tried
    with pytest.raises(FrozenInstanceError):
        del value.name
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
        Ours()  # type: ignore[call-arg]  # what is tried


@pytest.mark.parametrize("ask", [repr, hash, copy.copy, pickle.dumps, lambda value: value == value])
def test_each_method_may_be_the_first_that_somebody_asks_for(ask: Callable[[object], object]) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Fresh:
        name: str

    unmade = object.__new__(Fresh)
    object.__setattr__(unmade, "name", "x")
    if ask is pickle.dumps:
        assert unmade.__reduce_ex__(4)[2] == ["x"]
    else:
        assert ask(unmade)
    assert Fresh(name="x") == unmade


def test_a_value_may_inherit_and_have_methods_of_its_own() -> None:
    @dataclass(frozen=True, slots=True)
    class Longer(Ours):
        more: int = 1

        def __hash__(self) -> int:
            return 7

    assert (Longer("x").length, Longer("x").more, hash(Longer("x"))) == (1, 1, 7)
    assert Longer("x", more=1) == Longer("x") != Ours("x")
