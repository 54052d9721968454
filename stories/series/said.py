"""What a customer's words are good for in an episode: to open it, to turn it, to ask what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from importlib.resources import files

from stories import telling_words
from stories.patterns import late
from stories.sentences import sentences
from stories.series.material import Talk, Words
from stories.telling_worth import length, plain, tokens, worth
from stories.values import dataclass

_TURNS = late(
    r"\b(?:but|however|although|though|despite|until|turned out|instead|no longer|at first|initially"
    r"|originally|eventually|finally|in the end|in my last attempt|even so|all the same|so far|since then)\b"
)
_LEANS = late(
    r"^(?:this|that|these|those|it|it's|they|so|in conclusion|to sum up|for example|therefore|and|also"
    r"|(?:we|i) also|as you can)\b"
)
_WANTS = late(
    r"(?:\b(?:i|we)(?:'m| am|'re| are|'d| would)?(?: really| still| just| also)?"
    r" (?P<want>want(?:ed)?|hope(?:d)?|need(?:ed)?|like|love|plan(?:ned)?|tried|trying|aim(?:ed)?)"
    r"|\b(?:my|our)(?: \w+)? (?:goal|aim|hope|wish|plan) (?P<was>is|was)) to (?P<what>[a-z][^.;:?!()“”\"]*)",
    re.IGNORECASE,
)
_PAST = frozenset({"wanted", "hoped", "needed", "planned", "tried", "aimed", "was"})
_NO_WISH = frozenset({"know", "be", "say", "cover", "talk", "mention", "thank", "share", "understand", "see"})
_NO_WISH_AFTER = late(r"\b(?:every time|each time|when|whenever|if|unless)\b[^,]*$")
_POINTS_EARLY = late(r"(?:\S+ ){0,2}(?:it|this|that|them|these|those)\b")
_CLAUSE_ENDS = late(
    r",? (?:but|because|so that|so|which|although|since|and that|as you know|instead of)\b.*$|, .*$",
    re.IGNORECASE,
)
_GOES_ON = late(
    r"\b(?:ongoing|in progress|not yet|still|so far|working on|evaluating|looking into"
    r"|want to look|going to (?!be\b)|some day|one day|next step|hope to|hoping)\b"
)
_HARD = late(
    r"\b(?:difficult\w*|challeng\w*|struggl\w*|(?<!worked )(?<!work )(?<!working )hard|harder|hardest"
    r"|pain\w*|resist\w*|overwhelm\w*|complex\w*|complicated|confus\w*|frustrat\w*|unhappy|impossible"
    r"|problem|expensive|cumbersome|tedious|worr\w*|afraid|slow|waste\w*|manual\w*|cost\w*)\b"
)
_SUPPOSED = late(r"\b(?:would|could|might)\b")
"""What is hard only if."""

_FEWEST, _MOST = 4, 18
_TITLE_FEWEST, _TITLE_MOST, _TITLE_WHOLE = 4, 13, 15
_TITLE_CUTS = late(
    r"(?:[,;:—–]| - )\s|\s(?=(?:but|because|which|so that|although|since|when|where|until|before|after)\b)"
)
_HALF = late(
    r"^(?:even|when|if|while|although|though|after|before|since|because|as|one of|some of|in|for|with"
    r"|regarding|initially|currently|once)\b"
)
"""What begins half a sentence."""

_POINTS = late(r"\b(?:it|this|that|them|these|those|so|its)(?:$|[.,] )")
"""What points at something that is not in it."""

_LONGEST = 55
"""Words of the longest quote that an episode holds."""

_DANGLES = late(
    r"\b(?:about|on|with|of|to|in|for|from|at|into|after|around)"
    r" (?:it|that|them|this|those|these)\b(?=[,.;!?]| and\b| because\b| but\b|$)"
)
"""What points at something that these words do not name."""

_ASIDE, _LOST = 0.8, 3.0
"""What is taken from words about something else than the rest of the talk, or about nobody knows what."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Something a customer wants, or wanted, to the letter; `past`: told as over."""

    words: str
    past: bool


def rated(words: Iterable[Words], around: Talk | None = None) -> tuple[Words, ...]:
    """What is short enough to be told, the most telling first; of equals, what was said first.

    `around` is the conversation: what speaks of none of the things that the rest of it speaks of comes later.
    """
    fit = [one for one in words if length(one.text) <= _LONGEST]
    rates = {one.ref: telling(one.text) - (_aside(one, around) if around else 0.0) for one in fit}
    return tuple(sorted(fit, key=lambda one: (-rates[one.ref], one.day, one.ref)))


def telling(text: str) -> float:
    """How telling these words are (see `stories.telling_worth`): the mean of their sentences."""
    found = [worth(one.text, {}) for one in sentences(text)]
    if not found:
        return 0.0
    start = min(found[0].beginning, -1.0 if _LEANS.match(plain(text)) else 0.0)
    return sum(one.body for one in found) / len(found) + start


def turns(text: str) -> bool:
    """Whether something changes in these words."""
    return _TURNS.search(plain(text)) is not None


def is_hard(text: str) -> bool:
    """Whether these words tell of something that is hard for who says them."""
    low = plain(text)
    return _HARD.search(low) is not None and (
        is_first_person(text) or telling_words.MOST.search(low) is not None
    )


