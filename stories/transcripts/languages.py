"""Which language a talk is in, by its commonest little words; scripts of their own tell theirs.

No library is needed for that: a talk has hundreds of such words, and the ones listed are those that its
neighbours do not share. Dunning, "Statistical Identification of Language" (1994), finds twenty words of a
text enough for such a choice; here at least FEWEST have to be met.
"""

from __future__ import annotations

import re
from collections import Counter

from stories.folding import fold
from stories.patterns import late
from stories.transcripts.values import Language

FEWEST = 3
_MOST_LETTERS = 60_000
_WORD = late(r"[^\W\d_]+")
_LITTLE_WORDS = {
    "en": "the and that you we of to with this have they was are what not for from just would about",
    "de": "und der die das ich nicht ist wir ein eine mit auf auch aber wenn wie haben sich noch dann fur",
    "fr": "le les des et est je vous nous pas une dans que qui pour avec sur mais cest on ca du",
    "es": "el los las y es que no una por con para pero como lo mas muy esta yo cuando porque del",
    "pt": "o os as e que nao uma com para mas como eu isso muito voce gente foi tem ao quando em",
    "it": "il gli che non una con per ma come sono questo anche della del nel piu io perche quando abbiamo",
    "nl": "de het een en van ik niet dat wij met op maar ook zijn voor hebben we als heb dan",
    "sv": "och att det som en vi inte jag ar pa med har men den sa om kan nar fran mycket",
    "da": "og at det som en vi ikke jeg er pa med har men den sa hvis kan nar fra meget",
    "nb": "og at det som en vi ikke jeg er pa med har men den sa hvis kan nar fra mye",
    "fi": "ja on se etta ei mutta niin kun me ne oli ovat kuin tai mina joka siina meilla voi sitten",
    "pl": "i nie ze to sie jest na z w jak ale tak co mamy dla od po czy bardzo juz",
    "cs": "a ze to je se na v jsem ale jak tak co mame pro od po nebo bylo kdyz protoze",
    "tr": "ve bir bu ne da de icin cok ama gibi ben biz var yok daha sonra olarak mi ile o",
    "id": "yang dan di itu ini kami tidak untuk dengan saya ada dari ke juga sudah bisa akan kalau karena",
}
_WORDS = {code: frozenset(words.split()) for code, words in _LITTLE_WORDS.items()}
_IN = {
    word: tuple(code for code, words in _WORDS.items() if word in words)
    for word in frozenset().union(*_WORDS.values())
}
"""The languages that each little word is one of."""

_SCRIPTS = (
    ("ja", "kana", late(r"[\u3040-\u30ff]")),
    ("ko", "Hangul", late(r"[\uac00-\ud7ff]")),
    ("zh", "Han", late(r"[\u3400-\u9fff]")),
    ("el", "Greek", late(r"[\u0370-\u03ff]")),
    ("uk", "Ukrainian letters", late(r"[іїєґ]", re.IGNORECASE)),
    ("ru", "Cyrillic", late(r"[\u0400-\u04ff]")),
    ("he", "Hebrew", late(r"[\u0590-\u05ff]")),
    ("ar", "Arabic", late(r"[\u0600-\u06ff]")),
    ("hi", "Devanagari", late(r"[\u0900-\u097f]")),
    ("th", "Thai", late(r"[\u0e00-\u0e7f]")),
)
_ENOUGH_OF_A_SCRIPT = 0.04


def language_of(text: str) -> Language:
    """The language that most of a text is in; from its first ten thousand words."""
    sample = text[:_MOST_LETTERS]
    return (None if sample.isascii() else _by_script(sample)) or _by_little_words(sample)


def _by_script(sample: str) -> Language | None:
    letters = sum(character.isalpha() for character in sample) or 1
    for code, script, pattern in _SCRIPTS:
        share = sum(1 for _found in pattern.finditer(sample)) / letters
        if share >= _ENOUGH_OF_A_SCRIPT:
            return Language(code, (script,), round(min(1.0, share), 2))
    return None


def _by_little_words(sample: str) -> Language:
    words = Counter(_WORD.findall(fold(sample).replace("'", "")))
    met = dict.fromkeys(_WORDS, 0)
    for word in words.keys() & _IN.keys():
        number = words[word]
        for code in _IN[word]:
            met[code] += number
    best = max(met, key=met.__getitem__)
    known = sorted(words.keys() & _WORDS[best], key=lambda word: (-words[word], word))
    if len(known) < FEWEST:
        return Language("", (), 0.0)
    return Language(best, tuple(known[:5]), round(met[best] / max(1, words.total()), 2))
