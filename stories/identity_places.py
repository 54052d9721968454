"""Which capitalised runs are places: towns that are listed, or are named and spoken of as towns are."""

from __future__ import annotations

from stories import identity_context as context
from stories.identity_tokens import Run, Token
from stories.identity_words import (
    is_everyday_name,
    is_field_word,
    is_german_noun,
    is_given_name,
    is_small_town,
    is_sure_town,
    is_town,
    is_word,
)

PLACE = "place"
Located = tuple[str, int, int, bool]
"""PLACE, start, end, and whether a list says so (rather than the words around it)."""


def is_ordinary(token: Token) -> bool:
    """Whether it may be an everyday word that has its capital for another reason."""
    return is_word(token.text) or is_everyday_name(token.text)


def is_common(token: Token) -> bool:
    """Whether it is an English word or something of a field."""
    return is_word(token.text) or is_field_word(token.text)


def is_unknown(token: Token) -> bool:
    """Neither an English word nor something of a field: mostly the name of somebody or of a place."""
    return not is_common(token) and not token.shouted and len(token.text) > 1


def is_place_name(run: Run) -> bool:
    """Whether a listed town is called so; a smaller one is none where somebody works ("works for Burton")."""
    name = _name(run)
    smaller = is_small_town(name) and not context.WORK_AT.search(run.before)
    return (is_town(name) or smaller) and not run.tokens[0].shouted


def place(run: Run) -> Located | None:
    """The run as a place, if it is one."""
    if all(is_field_word(token.text) for token in run.tokens):
        return None
    if is_town(_name(run)) and not run.tokens[0].shouted:
        return (PLACE, run.start, run.end, True) if _is_meant(run) else None
    if _is_smaller(run):
        return PLACE, run.start, run.end, True
    return (PLACE, run.start, run.end, False) if _is_spoken_of(run) or _is_built(run) else None


def _name(run: Run) -> str:
    return " ".join(token.text for token in run.tokens)


def _is_meant(run: Run) -> bool:
    """Whether a listed name means the town: always, but for those that are also a word, or a given name."""
    if len(run.tokens) > 1:
        return True
    word = run.tokens[0].text
    if context.GERMAN_ARTICLE.search(run.before) and not context.PLACE_AFTER.match(run.after):
        return False
    doubtful = is_ordinary(run.tokens[0]) or is_given_name(word) or is_german_noun(word)
    if is_sure_town(word) or not doubtful:
        return True
    return bool(_is_surely(run) or context.PLACE_MEANT.search(run.before))


def _is_surely(run: Run) -> bool:
    before = context.PLACE_SURELY.search(run.before) or context.PLACE_SURELY_GERMAN.search(run.before)
    return bool(before or context.PLACE_AFTER.match(run.after) or context.PLACE_FAR.match(run.after))


def is_far(run: Run) -> bool:
    """A listed town, alone, with how far it is: what opens a sentence so is no everyday word."""
    listed = len(run.tokens) == 1 and (is_town(_name(run)) or is_small_town(_name(run)))
    return bool(listed and not run.tokens[0].shouted and context.PLACE_FAR.match(run.after))


def _is_smaller(run: Run) -> bool:
    first, name = run.tokens[0], _name(run)
    if first.shouted or not is_small_town(name):
        return False
    if len(run.tokens) > 1 and is_unknown(first) and not is_given_name(first.text):
        return True
    if len(run.tokens) == 1 and (is_ordinary(first) or is_given_name(name) or is_german_noun(name)):
        return _is_surely(run)
    return bool(context.PLACE_BEFORE.search(run.before) or context.PLACE_AFTER.match(run.after))


def _is_spoken_of(run: Run) -> bool:
    """Unknown words where only a place can stand: "They are based in …"."""
    if len(run.tokens) > 3 or not all(is_unknown(token) for token in run.tokens):
        return False
    surely = context.PLACE_SURELY.search(run.before)
    if len(run.tokens) > 1 and not is_given_name(run.tokens[0].text):
        surely = surely or context.PLACE_IN.search(run.before)
    return bool(surely or (context.PLACE_AFTER.match(run.after) and not is_given_name(_name(run))))


def _is_built(run: Run) -> bool:
    """Made as names of towns are, after a word such as "in": "Ottery Bridge", "Bad Quellau"."""
    first, last = run.tokens[0], run.tokens[-1]
    if not 2 <= len(run.tokens) <= 3 or not context.PLACE_BEFORE.search(run.before):
        return False
    ends = context.PLACE_ENDS.fullmatch(last.text) and is_unknown(first) and not is_given_name(first.text)
    begins = context.PLACE_BEGINS.fullmatch(first.text) and is_unknown(last)
    return bool(ends or begins)
