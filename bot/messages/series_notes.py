"""What is said around the series: a draft waits, a season is over, a question was voted for."""

from __future__ import annotations

from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import escaped
from bot.messages.reading import in_its_direction
from bot.messages.series_episode import why
from bot.series import ids
from stories.language import _, ngettext
from stories.values import dataclass

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Something that we changed for a customer."""

    who: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A season that is over. `closed`: nobody is left in it."""

    season: str
    episodes: int
    closed: bool
    changed: tuple[Changed, ...]


def goodbye(ended: Ended, place: str, command: str) -> Payload:
    """A season's last word."""
    season = escaped(ended.season)
    if ended.closed:
        said = _(
            "*{season} ends here.* Those who let us follow them owe us nothing, and we thank them for every "
            "word. Nothing more is told of this season."
        ).format(season=season)
        return _said(said, why(place, command))
    number = ended.episodes
    said = ngettext(
        "*{season} is over*, after {number} episode. Thank you to those who let us follow them, and to you "
        "for listening.",
        "*{season} is over*, after {number} episodes. Thank you to those who let us follow them, and to you "
        "for listening.",
        number,
    ).format(season=season, number=number)
    lines = [
        _("• {who}: {what}").format(who=escaped(one.who), what=escaped(in_its_direction(one.what)))
        for one in ended.changed
    ]
    if not lines:
        return _said(said, why(place, command))
    lead = _("*What we changed for them*")
    return read_out(
        said,
        [
            blocks.section(said),
            blocks.section("\n".join([lead, *lines])),
            blocks.context(why(place, command)),
        ],
    )


def draft_waits(season: str, number: int, episode_id: int) -> Payload:
    """What editors hear when there is something new to tell."""
    said = _(
        "Something new has come in for {season}: a draft of episode {number} waits for an editor."
    ).format(season=f"*{escaped(season)}*", number=number)
    look = blocks.button(_("Look at the draft"), ids.DRAFT, str(episode_id), style="primary")
    quiet = _(
        "You get this as an editor. Nobody else has seen it, and nothing goes out before one of you says so."
    )
    return read_out(said, [blocks.section(said), blocks.actions(look), blocks.context(quiet)])


def draft_settled(season: str, number: int, by: str, *, published: bool) -> Payload:
    """What stands there once an editor has decided."""
    said = _("Episode {number} of {season} was published by {person}.")
    if not published:
        said = _("The draft of episode {number} of {season} was thrown away by {person}.")
    said = said.format(number=number, season=f"*{escaped(season)}*", person=f"<@{by}>")
    return _said(said)


def asked(question: str, question_id: int, interview_id: int) -> Payload:
    """What whoever wrote up a conversation is asked: whether it brought the answer."""
    said = _("Colleagues voted to ask the customer whom you just wrote up something. Did it come up?")
    value = f"{question_id}:{interview_id}"
    row = [
        blocks.button(_("It’s in my write-up"), ids.ANSWERED, value, style="primary"),
        blocks.button(_("It didn’t come up"), ids.NOT_ANSWERED, value),
    ]
    quiet = _("You get this once, because you had the conversation.")
    return read_out(
        f"{said} {escaped(question)}",
        [
            blocks.section(said),
            blocks.quote(in_its_direction(question)),
            blocks.actions(*row),
            blocks.context(quiet),
        ],
    )


def asked_settled(*, answered: bool) -> Payload:
    """What stands there once they said so."""
    if answered:
        return _said(
            _("Thank you: whoever wanted to know reads the answer, as far as your write-up may be told.")
        )
    return _said(_("Thank you. The question waits for the next conversation."))


def _said(text: str, *quiet: str) -> Payload:
    return read_out(text, [blocks.section(text), *([blocks.context(*quiet)] if quiet else [])])
