"""Whose words a quote is: the customer's own, or what somebody says that they said.

A quote that tells of its speaker from outside ("She explained that …", "The customer would like …"), and has
no "I" or "we" in it, is the writer's. Whoever speaks for themself may also speak of others ("She never called
back"), so a "she" alone tells nothing: it takes a verb of saying, feeling or wanting, or that the customer is
named in it. English alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from stories.hints.plain import plainly
from stories.hints.wordings import any_of, found_in
from stories.patterns import late

_SPEAKS = late(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself|we|we're|we've|we'd|we'll|us|our|ours|let's)\b")
_SAID_INSIDE = late(r"[“\"«„][^”\"»“]*[”\"»“]|(?<!\w)'[^']{8,}'(?!\w)")

_ADVERB = rf"(?:(?:{any_of('also then really often always further later even')}|\w+ly) ){{0,2}}"
_SAYS = any_of(
    "sa(?:id|ys?) told tells? explain(?:s|ed)? mention(?:s|ed)? describ(?:es?|ed) discuss(?:es|ed)?"
    " not(?:es?|ed) add(?:s|ed) emphasi[sz](?:es?|ed) highlight(?:s|ed)? stress(?:es|ed)"
    " shar(?:es?|ed) report(?:s|ed)? complain(?:s|ed)? express(?:es|ed)? indicat(?:es?|ed)"
    " suggest(?:s|ed) ask(?:s|ed) prais(?:es?|ed) compar(?:es?|ed) elaborat(?:es?|ed)"
    " point(?:s|ed)_out spoke speaks? talk(?:s|ed) reflect(?:s|ed) introduc(?:es?|ed)"
    " conclud(?:es?|ed) touch(?:es|ed) explor(?:es?|ed) present(?:s|ed) delv(?:es?|ed) vot(?:es?|ed)"
    " clarif(?:ies|ied) recount(?:s|ed) recall(?:s|ed)"
)
_FEELS = any_of(
    "want(?:s|ed)? would_(?:like|love|prefer|appreciate|expect) wish(?:es|ed) need(?:s|ed) feels?"
    " felt thinks? thought believ(?:es?|ed) prefer(?:s|red) lik(?:es|ed) loves?d? dislik(?:es?|ed)"
    " finds found expect(?:s|ed) appreciat(?:es?|ed) hop(?:es|ed) understood understands seem(?:s|ed)?"
    " struggl(?:es?|ed) knows predicted experienc(?:es?|ed)"
)
_IS_SO = any_of("is was has had uses? used did does doesn't didn't")
_ASKED_ONE = any_of(
    "customer client participants? grantees? respondents? interviewees? panell?ists? speaker"
    " presenters? testers?"
)
_OTHERS = any_of(
    "customers clients users? guests? experts? analysts? staff members? buyers? professionals"
    " speakers people_we_(?:talked|spoke)_(?:to|with)"
)
_LEAD = r"^(?:[^,]{1,60}, )?"
_ARTICLE = r"(?:\w+ ){0,4}?"
_BEGINNING = late(
    rf"{_LEAD}{any_of('he she they some others one another many most all')} {_ADVERB}(?:{_SAYS}|{_FEELS})\b"
)
_ABOUT_A_ROLE = late(
    rf"{_LEAD}{_ARTICLE}(?:{_ASKED_ONE}\b|{_OTHERS} (?:[^.]{{1,40}}? )??{_ADVERB}(?:{_SAYS}|{_FEELS})\b)"
)
_TOLD_US = late(rf"^{_ARTICLE}{_ASKED_ONE} {_ADVERB}{any_of('told asked showed gave reminded')} (?:us|me)\b")
"""The writer's “us”, in which the customer is not."""

_TALK = any_of(
    "talk session conversation discussion call interview meeting presentation stream episode video"
)
_A_TALK = found_in(
    rf"^(?:overall, )?(?:the|this) (?:\w+ )?{_TALK}\b.*\b{_SAYS}\b",
    rf"^in this (?:\w+ ){{0,2}}{_TALK}\b",
    r"^key (?:topics|points)\b",
)
_VERBS = rf"{_ADVERB}(?:{_SAYS}|{_FEELS}|{_IS_SO})\b"
"""What somebody who is named said, felt or is."""

_NAME = r"[A-Z][\w'’.-]+"
_NAMED = late(rf"^{_NAME}(?: {_NAME})?(?:, [^,]+,)? {_ADVERB}{_SAYS}\b")


def is_retold(quote: str, names: Collection[str] = ()) -> bool:
    """Whether a quote reads as told by the writer. `names` are the customer's: name, alias, company."""
    outside = without_what_is_said_inside(quote)
    if _TOLD_US.search(outside):
        return True
    if not outside or _SPEAKS.search(outside):
        return False
    found = (_BEGINNING, _ABOUT_A_ROLE, _A_TALK)
    if any(pattern.search(outside) for pattern in found):
        return True
    return _NAMED.match(" ".join(quote.split())) is not None or begins_with(outside, names, _VERBS)


def without_what_is_said_inside(quote: str) -> str:
    """A quote laid out for comparing, without what stands between quotation marks in it."""
    return _SAID_INSIDE.sub(" ", plainly(quote))


def begins_with(text: str, names: Collection[str], verbs: str) -> bool:
    """Whether the customer is named at the beginning, with one of these verbs (a pattern) behind it."""
    called = {plainly(word) for name in names for word in (name, name.partition(" ")[0]) if len(word) > 1}
    return any(re.match(rf"{re.escape(name)} {verbs}", text) for name in called)
