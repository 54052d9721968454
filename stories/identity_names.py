"""Which capitalised runs are people, companies or places: see `stories.identities` for the rule."""

from __future__ import annotations

from collections.abc import Iterator

from stories import identity_context as context
from stories.everyday_words import FUNCTION_WORDS
from stories.folding import fold
from stories.identity_places import PLACE, is_common, is_far, is_ordinary, is_place_name, is_unknown, place
from stories.identity_tokens import Run, Token, run_of, runs
from stories.identity_words import (
    is_everyday_name,
    is_field_word,
    is_german_noun,
    is_given_name,
    is_sure_town,
    is_town,
    is_word,
)

PERSON, COMPANY = "person", "company"
Named = tuple[str, int, int, bool]
"""Kind, start, end, and whether a list says so (rather than the words around it)."""

_LONGEST = 5


def named_in(text: str) -> Iterator[Named]:
    """Every person, company and place of the text."""
    for whole in runs(text):
        run = _without_opening(text, whole)
        if run is None:
            continue
        found = _company(run) or place(run) or _person(run)
        if found is not None:
            yield found
        else:
            yield from _inside(text, run)


def _without_opening(text: str, run: Run) -> Run | None:
    """The run without everyday words that have their capital from the beginning of a sentence."""
    tokens = list(run.tokens)
    while tokens and tokens[0].opens and is_ordinary(tokens[0]) and not _opens_name(tokens, run):
        tokens = tokens[1:]
    if not tokens:
        return None
    return run if len(tokens) == len(run.tokens) else run_of(text, tokens)


def _opens_name(tokens: list[Token], run: Run) -> bool:
    """ "Mark Tollemache", "Umbrella Foods Ltd", "Grace: …" and "Will said" begin with words and are names."""
    called = is_given_name(tokens[0].text) or is_everyday_name(tokens[0].text)
    if len(tokens) == 1:
        return (called and _is_speaking(run)) or is_far(run)
    if fold(tokens[0].text) in FUNCTION_WORDS:
        return False
    rest = tokens[1:]
    return (called and is_unknown(rest[0])) or any(
        context.LEGAL_WORD.fullmatch(token.text) or context.TRADE_WORD.fullmatch(token.text) for token in rest
    )


def _company(run: Run) -> Named | None:
    tokens = run.tokens
    words = [token.text for token in tokens]
    if len(tokens) > 1 and any(context.LEGAL_WORD.fullmatch(word) for word in words[1:]):
        return COMPANY, run.start, run.end, True
    around = _works_there(run)
    trade = len(tokens) > 1 and context.TRADE_WORD.fullmatch(words[-1]) and not is_field_word(words[0])
    if all(is_common(token) for token in tokens) and not _is_traded(tokens) and not (around and trade):
        return None
    if is_given_name(words[0]) and not _is_traded(tokens) and (len(words) > 1 or not is_ordinary(tokens[0])):
        return None
    if _is_traded(tokens) or (around and len(tokens) <= _LONGEST and not is_place_name(run)):
        return COMPANY, run.start, run.end, not around
    return None


def _works_there(run: Run) -> bool:
    if len(run.tokens) == 1 and run.tokens[0].text.isupper():
        # An abbreviation is more often a tool than an employer: only where somebody works.
        return context.WORK_AT.search(run.before) is not None
    said = context.COMPANY_BEFORE.search(run.before) or context.COMPANY_AFTER.match(run.after)
    return bool(said or context.SOMEBODY_OF.search(run.before))


def _is_traded(tokens: tuple[Token, ...]) -> bool:
    """A name that ends in a trade: "Kestrelby Foods", and not "Observability Team" or "Elastic Bank"."""
    if len(tokens) < 2 or not context.TRADE_WORD.fullmatch(tokens[-1].text):
        return False
    return any(is_unknown(token) or is_given_name(token.text) for token in tokens[:-1])


def _person(run: Run) -> Named | None:
    tokens = run.tokens
    if context.TITLE_BEFORE.search(run.before):
        return PERSON, run.start, run.end, False
    if all(is_field_word(token.text) for token in tokens):
        return None
    if len(tokens) > 1:
        return _full_name(run)
    word = tokens[0].text
    listed = is_given_name(word) and not is_ordinary(tokens[0]) and not is_german_noun(word)
    if tokens[0].shouted or not (listed or _is_somebody(run)):
        return None
    return PERSON, run.start, run.end, listed


def _is_somebody(run: Run) -> bool:
    """Whether the words around a single one tell that it is a person."""
    word = run.tokens[0]
    near = context.PERSON_BEFORE.search(run.before) or _is_speaking(run)
    if is_given_name(word.text) or is_everyday_name(word.text):
        return bool(near or _is_addressed(run))
    return is_unknown(word) and bool(near or context.PERSON_AFTER.match(run.after))


def _is_speaking(run: Run) -> bool:
    """Said to speak, or marked as the speaker of what follows ("Grace: …")."""
    labelled = run.opens and context.SPEAKER_AFTER.match(run.after)
    return bool(labelled or context.SAYS_AFTER.match(run.after))


def _is_addressed(run: Run) -> bool:
    """ "Thank you so much, Grace.\""""
    return run.before.rstrip().endswith(",") and bool(context.ADDRESSED_AFTER.match(run.after))


def _full_name(run: Run) -> Named | None:
    tokens = list(run.tokens)
    # "Peter Szabó Training": what follows a name in a heading is none of it.
    while len(tokens) > 2 and is_common(tokens[-1]):
        tokens = tokens[:-1]
    if len(tokens) > _LONGEST or any(token.shouted and not _is_scottish(token.text) for token in tokens):
        return None
    unknown = [is_unknown(token) for token in tokens if token.capital]
    first, last = tokens[0], tokens[-1]
    whole = PERSON, first.start, last.end
    called = is_given_name(first.text) and not is_field_word(first.text) and not is_field_word(last.text)
    if called and not (is_word(last.text) and is_ordinary(first)):
        return *whole, True
    near = context.PERSON_BEFORE.search(run.before) or context.PERSON_AFTER.match(run.after)
    if all(unknown) or (near and any(unknown) and not any(is_field_word(token.text) for token in tokens)):
        return *whole, not near
    return None


def _is_scottish(word: str) -> bool:
    """ "McAllister" and "O'Neill" have a capital inside and are people all the same."""
    return word.startswith(("Mc", "Mac", "O'", "O’", "De", "Di", "Van", "Le", "La", "Fitz"))


def _inside(text: str, run: Run) -> Iterator[Named]:
    """Names within a longer run that is none as a whole: "Senior Engineer Priya", "Leeds Office"."""
    if len(run.tokens) < 2:
        return
    for token in run.tokens:
        single = run_of(text, [token])
        if is_ordinary(token) or is_field_word(token.text) or token.shouted:
            continue
        if is_sure_town(token.text):
            yield PLACE, token.start, token.end, True
        elif is_given_name(token.text):
            yield PERSON, token.start, token.end, True
        elif is_town(token.text) and context.PLACE_BEFORE.search(single.before):
            yield PLACE, token.start, token.end, True
