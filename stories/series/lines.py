"""What each source says, as it may be told at one moment: the lines that sentences are held against.

Made from what is kept, not from what was woven: a source that may not be told any more has no line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from stories.catalogues import languages
from stories.interviews import How
from stories.language import _, speaking, spoken
from stories.series.material import Answered, Material, Promised, Talk
from stories.series.seasons import Season
from stories.series.sources import TALK_PARTS, Kind, Line, Ref, ends_of, promise, talk
from stories.series.voices import Voice


def lines_of(
    season: Season, material: Material, voices: Iterable[Voice], wanted: Iterable[Ref]
) -> dict[Ref, Line]:
    """The lines of these sources; a source that there is none of (any more) is missing."""
    names = {one.customer_id: one.names() for one in voices}
    found = {line.ref: line for line in _all(season, material)}
    found |= {line.ref: line for line in _movements(found, wanted)}
    return {
        ref: replace(line, who=names.get(line.customer_id or 0, ()))
        for ref in wanted
        if (line := found.get(ref)) is not None
    }


def lines_in_all(
    season: Season, material: Material, voices: Iterable[Voice], wanted: Iterable[Ref]
) -> dict[Ref, Line]:
    """The same in the language of the moment, with what each line says in every other that we speak.

    An episode stays in the language it was woven in, whichever its editors and readers are spoken to in.
    """
    voices, wanted = tuple(voices), tuple(wanted)
    found = lines_of(season, material, voices, wanted)
    for language in languages():
        if language != spoken().language:
            with speaking(language):
                theirs = lines_of(season, material, voices, wanted)
            found = {
                ref: replace(line, elsewhere=(*line.elsewhere, (language, theirs[ref].text)))
                for ref, line in found.items()
            }
    return found


def _all(season: Season, material: Material) -> Iterator[Line]:
    for told in material.talks:
        yield from _of_talk(told)
    for answer in material.answers:
        yield from _of_answer(answer)
    for made in material.promises:
        yield from _of_promise(made)
    yield from _ours(season, material)


def _of_talk(told: Talk) -> Iterator[Line]:
    texts = {
        "told": f"{how_held(told.how)}\n{told.company}\n{told.segment}",
        "title": told.title,
        "trying_to": told.trying_to,
        "happened": told.happened,
        "meaning": told.meaning,
        "themes": "\n".join(told.themes),
        "score": _("would recommend us, out of"),
    }
    for part in TALK_PARTS:
        numbers = (told.score, 10) if part == "score" and told.score is not None else ()
        yield Line(
            ref=talk(told.interview_id, part),
            text=texts[part],
            days=(told.day,),
            numbers=numbers,
            customer_id=told.customer_id,
        )
    for words in told.words:
        yield Line(ref=words.ref, text=words.text, days=(words.day,), customer_id=told.customer_id)


def _of_answer(one: Answered) -> Iterator[Line]:
    said = one.words.text if one.words is not None else ""
    given = _("answered a survey of ours, wrote")
    for ref, text in ((one.ref, said), (replace(one.ref, part="given"), given)):
        yield Line(ref=ref, text=text, days=(one.day,), numbers=(one.score, 10), customer_id=one.customer_id)


def _of_promise(one: Promised) -> Iterator[Line]:
    days = tuple(day for day in (one.made_on, one.due_on, one.ended_on) if day is not None)
    ended = {
        "done": _("done, kept, changed, came of it"),
        "let_go": _("let go, why, the reason given"),
    }.get(one.outcome, _("still open"))
    owed = _("a promise, we have promised, we owe, we owed, due")
    passed = _("its day has passed") if one.due_on is not None else ""
    parts = {
        "made": (one.what, owed, _("still open")),
        "late": (one.what, owed, ended, passed),
        "ended": (one.what, owed, ended, one.closing),
    }
    for part, text in parts.items():
        # It can be said to have ended only once it has; that it was open once stays true.
        if part != "ended" or one.outcome:
            yield Line(
                ref=promise(one.id, part), text="\n".join(text), days=days, customer_id=one.customer_id
            )


def _ours(season: Season, material: Material) -> Iterator[Line]:
    for one in material.trends:
        figures = (abs(one.before), abs(one.after), one.days)
        text = "\n".join((one.segment, one.theme, _("NPS, spoke, speak, comes up, more, less, up, down")))
        yield Line(ref=one.ref, text=text, days=(one.day,), numbers=figures)
    for item in material.headlines:
        text = "\n".join((item.title, item.source, _("in the news, the market talks about, around it")))
        yield Line(ref=item.ref, text=text, days=(item.day,), link=item.link)
    for asked in material.asked:
        text = "\n".join((asked.question, _("you voted, the question with your votes, you wanted to know")))
        yield Line(ref=asked.ref, text=text, numbers=(asked.votes,), customer_id=asked.customer_id)
    for plan in material.planned:
        yield Line(ref=plan.ref, text="", days=(plan.day,), customer_id=plan.customer_id)
    days = tuple(day for day in (season.begins_on, season.ends_on, season.next_on) if day is not None)
    yield Line(
        ref=Ref(Kind.SEASON, str(season.id)),
        text="\n".join(
            (
                season.title,
                _("it follows customers, each of whom agreed"),
                _("no news, no episode, nothing new, unless"),
            )
        ),
        days=days,
        numbers=(season.number, season.began_with, *range(1, season.began_with + 1)),
    )


def _movements(known: dict[Ref, Line], wanted: Iterable[Ref]) -> Iterator[Line]:
    for ref in wanted:
        ends = [
            talk(end.number or 0, "score") if end.kind is Kind.TALK else end for end in ends_of(ref) or ()
        ]
        held = [known[end] for end in ends if end in known and known[end].numbers]
        if len(held) == 2:
            yield Line(
                ref=ref,
                text=_("would recommend us, gave us, out of, only, up, down, as much as before"),
                days=(*held[0].days, *held[1].days),
                numbers=(held[0].numbers[0], held[1].numbers[0], 10),
                customer_id=held[1].customer_id,
            )


def how_held(how: How) -> str:
    """How a conversation was held, in the words that may be said of it."""
    return {
        How.CALL: _("on the phone, a telephone call, on the line"),
        How.VIDEO: _("on video, a video call, saw"),
        How.VISIT: _("a visit, visited"),
        How.CHAT: _("in a chat, wrote"),
        How.EVENT: _("at an event, met"),
        How.OTHER: "",
    }[how]
