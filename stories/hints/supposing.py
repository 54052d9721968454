"""Questions about what would be, or will be: what people say to them tells little of what they do."""

from __future__ import annotations

from stories.hints.asking import Question
from stories.hints.wordings import any_of, found_in

_ACTS = any_of(
    "use buy pay recommend switch want need choose prefer order subscribe try miss do consider"
    " download upgrade sign_up open come go change pick expect spend stay leave rather feel react"
    " be_interested be_willing be_happy"
)
_SOMEBODY = any_of(r"you they he she people customers anybody anyone somebody your_\w+")
_WOULD = found_in(
    rf"(?<!why )\bwould {_SOMEBODY} (?:{any_of('ever still also actually even')} )?{_ACTS}\b(?! say)",
    rf"\bwhat would {any_of('prevent stop make it_take convince happen')}\b",
    rf"\bwilling to {any_of('pay spend switch try buy')}\b",
)

_MADE_SO = any_of("built made had were was could offered added gave got did cost changed launched")
_WERE_IT_SO = found_in(
    rf"\b{any_of('what_if suppose imagine hypothetically in_an_ideal_world magic_wand')}\b",
    r"\blet's say\b",
    rf"\bif {any_of('we i you it there somebody')} (?:\w+ )?{_MADE_SO}\b"
    rf"[^?]*\b{any_of('would what how could')}\b",
    rf"\bif {any_of('you we they')} {any_of('foresee expect')}\b",
)

_SOME = rf"(?:{any_of('one two three five ten a_few some')}|\d+)"
_YEARS = rf"in (?:the next )?{_SOME} (?:more )?{any_of('months? years?')}"
_TO_COME = found_in(
    rf"\b{any_of('where how what')} do you see\b[^?]*"
    rf"\b(?:{_YEARS}|{any_of('future upcoming next in_store coming heading going')})\b",
    rf"\b{any_of('will would')} {any_of('you it this that they there')}\b[^?]*\b{_YEARS}",
    rf"\bdo you think (?:that )?(?:\S+ ){{1,8}}?{any_of('will is_going_to are_going_to')}\b",
    r"\bwill you still\b",
)


def supposes(question: Question) -> bool:
    """Whether it asks what nobody can know yet."""
    return any(pattern.search(question.text) for pattern in (_WOULD, _WERE_IT_SO, _TO_COME))
