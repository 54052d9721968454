"""What is known of a capitalised word: a given name, a town, an everyday word, the name of a tool.

The lists and their licences are described in `gazetteer/README.md`. They are read when first asked for
(about 8 MB), so that a bot that shows no preview does not carry them.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from stories.everyday_words import EVERYDAY, FUNCTION_WORDS
from stories.folding import fold

_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ers", "er"), ("es", "e"), ("es", ""), ("s", ""),
    ("ed", ""), ("ed", "e"), ("er", ""), ("er", "e"), ("ly", ""), ("ness", ""), ("able", ""), ("less", ""),
)  # fmt: skip
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_PREFIXES = ("re", "un", "non", "pre", "co", "multi", "sub", "micro", "auto", "inter", "over")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_GERMAN_NOUNS = _set(
    """
    au aue baden berg bogen buch bunde engen essen feucht haan haar halle hart heide hof holle horn jade korb
    kuchen lachen lage laufen lehre linden melle menden mengen messel mitte nette norden rain regen rohr rot
    rum sande senden siegen singen sinn spalt stein stelle verden waren wedel wehr weiden wenden werben werder
    wetter wissen worms zeil zell zug
    """
)


def is_given_name(word: str) -> bool:
    """Whether people are called so; true for everyday words too ("Mark", "Grace")."""
    return fold(word) in _given_names()


def is_everyday_name(word: str) -> bool:
    """Whether the word is a given name or a surname that English also uses as a word."""
    return fold(word) in EVERYDAY


def is_word(word: str) -> bool:
    """Whether English uses this as a common word, inflected or put together with another by a hyphen."""
    plain = fold(word).replace("’", "'").partition("'")[0]
    if plain in _sure_towns() or (plain in _given_names() and plain not in EVERYDAY):
        return False
    return all(_is_plain_word(part) for part in plain.split("-"))


def is_field_word(word: str) -> bool:
    """Whether it is a tool, a standard, a people, a language or a day: something many have in common."""
    plain = fold(word)
    return plain in _field_words() or plain.removesuffix("s") in _field_words()


def is_town(name: str) -> bool:
    """Whether a larger town is called so, whatever else the word may mean."""
    spelled = _spelled(name)
    return spelled in _towns() or spelled in _sure_towns()


def is_small_town(name: str) -> bool:
    """Whether a smaller town is called so: many are surnames too, so words around it have to say that."""
    return _spelled(name) in _small_towns()


def is_sure_town(name: str) -> bool:
    """Whether the town is what a capital mostly means, though it is also a word or a given name."""
    return _spelled(name) in _sure_towns()


def is_any_town(name: str) -> bool:
    """Whether a town of any size is called so."""
    return is_town(name) or is_small_town(name)


def is_german_noun(word: str) -> bool:
    """Whether German uses a town's name as a common noun ("Essen", which is food as well)."""
    return fold(word) in _GERMAN_NOUNS


@cache
def _is_plain_word(word: str) -> bool:
    known = _words()
    if word in known or word in FUNCTION_WORDS or len(word) < 2:
        return True
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            if stem + instead in known or _DOUBLED.sub(r"\1", stem) in known:
                return True
    return any(len(word) > len(p) + 3 and word.startswith(p) and word[len(p) :] in known for p in _PREFIXES)


def _spelled(name: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(name)).strip()


def _list(name: str, separator: str | None = None) -> list[str]:
    text = (files("stories") / "gazetteer" / name).read_text("utf-8")
    return [entry.strip() for entry in text.split(separator)]


@cache
def _given_names() -> frozenset[str]:
    return frozenset(_list("given_names.txt"))


@cache
def _words() -> frozenset[str]:
    return frozenset(_list("words.txt"))


@cache
def _towns() -> frozenset[str]:
    return _places("towns.txt")


@cache
def _small_towns() -> frozenset[str]:
    return _places("small_towns.txt")


@cache
def _sure_towns() -> frozenset[str]:
    return _places("sure_towns.txt")


def _places(name: str) -> frozenset[str]:
    return frozenset(_spelled(place) for place in _list(name, ";"))


@cache
def _field_words() -> frozenset[str]:
    return frozenset(fold(word) for word in _list("field_words.txt"))
