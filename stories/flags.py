"""What an author is asked to look at again before colleagues read it: deals, prices, health, colleagues.

Plain rules that rather miss one than cry wolf: a flag that is mostly wrong is soon not read any more.
Nothing is taken out: the author decides, who knows what the words mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

from stories.patterns import late
from stories.story import Telling
from stories.values import dataclass


class About(StrEnum):
    """What a flagged passage is about."""

    DEAL = "deal"
    PRICE = "price"
    HEALTH = "health"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A passage, as it is written, and what it is about."""

    about: About
    words: str


MOST_FLAGS = 8

_AMOUNT = r"\d{1,3}(?:[.,\u2009\u00a0 ]?\d{3})*(?:[.,]\d{1,2})?(?:\s?(?:k|m|bn|million|thousand))?"
_CURRENCY = r"GBP|USD|EUR|CHF|CAD|AUD"
_MONEY = (
    rf"(?:(?:[£$€¥]|(?:{_CURRENCY})\s)\s?{_AMOUNT}"
    rf"|{_AMOUNT}\s?(?:[£€]|(?:{_CURRENCY}|euros?|dollars?|pounds?)\b))"
)
_OURS = (
    r"(?:price|quote[ds]?|discount|fee|contract|deal|licen[cs]e|subscription|invoice|renewal|offer|plan)s?"
)
_PRICE = late(
    rf"\b{_OURS}\b[^.!?\n]{{0,40}}?{_MONEY}"
    rf"|{_MONEY}[^.!?\n]{{0,25}}?\b(?:an?|per|each|every)\s(?:month|year|seat|user|licen[cs]e)\b"
    rf"|{_MONEY}[^.!?\n]{{0,20}}?\b(?:discount|contract|deal|licen[cs]e|renewal)\b"
    r"|\b\d{1,2}\s?(?:%|per ?cent)\s(?:discount|off (?:the|our|their) (?:price|list|renewal|contract))",
    re.IGNORECASE,
)
_DEAL = late(
    r"\b(?:about to|going to|plans? to|want(?:s|ed)? to|threaten(?:s|ed|ing)? to|decided to|will)\s(?:not\s)?"
    r"(?:renew(?:\s(?:the|our|their|its)\s(?:contract|subscription|licen[cs]e)s?)?"
    r"(?=\s+(?:in|next|this|at|with|when|because)\b|\s*[.,;!?]|\s*$)"
    r"|churn\b|sign (?:the|a|our|their) (?:contract|deal)\b"
    r"|cancel (?:the|our|their|its) (?:contract|subscription)\b"
    r"|switch to (?:a|another|our) competitor\b)"
    r"|\b(?:acquired by|merg(?:er|ing) with|acquisition of|under NDA|non-disclosure|confidential(?:ly)?"
    r"|off the record|not (?:yet )?(?:public|announced)|(?:contract|renewal) negotiations?)\b",
    re.IGNORECASE,
)
_ILLNESS = (
    r"cancer|tumou?r|chemotherapy|diabetes|diabetic|epilep(?:sy|tic)|depression|burn-?out|"
    r"anxiety disorder|panic attacks?|dementia|alzheimer.?s|parkinson.?s|multiple sclerosis|HIV|hepatitis|"
    r"asthma|stroke|heart attack|miscarriage|pregnan(?:t|cy)|bipolar|schizophrenia|autis(?:m|tic)|ADHD|PTSD|"
    r"dyslexi[ac]|surgery|sick leave"
)
_SOMEBODYS = (
    r"(?:my|his|her|their|our [a-z]+['’]s|[a-z]+['’]s|has|have|had|having|with|is|was|am|after|from|on)"
)
_HEALTH = late(rf"\b{_SOMEBODYS}\s(?:own\s|severe\s|type [12]\s|a\s)?(?:{_ILLNESS})\b", re.IGNORECASE)
_MENTION = late(r"<@[UW][A-Z0-9]{2,}(?:\|[^>]*)?>")
_NAME = r"[A-Z][a-zà-öø-ÿ]+(?:[-\s][A-Z][a-zà-öø-ÿ]+)?"
_WORK = r"colleague|account manager|support agent|engineer|salesperson|sales rep|boss|CEO|CTO"
_TEAM = r"support|sales|engineering|product|success|billing|account"
_COLLEAGUE = late(
    rf"\b(?:[Mm]y|[Oo]ur) (?:{_WORK}),? {_NAME}"
    rf"|\b{_NAME} (?:from|in|on) (?:our|the) (?:{_TEAM}) team\b"
    rf"|\b{_NAME} from (?:our )?(?:support|sales|engineering|billing|customer success)\b"
)


def flags_in(telling: Telling) -> tuple[Flag, ...]:
    """What of this story, as others would read it, its author is asked to look at: at most MOST_FLAGS.

    Each passage once, in the order in which it is read.
    """
    texts = (telling.title, telling.trying_to, telling.happened, *telling.quotes, telling.meaning)
    found = dict.fromkeys(flag for text in texts for flag in _flags(text))
    return tuple(found)[:MOST_FLAGS]


def _flags(text: str) -> Iterator[Flag]:
    found = [
        (match.start(), Flag(about=about, words=" ".join(match[0].split())))
        for about, rule in _RULES
        for match in rule.finditer(text)
    ]
    yield from (flag for _start, flag in sorted(found, key=lambda one: one[0]))


_RULES = (
    (About.DEAL, _DEAL),
    (About.PRICE, _PRICE),
    (About.HEALTH, _HEALTH),
    (About.COLLEAGUE, _MENTION),
    (About.COLLEAGUE, _COLLEAGUE),
)
