"""Every builder of messages in a language with longer words: Slack takes it, no word escaped the catalogue.

Arguments are made up from the types that a builder takes, so one that is new is looked at without being named
here. One that can't be reached so is to be given what it needs (`tests.builders_given`).
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import typing
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import bot.messages
from bot.messages.charts import CHART
from stories.language import speaking
from tests.any_value import DATA, CannotMake, any_value
from tests.blockkit import assert_valid
from tests.builders_given import given
from tests.pseudo import PSEUDO, made_up, outside, shown

BY_NAME = {
    "author": "U0ANA",
    "by": "U0BEN",
    "channel_id": "C0PILOT",
    "country": "GB",
    "currency": "EUR",
    "emoji": ":cake:",
    "file": "list.csv",
    "language": "de",
    "link": "https://example.com/",
    "month": "2026-10",
    "score": 3,
    "time_zone": "Europe/London",
    "url": "https://example.com/",
    "user_id": "U0ANA",
    "zone": "Europe/London",
}
"""What a parameter or field of this name has to be, where any word will not do."""

NOT_READ = {
    *("routing_fields.key_of", "routing_views.metadata", "dropped_lines.block_of"),
    *("search_choices.kinds", "search_choices.times", "search_choices.consents", "search.narrowed_by"),
    *("interview_hidden.decided_in", "people.field_of", "routing_views.about"),
}
"""Functions whose words only programs read."""

THROUGH_OTHERS = {"blocks.prose_part", "stage.part"}
"""Functions that say one sentence out of a template: those that call them are tried."""

OF_PIECES = {"interview_frame.step_frame"}
"""Builders that set pieces which somebody else makes: what is made up for those is not Slack's."""

_NO_WORDS = re.compile(r"<[^<>|]*\|?|`[^`]*`|https?://\S*|:[a-z_]+:|\{date\w*\}|\w+/\w+|&\w+;")
_ANY_WORD = re.compile(r"\w+")
_ASCII_WORD = re.compile(r"[A-Za-z]{2,}")
_SAME_EVERYWHERE = {
    *(DATA, "Firsthand", "NPS", "UTC", "Slack", "CSV", "csv", "EUR", "USD", "GBP", "London", "Europe"),
    *("Deutsch", "English", "sub", "https"),
}
"""Names, currencies, and languages in their own words."""

_GRAMMAR = {
    *("last", "this", "week", "weeks", "month", "months", "quarter", "year", "by", "vs", "since"),
    *("detractors", "trend", "worth"),
}
"""Words of the grammar of /nps, which has no phrases of a made-up language."""


def builders() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of `bot.messages`, by its module and name."""
    for info in pkgutil.iter_modules(bot.messages.__path__):
        module = importlib.import_module(f"bot.messages.{info.name}")
        for name, function in vars(module).items():
            own = inspect.isfunction(function) and function.__module__ == module.__name__
            asked = not name.startswith("_") and f"{info.name}.{name}" not in NOT_READ | THROUGH_OTHERS
            if own and asked:
                yield f"{info.name}.{name}", function


def built(function: Callable[..., Any], chosen: Mapping[str, Any]) -> Any:
    """What it makes of these values, and of made-up ones for the rest. Raises whatever it says to them."""
    hints = typing.get_type_hints(function)
    placed: list[Any] = []
    named: dict[str, Any] = {}
    for one in inspect.signature(function).parameters.values():
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            continue
        try:
            value = chosen[one.name] if one.name in chosen else any_value(hints[one.name], one.name, BY_NAME)
        except CannotMake:
            if one.default is one.empty:
                raise
            value = one.default
        if one.kind is one.KEYWORD_ONLY:
            named[one.name] = value
        else:
            placed.append(value)
    with speaking(PSEUDO):
        made = function(*placed, **named)
        return list(made) if inspect.isgenerator(made) else made


def test_sentences_are_longer_and_keep_their_places_and_marks() -> None:
    assert made_up(" *{count:,}* of `x` ") == " ⟦*{count:,}* óf `x`~~⟧ "
    assert outside("a ⟦b ⟦c⟧ d⟧ e ⟦cut").split() == ["a", "e"]


def test_no_word_escapes_the_catalogue_and_longer_ones_fit() -> None:
    refused, untold, invalid = dict[str, str](), dict[str, list[str]](), dict[str, str]()
    silent = dict[str, list[str]]()
    special = given(BY_NAME)
    tried = [(name, function, chosen) for name, function in builders() for chosen in special.get(name, ({},))]
    for name, function, chosen in tried:
        try:
            made = built(function, chosen)
        except Exception as error:  # noqa: BLE001 made-up arguments do not fit every builder
            refused[name] = repr(error)
            continue
        left = {word for text in shown(made) for word in _words(text)} - _SAME_EVERYWHERE - _GRAMMAR
        if left:
            untold[name] = sorted(left)
        if isinstance(made, dict) and {"text", "blocks"} <= made.keys() and (lost := _not_in_its_text(made)):
            silent[name] = lost
        if name not in OF_PIECES and (trouble := _refused_by_slack(made)):
            invalid[name] = trouble
    assert refused == {}, "give these builders what they need in tests/builders_given.py"
    assert special.keys() <= {name for name, _function, _chosen in tried}, "no such builder any more"
    assert untold == {}
    assert invalid == {}
    assert silent == {}, "a notification and a screen reader have the text alone: use read_out"


def _words(text: str) -> list[str]:
    return _ASCII_WORD.findall(_NO_WORDS.sub(" ", outside(text)))


def _not_in_its_text(message: dict[str, Any]) -> list[str]:
    """The words that stand in a message's blocks, beside its buttons, and nowhere in its text."""
    told = [
        {name: value for name, value in block.items() if name != "accessory"}
        for block in message["blocks"]
        if block["type"] not in {"actions", CHART}
    ]
    said = set(_ANY_WORD.findall(str(message["text"])))
    return sorted({word for text in shown(told) for word in _ANY_WORD.findall(text)} - said)


def _refused_by_slack(made: Any) -> str:
    if not isinstance(made, dict):
        return ""
    surface = made.get("type", "message" if {"text", "blocks"} <= made.keys() else "")
    if surface not in ("modal", "home", "message"):
        return ""
    try:
        assert_valid(made, surface)
    except AssertionError as error:
        return str(error)
    return ""
