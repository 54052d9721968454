"""A draft before its editor: each sentence with what it rests on, and what can be done with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.reading import in_its_direction
from bot.messages.series_episode import Carried, lead_of
from bot.series import ids
from bot.series.drafts import LONGEST, Draft
from bot.series.publishing import LONGEST_QUESTION, MOST_QUESTIONS
from stories.language import _, ngettext
from stories.series.episodes import Part, Sentence
from stories.series.sources import Kind, Line, Ref
from stories.speaking import quoted
from stories.text import shortened

LONGEST_SOURCE = 260
"""Characters of a source that stand beside a sentence."""


def window(
    at_hand: Draft,
    questions: Sequence[str],
    reach: int,
    *,
    carried: Sequence[Carried] = (),
    notice: str = "",
) -> Block:
    """The draft with its sources; `questions` are offered for the vote, `reach` places follow the series.

    `carried` are the photos and voices that it carries.
    """
    episode = at_hand.episode
    body = [
        *([blocks.section(notice)] if notice else []),
        blocks.context(
            _("Each sentence says where it comes from. A customer’s words stay as they were said.")
        ),
        *_told(at_hand),
        *(blocks.context(_carries(one)) for one in carried),
        *_doubtful(at_hand),
        blocks.actions(
            blocks.button(_("Add a sentence"), ids.ADD, str(episode.id)),
            blocks.button(_("Throw it away"), ids.DROP, str(episode.id), style="danger", confirm=_sure()),
        ),
        _questions(questions, episode.who),
        blocks.context(_reach(reach)),
    ]
    return blocks.modal(
        shortened(_("Episode {number}").format(number=episode.number), 24),
        body,
        callback_id=ids.DRAFT_VIEW,
        submit=_("Publish"),
        close=_("Not yet"),
        private_metadata=str(episode.id),
    )


def _told(at_hand: Draft) -> Iterator[Block]:
    """Every sentence with its source, the title first."""
    yield from _one(at_hand.episode.title, at_hand, _("*Title*"), title=True)
    for passage in at_hand.episode.passages:
        for place, one in enumerate(passage.sentences):
            yield from _one(one, at_hand, "" if place else _part(passage.part))


def _reach(places: int) -> str:
    if not places:
        return _("Nobody follows the series yet. It can be read from the first episode all the same.")
    return ngettext(
        "When you publish, it goes to {number} place that follows, and bears your name in the audit log.",
        "When you publish, it goes to {number} places that follow, and bears your name in the audit log.",
        places,
    ).format(number=places)


def sentence_view(episode_id: int, one: Sentence, line: Line | None) -> Block:
    """A sentence to be put in other words, beside its source."""
    field = blocks.text_input(
        "words",
        _("The sentence"),
        value=one.text,
        most=LONGEST,
        multiline=True,
        hint=_(
            "If its source doesn’t bear your words, they stand there as “editor’s words”, with your name."
        ),
    )
    source = blocks.context(_source(one, line))
    return blocks.modal(
        _("In other words"),
        [field, source],
        callback_id=ids.SENTENCE_VIEW,
        submit=_("Keep"),
        close=_("Cancel"),
        private_metadata=json.dumps({"episode": episode_id, "sentence": one.id}),
    )


def add_view(episode_id: int, parts: Sequence[Part]) -> Block:
    """A sentence of the editor's own."""
    options = [blocks.option(part_name(part), part.value) for part in parts]
    select: Block = {"type": "static_select", "action_id": "part", "options": options}
    select |= {"initial_option": options[0]}
    body = [
        blocks.input_block("part", _("Where does it belong?"), select),
        blocks.text_input("words", _("Your sentence"), most=LONGEST, multiline=True),
        blocks.context(_("It has no source, so it stands there as editor’s words, with your name.")),
    ]
    return blocks.modal(
        _("Add a sentence"),
        body,
        callback_id=ids.SENTENCE_VIEW,
        submit=_("Add"),
        close=_("Cancel"),
        private_metadata=json.dumps({"episode": episode_id, "sentence": None}),
    )


def part_name(part: Part) -> str:
    """What a part of an episode is called."""
    return {
        Part.PREVIOUSLY: _("Previously"),
        Part.SCENE: _("The scene"),
        Part.TURN: _("The turn"),
        Part.OPEN: _("Still open"),
        Part.NEXT: _("Next time"),
    }[part]


