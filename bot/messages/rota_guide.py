"""The guide before a talk: who this is, what they told us, what to ask, and how to ask it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.lessons import ids as lesson_ids
from bot.messages import blocks
from bot.messages.aloud import aloud
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.nps_words import bucket, points
from bot.messages.reading import in_its_direction
from bot.messages.rota_notes import About, later_button, reach_button
from bot.messages.rota_words import languages
from bot.rota import ids as rota_ids
from stories.language import _, ngettext
from stories.nps.counts import Counts, score
from stories.nps.periods import Period
from stories.story import Telling
from stories.text import shortened
from stories.values import dataclass

MOST_STORIES, MOST_PROMISES = 3, 3
LONGEST_LINE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something worth asking, and why it is."""

    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything the guide tells, as its reader may see it.

    `earlier` are stories that are told with the customer's name, or the reader's own; `kept` how many
    others there are that are not shown here. `promises` are open ones with their day. `nps` are answers of
    customers like them by quarter, where enough answered; `like` names that group, "" for everybody.
    """

    about: About
    spoken: tuple[str, ...]
    earlier: tuple[Telling, ...] = ()
    kept: int = 0
    promises: tuple[tuple[str, date | None], ...] = ()
    like: str = ""
    nps: tuple[tuple[Period, Counts], ...] = ()
    questions: tuple[Question, ...] = ()


def guide_note(guide: Guide) -> dict[str, Any]:
    """The private message; replies to it become notes of the write-up."""
    about = guide.about
    said = _part("title", who=about.who)
    body = [
        # A heading is shown as written: nothing in it is escaped.
        blocks.header(_part("title", who=Markup(in_its_direction(about.who)))),  # noqa: S704 not obeyed there
        blocks.section(_who(guide)),
        _buttons(about),
        *_earlier(guide),
        *_promises(guide.promises),
        *_nps(guide),
        blocks.divider(),
        blocks.section("\n".join([_("*Three questions worth asking*"), *_questions(guide.questions)])),
        blocks.section(_part("how_to_ask")),
        blocks.divider(),
        blocks.section(_part("notes")),
    ]
    return {"text": aloud(said, body), "blocks": body}


def _who(guide: Guide) -> str:
    about = guide.about
    spoken = languages(guide.spoken)
    return _part("who", who=about.who, segment=about.segment, when=about.at, languages=spoken)


def _buttons(about: About) -> Block:
    talk = about.talk
    return blocks.actions(
        reach_button(talk),
        blocks.button(_("Calendar file"), rota_ids.ROTA_CALENDAR, str(talk.id)),
        later_button(talk),
        blocks.button(_("How to ask, in three minutes"), lesson_ids.LESSON_BEGIN, "listening"),
        # From here the replies are read once more: some may have come while the bot was away.
        blocks.button(_("Continue in the form"), ids.INTERVIEW_FROM_THREAD, str(talk.draft_id or 0)),
        block_id="rota_guide",
    )


def _earlier(guide: Guide) -> list[Block]:
    if not guide.earlier and not guide.kept:
        return [blocks.section(_part("first_time"))]
    body = [blocks.section(_("*What they told us before*"))] if guide.earlier else []
    for told in guide.earlier[:MOST_STORIES]:
        title = blocks.escaped(shortened(told.title, LONGEST_LINE))
        body.append(blocks.section(f"{title} · {day(told.talked_on)}"))
        body += [blocks.quote(quote) for quote in told.quotes[:1]]
    return [*body, *([blocks.context(_kept(guide.kept, some=bool(guide.earlier)))] if guide.kept else [])]


def _kept(kept: int, *, some: bool) -> str:
    if some:
        return ngettext(
            "One more conversation is not shown here: it was not shared with a name.",
            "{number} more conversations are not shown here: they were not shared with a name.",
            kept,
        ).format(number=kept)
    return _("They have talked with us before. What they said was not shared with a name, so it is not here.")


def _promises(promises: Sequence[tuple[str, date | None]]) -> list[Block]:
    if not promises:
        return []
    lines = [
        _part("promise_by", what=shortened(what, LONGEST_LINE), day=day(by) if by else "")
        for what, by in promises[:MOST_PROMISES]
    ]
    return [blocks.section("\n".join([_("*What we promised them, and have not done yet*"), *lines]))]


def _nps(guide: Guide) -> list[Block]:
    if not guide.nps:
        return []
    said = " · ".join(f"{bucket(period)} {_score(counts)}" for period, counts in guide.nps)
    return [blocks.section(_part("nps", like=guide.like, points=said))]


def _score(counts: Counts) -> str:
    found = score(counts)
    return "–" if found is None else points(found)


def _questions(questions: Sequence[Question]) -> list[str]:
    return [
        _part("question", number=number, words=one.words, why=one.why)
        for number, one in enumerate(questions, 1)
    ]


def _part(part: str, /, **values: object) -> str:
    return prose_part("rota_guide.j2", part, **values)
