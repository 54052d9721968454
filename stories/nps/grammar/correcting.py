"""Typos put right where only one known word is near, and the nearest words where that is not so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from stories.nps.grammar import words as known
from stories.nps.grammar.items import Item, Sign, Unclear
from stories.nps.grammar.reading import phrases
from stories.nps.grammar.spelling import forgiven, nearest
from stories.nps.grammar.tokens import Token
from stories.nps.grammar.vocabulary import Segment, Vocabulary, folded

_MOST_UNCLEAR = 6
_MOST_ITEMS = 40
_LONGEST = 4
_MOST_NAMES = 1000
_MOST_SUGGESTIONS = 3


def corrected(tokens: Sequence[Token], items: Sequence[Item], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens with misspelt words replaced: the grammar's own by words, names by quoted names."""
    found = list(tokens)
    for item in items[:_MOST_ITEMS]:
        if isinstance(item.meaning, Unclear) and item.meaning.near:
            names = _names(item.meaning.near)
            best = _best(folded(item.meaning.value), names, alone=True)
            found[item.end - 1] = Token(names[best], quoted=True) if best else found[item.end - 1]
    looked_at = 0
    for run in _runs(items):
        run = run[: max(0, _MOST_UNCLEAR - looked_at)]
        looked_at += len(run)
        _correct(found, run, vocabulary)
    return tuple(token for token in found if token.text or token.quoted)


def suggestions(item: Item, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Up to three valid words, the likest first; values of one property where that was named."""
    unclear = item.meaning if isinstance(item.meaning, Unclear) else Unclear()
    names = _names(unclear.near) if unclear.near else _everything(vocabulary, _telling_words())
    word = folded(unclear.value if unclear.near else item.words)
    beginning = sorted(form for form in names if len(word) > 1 and form.startswith(word))
    close = [form for _slips, form in nearest(word, names, max(2, len(word) // 2))]
    if not beginning and not close and len(names) <= _MOST_NAMES:
        names = _names(unclear.near) if unclear.near else _everything(vocabulary, ())
        close = [form for _slips, form in nearest(word, names, max(map(len, [word, *names])))]
    return tuple(dict.fromkeys(names[form] for form in (*beginning, *close)))[:_MOST_SUGGESTIONS]


def _runs(items: Sequence[Item]) -> Iterator[range]:
    """Stretches of unclear words that stand side by side, as numbers of tokens."""
    start = end = -1
    for item in items:
        if not (isinstance(item.meaning, Unclear) and not item.meaning.near):
            continue
        if item.start == end:
            end = item.end
            continue
        if end > start:
            yield range(start, end)
        start, end = item.start, item.end
    if end > start:
        yield range(start, end)


def _correct(tokens: list[Token], run: range, vocabulary: Vocabulary) -> None:
    names = _everything(vocabulary, _own_words())
    at = run.start
    while at < run.stop:
        for end in range(min(run.stop, at + _LONGEST), at, -1):
            word = folded(" ".join(token.text for token in tokens[at:end]))
            best = _best(word, names, alone=end == at + 1)
            if best is not None:
                tokens[at] = Token(best, quoted=best not in _own_words())
                tokens[at + 1 : end] = [Token("") for _token in tokens[at + 1 : end]]
                at = end - 1
                break
        at += 1


def _best(word: str, names: dict[str, str], *, alone: bool) -> str | None:
    """The one form that is nearest within the slips forgiven; None where there is none, or a tie."""
    pool: Iterable[str] = names if alone else (form for form in names if " " in form)
    close = nearest(word, pool, forgiven(word))
    if not close or (len(close) > 1 and close[0][0] == close[1][0]):
        return None
    return close[0][1]


def _everything(vocabulary: Vocabulary, own: Iterable[str]) -> dict[str, str]:
    """Every known form with how it is written; the workspace's spelling before the grammar's."""
    found = {word: word for word in own}
    for names in (vocabulary.properties, vocabulary.figure_names):
        found |= {form: same[0] for form, same in names.items()}
    return found | {form: segments[0][1] for form, segments in vocabulary.by_form.items()}


def _names(segments: Iterable[Segment]) -> dict[str, str]:
    return {folded(value): value for _name, value in segments}


@cache
def _own_words() -> frozenset[str]:
    return frozenset(word for word in phrases() if " " not in word) | known.PERIOD_WORDS


@cache
def _telling_words() -> frozenset[str]:
    """The grammar's words that say something by themselves."""
    return frozenset(word for word, meaning in phrases().items() if meaning != Sign("") and len(word) > 2)