def source_name(ref: Ref) -> str:
    """What kind of thing a sentence rests on."""
    return {
        Kind.QUOTE: _("Their own words"),
        Kind.TALK: _("A conversation as it was written up"),
        Kind.ANSWER: _("Their answer to a survey"),
        Kind.SCORE: _("How their score moved"),
        Kind.PROMISE: _("What we said we would do"),
        Kind.TREND: _("What moves among such customers"),
        Kind.HEADLINE: _("A headline, as background"),
        Kind.ASKED: _("What the audience asked"),
        Kind.PLAN: _("A conversation that is arranged"),
        Kind.SEASON: _("The season itself"),
    }[ref.kind]


def _one(one: Sentence, at_hand: Draft, lead: str, *, title: bool = False) -> Iterator[Block]:
    if lead:
        yield blocks.section(lead)
    line = at_hand.lines.get(one.source) if isinstance(one.source, Ref) else None
    if one.spoken:
        yield blocks.quote(in_its_direction(one.text))
        yield blocks.section(
            f"_{_source(one, line, short=True)}_", accessory=_menu(one, spoken=True, title=title)
        )
        return
    yield blocks.section(
        escaped(in_its_direction(one.text or "—")), accessory=_menu(one, spoken=False, title=title)
    )
    yield blocks.context(_source(one, line))


def _menu(one: Sentence, *, spoken: bool, title: bool) -> Block:
    options = [] if spoken else [blocks.option(_("Put it in other words…"), f"change:{one.id}")]
    options += [] if title else [blocks.option(_("Strike it"), f"strike:{one.id}")]
    return {"type": "overflow", "action_id": ids.SENTENCE, "options": options}


def _source(one: Sentence, line: Line | None, *, short: bool = False) -> str:
    if one.signed_by is not None:
        return _(":pencil2: Editor’s words, {person}").format(person=f"<@{one.signed_by}>")
    if not isinstance(one.source, Ref):
        return ""
    said = source_name(one.source)
    if line is None or one.source.kind is Kind.SEASON:
        return said
    when = f", {day(line.days[-1])}" if line.days else ""
    link = f" <{line.link}|{escaped(_('open'))}>" if line.link else ""
    words = (
        ""
        if short or _says_nothing(one.source)
        else f": {escaped(quoted(shortened(' '.join(line.text.split()), LONGEST_SOURCE)))}"
    )
    return f"{said}{when}{words}{link}"


def _says_nothing(ref: Ref) -> bool:
    """Whether what stands for a source is no text that somebody wrote: that a talk was held, a figure."""
    return ref.kind in (Kind.SCORE, Kind.PLAN) or ref.part == "told"


def _part(part: Part) -> str:
    return lead_of(part) or f"*{part_name(part)}*"


def _carries(one: Carried) -> str:
    said = _("It carries their photo: {described}") if one.photo else _("It carries their voice: {described}")
    return said.format(described=escaped(one.described))


def _doubtful(at_hand: Draft) -> Iterator[Block]:
    if not at_hand.doubtful:
        return
    yield blocks.divider()
    yield blocks.section(_(":warning: *Nothing stands behind these (any more), so they can’t be published:*"))
    for one in at_hand.doubtful:
        strike = blocks.button(_("Strike it"), ids.STRIKE, str(one.id))
        yield blocks.section(escaped(in_its_direction(one.text)), accessory=strike)


def _questions(questions: Sequence[str], who: str) -> Block:
    hint = _(
        "One a line, {most} at most. Readers have one vote each; whoever talks to them next hears what won."
    )
    label = _("What may readers vote to ask {who} next?").format(who=who or _("them"))
    return blocks.text_input(
        "questions",
        label,
        value="\n".join(questions),
        most=MOST_QUESTIONS * (LONGEST_QUESTION + 1),
        multiline=True,
        optional=True,
        hint=hint.format(most=MOST_QUESTIONS),
    )


def _sure() -> Block:
    return blocks.confirm(
        _("Throw this draft away?"),
        _("It is looked again for something new when the season says so."),
        _("Throw it away"),
        _("Keep it"),
    )
