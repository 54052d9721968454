"""How well a sentence stands alone, by what anybody can see in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s)|[。！？][\"'”’»)\]]*")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[\u3040-\u30ff\u3400-\u9fff]")
_ENDED = re.compile(r"[.!。！…][\"'”’»)\]]*$")
_LONG = 32
CLEAR = 2
"""The score from which a sentence is worth hearing by itself."""


def _any_of(*phrases: str) -> re.Pattern[str]:
    """A pattern for these phrases as whole words.

    Those in small letters are looked for in a text made small: three times as fast as ignoring case.
    """
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b")


_GREETS = _any_of(
    "thanks?|thank you|welcome|lucky|join (?:us|me|him|her)|excited to have|hello|goodbye|see you",
    "(?:hi|hey),? everyone|good (?:morning|afternoon|evening|question)|great question|nice to (?:meet|be)",
    "(?:glad|happy|excited|thrilled) to be here|introduce|questions?|follow(?:ing)?[- ]up",
    "hope (?:you|this|that)|shout-?out",
    "let['’]?s (?:see|start|go|move|run|look)",
)
_ANNOUNCES = _any_of(
    "(?:want|wanted|like|love|going|happy|able|will|['’]ll|['’]d) (?:to )?(?:also )?"
    "(?:share|add|say|mention|talk|touch|go (?:over|back|through|into)|thank|point|clarify|answer|call out"
    "|highlight|start|speak|dive|tell|get to|follow up|show|explain|give)",
)
_INTRODUCES = _any_of(
    "[Mm]y name(?:['’]?s| is)|[Mm]y (?:job )?title|[Mm]y day job|[Mm]y background|Join [A-Z]\\w+",
    "I(?:['’]m| am) (?:(?:also )?an?|the|currently (?:an?|the)|based|from|here|coming|joining|[A-Z]\\w+)",
    "I work (?:at|for|with|as|on)|I(?:['’]ve| have) (?:been|worked) (?:at|with|working|here|in)",
    "(?<!When )(?<!when )I joined",
)
_POINTS_AT_SCREEN = _any_of(
    "slides?|(?:my|the) screen|diagram|on the (?:left|right)|as you can see|you can see (?:here|that)",
    "let me (?:show|share|see|go|pull|explain)|podcast|recording|episode|in the chat|audience|https?",
    "(?:as|like) i (?:said|mentioned)|i mentioned",
)
_QUESTION = re.compile(r"[?？]")
_SELF = re.compile(r"\b(?:i|we|my|our|me|us|myself|ourselves)\b(?!\.)")
_STRONG = _any_of(
    r"hard|difficult|tough|painful?|nightmare|frustrat\w+|annoy\w+|confus\w+|love\w*|hate\w*|scar(?:y|ed)",
    r"afraid|worr\w+|surpris\w+|struggl\w+|expensive|stuck|terrible|horrible|amazing|awesome|huge|crazy",
    r"nobody|never|always|mistakes?|anxious|overwhelm\w+|cumbersome|proud|impossible|biggest|resistance",
    "excited|daunting",
)
_MILD = _any_of(
    r"eas(?:y|ier)|simple|problem|challeng\w+|costs?|money|wish|hope\w*|want\w*|need\w*|broken?|fail\w*|lost",
    r"slow\w*|fast|great|wrong|trust|learn(?:ed|t)|reali[sz]\w+|happy|trouble|waste\w*|saved?|worth|finally",
)
_TURNS = _any_of("but|because|instead|until|although|even though|rather than|without|unless|so that|before")
_NUMBER = re.compile(r"\d|\b(?:two|three|four|five|six|ten|twenty|hundreds?|thousands?|half|twice)\b")
_FILLER = _any_of(
    "yeah|yes|yep|no|so|and|like|well|oh|okay|ok|um|uh|right|sure|absolutely|exactly|definitely|you know",
    "i mean|also|anyway|for example|additionally|overall|ultimately|by the way|however|for instance|now",
)
_HANGS = _any_of(
    "this|that|it|it['’]s|that['’]s|they|these|those|he|she|which|then|another|there|here|one of"
)
_SELLS = _any_of("(?:we|it) (?:also )?(?:provide|offer|support|enable|allow)s?|allows? you")
_POINTS_BACK = _any_of("these|those|this|such")
_LOOSE = _any_of("kind of|sort of|you know|i guess|stuff|or whatever|basically|like i|was like")


def sentences_of(text: str) -> Iterator[str]:
    """Every sentence of a text, line by line."""
    for paragraph in text.split("\n"):
        begun = 0
        for end in (*(match.end() for match in _SENTENCE_END.finditer(paragraph)), len(paragraph)):
            if sentence := paragraph[begun:end].strip():
                yield sentence
            begun = end


def word_count(text: str) -> int:
    """How many words; scripts without spaces count each character."""
    return len(_WORD.findall(text))


def is_own_words(text: str) -> bool:
    """Whether somebody speaks of themself or of their own."""
    return _SELF.search(text.lower()) is not None


def is_whole(text: str) -> bool:
    """Whether it begins and ends as a sentence does."""
    return _ENDED.search(text) is not None and not text[0].islower()


def stands_alone(text: str) -> bool:
    """Whether a sentence is understood, and worth it, without those around it."""
    low = text.lower()
    return score(text) >= CLEAR and not _POINTS_BACK.search(low) and not _HANGS.match(low)


def is_small_talk(text: str) -> bool:
    """Whether a sentence greets, introduces, announces or asks, rather than tells something."""
    if _QUESTION.search(text) or _INTRODUCES.search(text):
        return True
    low = text.lower()
    return any(pattern.search(low) for pattern in (_GREETS, _ANNOUNCES, _POINTS_AT_SCREEN))


def score(text: str) -> int:
    """Points for what makes one want to hear more, less those for what is hard to follow alone.

    For: speaking of oneself 2, a strong word 2 (twice at most), a mild one, a turn, a number 1 each.
    Against: a filler or a word that hangs at its start, an offer 2 each, pointing back, loose words,
    length 1 each.
    """
    low = text.lower()
    good = (2, _SELF), (1, _MILD), (1, _TURNS), (1, _NUMBER)
    bad = (2, _SELLS), (1, _POINTS_BACK)
    points = sum(worth for worth, pattern in good if pattern.search(low))
    points -= sum(worth for worth, pattern in bad if pattern.search(low))
    points -= 2 * bool(_FILLER.match(low)) + 2 * bool(_HANGS.match(low))
    points += 2 * min(2, len(_STRONG.findall(low)))
    return points - len(_LOOSE.findall(low)) - (word_count(text) > _LONG)
