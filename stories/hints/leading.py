"""Questions that bring their answer with them: a view to share, a judgement or a finding to nod at."""

from __future__ import annotations

from stories.hints.asking import Question
from stories.hints.wordings import AUX, THEY, WH, any_of, found_in
from stories.patterns import late

_NEGATED = any_of("is are was were do does did has have had could wo would should ca") + "n't"

_TAG = late(rf",\s*(?:{_NEGATED}|{AUX}) {THEY}(?:,? (?!know|remember|mean|think)\w+)?\s*\?$")
"""“It is slow, isn't it?”; a word may follow, as in “isn't it, really?”."""

_NOT_SO = late(
    rf"(?:^|[,;:—-]\s*|\b{any_of('so but and or well now')}\s+){_NEGATED} (?:{THEY}|the|your|our)\b"
)
"""“Don't you find …”, “Isn't the …”."""

_INVITES = "why don't"

_OPINION = late(
    rf"^(?:{any_of('so and but well ok okay now then yes right')}[, ]+)*"
    rf"{any_of('do did would')} you (?:{any_of('ever really also then not')} )?"
    rf"{any_of('think feel believe find agree share say suggest accept')}\b"
    r"(?! of| about| the way to| (?:that )?there(?:'s| is| are| was) any)"
)
"""“Do you think that …”: the view is there, and the answer is whether to share it."""

_OPEN = late(rf"^(?:\w+[, ]+){{0,5}}?{WH}\b")

_FEELINGS = any_of("concerned worried satisfied confident frustrated annoyed disappointed pleased glad")
_DEGREES = any_of(
    "easy easily hard difficult useful helpful important significant concerned worried happy"
    " satisfied annoying annoyed frustrating frustrated challenging confident great bad good painful"
    " valuable convenient excited disappointed disappointing much_easier much_better much_faster"
    " much_harder much_worse"
)
_DOES_GOOD = any_of("help helped improved? benefit benefited")
_PRAISED = found_in(
    rf"\bwhat (?:\w+ )?{any_of('benefits? advantages? disadvantages? improvements?')}\b",
    rf"\bhow do you think (?!we |i )[^?]{{1,60}} {any_of('can could will would')} {_DOES_GOOD}\b",
    rf"\bhow {any_of('has have did does')} [^?]{{1,60}} {_DOES_GOOD}\b",
    r"\bthe success you\b",
)
_FELT = found_in(rf"\bare you (?:\w+ )?{_FEELINGS}\b", rf"\bhow {_DEGREES}\b(?! or\b)")
"""“Are you worried …”, “How easy was it …”: which way the answer goes is said already."""

_PUT_TO_THEM = found_in(
    rf"\bare you (?:\w+ )?{any_of('saying suggesting telling_me')}\b",
    rf"\b{any_of('is was')} (?:it )?your {any_of('view point')} (?:at this stage |then )?that\b",
    rf"\b(?:would|wouldn't) you (?:\w+ )?{any_of('agree say_that suggest')}\b",
    rf"\bare we able to say\b|\bcan we be {any_of('assured certain sure')}\b",
    r"\bis the fact that\b|\bis(?:n't)? there a risk\b|\bsurely\b[^?]*\?$",
)
_GUESS = any_of("just simply mainly only really because maybe perhaps")
_OWN_ANSWER = found_in(
    rf"(?:^|[?.] ){any_of('is was were are')} {any_of('it that they this')} {_GUESS}\b"
    r"(?! you say)(?![^?]* or\b)",
    rf"\? {any_of('is was were are')} {any_of('it that they')} (?!like\b)\w+\?$",
)
"""“How was it? Was it tricky?”: open, and then the answer."""


def leads(question: Question) -> bool:
    """Whether the answer, or a judgement to agree with, stands in the question."""
    return any(_part_leads(part) for part in question.parts) or any(
        pattern.search(question.text) for pattern in (_FELT, _PRAISED, _PUT_TO_THEM, _OWN_ANSWER)
    )


def _part_leads(part: str) -> bool:
    if _TAG.search(part) or (_NOT_SO.search(part) and _INVITES not in part):
        return True
    return _OPINION.search(part) is not None and _OPEN.match(part) is None