def goes_on(text: str) -> bool:
    """Whether these words tell of something that has not come to its end."""
    return _GOES_ON.search(plain(text)) is not None


def leaves_open(text: str) -> bool:
    """Whether these words leave something to ask about: a wish, or what is hard or under way and not over."""
    if wish(text) is not None or goes_on(text):
        return True
    low = plain(text)
    return is_hard(text) and not telling_words.PAST.search(low) and not _SUPPOSED.search(low)


def is_about_something(text: str) -> bool:
    """Whether these words tell of something wanted, tried or hard."""
    low = plain(text)
    families = (telling_words.NEED, telling_words.DID, telling_words.TROUBLE)
    return any(family.search(low) for family in families)


def is_first_person(text: str) -> bool:
    """Whether somebody speaks of themself here."""
    low = plain(text)
    return bool(telling_words.ME.search(low) or telling_words.US.search(low))


def is_whole(text: str) -> bool:
    """Whether this can stand by itself: whole sentences that do not lean on what was said before."""
    found = sentences(text)
    return bool(found) and all(one.whole for one in found) and not _LEANS.match(plain(text))


def wish(text: str) -> Wish | None:
    """What somebody says in the first person that they want, as it stands there; None for no wish."""
    for found in _WANTS.finditer(text.replace("’", "'")):
        start, end = found.span("what")
        words = _CLAUSE_ENDS.sub("", text[start:end]).strip(" ,…")
        first = words.partition(" ")[0].lower()
        before = text[: found.start()].rpartition(". ")[2]
        if first in _NO_WISH or _NO_WISH_AFTER.search(plain(before)) or _POINTS_EARLY.match(plain(words)):
            continue
        if _FEWEST <= length(words) <= _MOST:
            return Wish(words, past=(found["want"] or found["was"]).lower() in _PAST)
    return None


def fragment(text: str) -> tuple[str, float]:
    """A stretch of these words that can stand above an episode, as it stands there, and how well it does.

    ("", 0) where there is none.
    """
    best, most = "", 0.0
    for one in sentences(text):
        whole = one.text.strip(" .,;:!…—–")
        for piece in (one.text, *_prefixes(one.text)):
            bare = piece.strip(" .,;:!…—–")
            if not _stands(bare, whole=bare == whole):
                continue
            rate = telling(bare) + 0.8 * (bare == whole) + 0.5 * is_first_person(bare)
            if rate > most:
                best, most = bare, rate
    return best, most


def _stands(bare: str, *, whole: bool) -> bool:
    low = plain(bare)
    most = _TITLE_WHOLE if whole else _TITLE_MOST
    half = _POINTS.search(low) or _LEANS.match(low) or (not whole and _HALF.match(low))
    return _TITLE_FEWEST <= length(bare) <= most and not half


def shared(mine: Sequence[str], theirs: str, everything: Sequence[str]) -> str:
    """A word of trouble that `theirs` shares with one of `mine`, as `theirs` writes it; "" for none.

    One word in common is a coincidence: they share two more that are about something and that few
    others say; names do not count, as many say what a thing is called. `everything` is all that is said.
    """
    said = [set(tokens(plain(text))) for text in everything]
    for text in mine:
        common = set(tokens(plain(text))) & set(tokens(plain(theirs)))
        seen = {word: sum(word in one for one in said) for word in common if _is_about(word, text, theirs)}
        rare = [word for word, often in seen.items() if often <= max(3, len(everything) // 10)]
        hard = [word for word in rare if _HARD.fullmatch(word)]
        if hard and len(rare) > 2:
            best = min(hard, key=lambda word: (seen[word], -len(word), word))
            written = re.search(rf"\b{re.escape(best)}\b", theirs, re.IGNORECASE)
            return written[0] if written else best
    return ""


def content(text: str) -> frozenset[str]:
    """The words of a text that are about something, cut to their first six letters."""
    common = _function_words()
    return frozenset(word[:6] for word in tokens(plain(text)) if len(word) > 4 and word not in common)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(files("stories.drift").joinpath("function_words.txt").read_text("utf-8").split())


def _is_about(word: str, *where: str) -> bool:
    if len(word) < 5 or "'" in word or word in _function_words():
        return False
    # A capital within a sentence is a name's.
    return not any(
        re.search(rf"[a-z,] {re.escape(word[:1].upper())}{re.escape(word[1:])}\b", text) for text in where
    )


def _aside(one: Words, around: Talk) -> float:
    others = [words.text for words in around.words if words != one]
    rest = content(" ".join((around.trying_to, around.happened, around.meaning, *others)))
    lost = _LOST if _DANGLES.search(plain(one.text)) else 0.0
    return lost + (0.0 if content(one.text) & rest else _ASIDE)


def _prefixes(text: str) -> list[str]:
    return [text[: found.start()] for found in _TITLE_CUTS.finditer(text)]


def best_title(words: Collection[Words]) -> tuple[str, Words] | None:
    """The stretch of these words that stands best above an episode, and whose words they are."""
    found = [(*fragment(one.text), one) for one in words]
    best = max(found, key=lambda each: (each[1], each[2].ref), default=None)
    return None if best is None or not best[0] else (best[0], best[2])
