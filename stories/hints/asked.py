"""What the writer asked the customer, as it stands in notes: never what the customer asked back.

A line begun by a label is somebody's: "Me: …", "Q: …" or "I asked: …" are the writer's, any other name is
somebody else's, and so are the lines right below it. Elsewhere a question counts that is put to "you", or
that the notes say was asked by us.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from stories.hints.asking import questions_of
from stories.hints.plain import plainly
from stories.hints.wordings import any_of
from stories.patterns import late
from stories.values import dataclass

_LABEL = late(
    r"\s*(?:[-*+]\s+)?(?:\*\*|__)?(?P<who>[^\W_][^:*\n?!.]{0,39}?)(?:\*\*|__)?:(?:\*\*|__)?\s+(?P<said>.*)"
)
_OUR_LABELS = any_of("q question me i we us interviewer host moderator asked my_question")
_AROUND = " \t\"'“”‘’«»*_„"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How notes of one language say who asked: labels of ours, "I asked", "they asked", and "you"."""

    labels: re.Pattern[str]
    we: re.Pattern[str]
    they: re.Pattern[str]
    you: re.Pattern[str]


_ENGLISH = Asking(
    labels=late(rf"(?:{_OUR_LABELS}|(?:i|we) (?:then |also )?asked\b.*)"),
    we=late(rf"\b{any_of('i we')} (?:\w+ )?{any_of('asked wondered said')}\b"),
    they=late(
        rf"\b(?!i\b|we\b)\w+ (?:then |also )?{any_of('asked wondered said wanted_to_know asks wonders')}\b"
    ),
    you=late(r"\b(?:you|your|yours|you're|you've|you'd|you'll)\b"),
)


def asked_in(notes: str, asking: Asking = _ENGLISH) -> tuple[str, ...]:
    """The writer's questions in their order, as they stand in the notes, without marks around them."""
    return tuple(_asked(notes, asking))


def _asked(notes: str, asking: Asking) -> Iterator[str]:
    somebody_elses = False
    if "?" not in notes:
        return
    for line in notes.splitlines():
        label = _LABEL.fullmatch(line)
        if not line.strip():
            somebody_elses = False
        elif label is not None and asking.labels.fullmatch(plainly(label["who"])):
            somebody_elses = False
            yield from (question.asked.strip(_AROUND) for question in questions_of(label["said"]))
        elif label is not None and _is_somebody(label["who"]):
            somebody_elses = True
        elif not somebody_elses and "?" in line:
            yield from _unlabelled(line, asking)


def _is_somebody(who: str) -> bool:
    """Whether a label is a speaker: a name, or what stands for one; not the beginning of a sentence."""
    words = who.split()
    return len(words) <= 3 and (words[0][:1].isupper() or len(words) == 1)


def _unlabelled(line: str, asking: Asking) -> Iterator[str]:
    for question in questions_of(line):
        introduced = f"{plainly(line[: line.find(question.asked)])} {question.text}"
        they = asking.they.search(introduced) is not None
        if asking.we.search(introduced) or (asking.you.search(question.text) and not they):
            yield _bare(question.asked)


def _bare(asked: str) -> str:
    """A question without what introduces it before a colon."""
    introduced, colon, said = asked.partition(": ")
    return (said if colon and len(introduced) <= 40 else asked).strip(_AROUND)
