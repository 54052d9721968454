"""Questions that offer or praise something of ours: from then on the talk is a sales call."""

from __future__ import annotations

from stories.hints.asking import Question
from stories.hints.wordings import any_of, found_in

_GOODS = any_of(
    "plans? packages? versions? offers? services? accounts? modules? programmes? products? apps?"
    " dashboards? features? models? trials? subscriptions? memberships?"
)
_OURS = rf"our (?:\w+[ -]){{0,3}}{_GOODS}"
_WE_HAVE = (
    rf"we (?:{any_of('now also already just even')} )*{any_of('have offer sell launched can do provide')}"
)
_PAPERS = any_of("offer quote quotation discount brochure trial price")
_MAY_I = rf"\b{any_of('can could may shall')} i"
_TOLD = any_of("did_you_know are_you_aware have_you_seen have_you_heard have_you_tried")

_OFFERED = found_in(
    rf"\b(?:{_TOLD}|did {any_of('anybody anyone somebody')} tell you)\b[^?]*\b(?:{_OURS}|{_WE_HAVE})\b",
    rf"{_MAY_I} interest you\b",
    rf"{_MAY_I} {any_of('send make offer get prepare give')} you "
    rf"(?:{any_of('an a the our')} )?(?:\w+ ){{0,2}}{_PAPERS}",
    rf"{_MAY_I} {any_of('tell_you_about show_you introduce_you_to')} {_OURS}",
    rf"\bhave you {any_of('thought_about considered thought_of')} "
    rf"{any_of('switching upgrading moving buying adding')}[^?]*\bour\b",
    rf"\bwhy (?:not|don't you) {any_of('upgrade buy switch_to sign_up subscribe order try_our')}\b",
    r"\bsign you up\b",
    rf"\b{any_of('i we')} {any_of('gave give offered offer could_give could_offer')} you [^?]*"
    rf"{any_of('discount off per_cent percent free')}",
    rf"\bwould you like (?:me )?to {any_of('try buy order upgrade sign')}\b[^?]*\b(?:{_OURS}|trial|free)\b",
)


def sells(question: Question) -> bool:
    """Whether it offers the customer something."""
    return _OFFERED.search(question.text) is not None
