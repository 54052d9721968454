"""An episode as people read it: in a channel, in a thread of their own, before its editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.reading import in_its_direction
from bot.series import ids
from stories.language import _, ngettext
from stories.series.episodes import Episode, Part, Sentence
from stories.series.material import Headline
from stories.series.sources import Ref
from stories.speaking import quoted
from stories.values import dataclass

Payload = dict[str, Any]
LONGEST_SAID = 600
"""Characters of what notifications and screen readers say of an episode."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A question that the audience may choose, with how many did."""

    question_id: int
    words: str
    votes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A photo or a voice: Slack's file or the recording's link, and what is seen or heard in words."""

    photo: bool
    where: str
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An episode with what stands around it.

    `headlines` are those it rests on, by source. `loved` is how many readers said so. `open`: the vote is on.
    """

    season: str
    episode: Episode
    headlines: Mapping[Ref, Headline]
    carried: tuple[Carried, ...] = ()
    options: tuple[Option, ...] = ()
    loved: int = 0
    open: bool = False


def post(shown: Shown, why: str) -> Payload:
    """An episode in a channel, or for a person who follows; `why` says why it came, escaped already."""
    row = [_loved(shown), blocks.button(_("From the first episode"), ids.CATCH_UP, _value(shown))]
    return read_out(summary(shown), [*told(shown), *_vote(shown), blocks.actions(*row), blocks.context(why)])


def chapter(shown: Shown, *, first: bool, following: int | None) -> Payload:
    """An episode for somebody who catches up; `following` is the next one's id, None after the last."""
    row = [_loved(shown)]
    if following is not None:
        row.insert(0, blocks.button(_("Next episode"), ids.NEXT, str(following), style="primary"))
    end = _(
        "That was the latest one. New ones come to the channels that follow; `/firsthand series` says which."
    )
    why = _("You asked to read from the first episode.") if first else ""
    quiet = [*([why] if why else []), *([end] if following is None else [])]
    body = [*told(shown), blocks.actions(*row), *([blocks.context(*quiet)] if quiet else [])]
    return read_out(summary(shown), body)


def why(place: str, command: str) -> str:
    """Why an episode came to a channel or a person, and how to turn it down; escaped."""
    if place.startswith(("C", "G")):
        said = _(
            "This came because this channel follows the series. What it is, and how to stop it: `{command}`"
        )
    else:
        said = _("This came because you follow the series. What it is, and how to stop it: `{command}`")
    return said.format(command=escaped(command))


def gone() -> Payload:
    """What a reader who opens an episode finds that is told no more."""
    said = _("That episode isn’t told any more.")
    return {"text": said, "blocks": [blocks.section(said)]}


def summary(shown: Shown) -> str:
    """The episode in a line or two; escaped."""
    first = next((one.text for one in shown.episode.sentences() if one.spoken), "")
    head = _("{season}, episode {number}: {title}").format(
        season=shown.season, number=shown.episode.number, title=title_of(shown.episode)
    )
    return escaped(f"{head} {quoted(first[:LONGEST_SAID])}" if first else head)


def told(shown: Shown) -> list[Block]:
    """What the episode says, without what can be pressed."""
    return [
        blocks.header(in_its_direction(title_of(shown.episode))),
        blocks.context(_where(shown)),
        *_photos(shown),
        *(block for passage in shown.episode.passages for block in _passage(shown, passage.part)),
        *_voices(shown),
    ]


def title_of(episode: Episode) -> str:
    """An episode's title; its number where what the title rested on is gone."""
    return episode.title.text or _("Episode {number}").format(number=episode.number)


def sentence(one: Sentence, headlines: Mapping[Ref, Headline]) -> str:
    """A sentence that is no quote: a headline with its link, an editor's words with their name; escaped."""
    said = escaped(in_its_direction(one.text))
    if one.signed_by is not None:
        return _("{said} _(editor’s words, {editor})_").format(said=said, editor=f"<@{one.signed_by}>")
    known = headlines.get(one.source) if isinstance(one.source, Ref) else None
    if known is None:
        return said
    # Translators: a link to where a headline comes from.
    read = _("read it there")
    return f"{said} (<{known.link}|{escaped(read)}>)"


def lead_of(part: Part) -> str:
    """What stands before a part of an episode, "" where nothing does."""
    return {
        Part.PREVIOUSLY: _("_Previously…_"),
        Part.OPEN: _("*Still open*"),
        Part.NEXT: _("*Next time*"),
    }.get(part, "")


def votes(number: int) -> str:
    """How many chose a question."""
    return ngettext("{number} vote", "{number} votes", number).format(number=number)


def _where(shown: Shown) -> str:
    said = _("{season} · Episode {number}").format(season=escaped(shown.season), number=shown.episode.number)
    at = shown.episode.published_at
    return f"{said} · {day(at.date())}" if at else said


def _passage(shown: Shown, part: Part) -> Iterator[Block]:
    lead = lead_of(part)
    for spoken, group in groupby(shown.episode.passage(part), key=lambda one: one.spoken):
        if spoken:
            if lead:
                yield blocks.section(lead)
            lead = ""
            yield from (blocks.quote(in_its_direction(one.text)) for one in group)
            continue
        words = " ".join(sentence(one, shown.headlines) for one in group)
        yield blocks.section(f"{lead}\n{words}" if lead else words)
        lead = ""


def _photos(shown: Shown) -> Iterator[Block]:
    for one in shown.carried:
        if one.photo:
            yield {"type": "image", "slack_file": {"id": one.where}, "alt_text": one.described[:2000]}


def _voices(shown: Shown) -> Iterator[Block]:
    for one in shown.carried:
        if not one.photo:
            heard = escaped(_("Hear it in their own voice"))
            yield blocks.context(f":sound: <{one.where}|{heard}>: {escaped(one.described)}")


def _vote(shown: Shown) -> list[Block]:
    if not shown.options:
        return []
    who = escaped(shown.episode.who or _("them"))
    lead = _("*What should we ask {who} next?* Everybody has one vote, and may change it.").format(who=who)
    over = _("*What you wanted to know of {who}*").format(who=who)
    rows = [_option(one, shown.open) for one in shown.options]
    more = [blocks.actions(blocks.button(_("Suggest a question"), ids.SUGGEST, _value(shown)))]
    return [
        blocks.divider(),
        blocks.section(lead if shown.open else over),
        *rows,
        *(more if shown.open else []),
    ]


def _option(one: Option, is_open: bool) -> Block:
    said = f"{escaped(in_its_direction(one.words))}\n{votes(one.votes)}"
    if not is_open:
        return blocks.section(said)
    return blocks.section(said, accessory=blocks.button(_("Ask this"), ids.VOTE, str(one.question_id)))


def _loved(shown: Shown) -> Block:
    label = _("This stayed with me")
    return blocks.button(f"{label} · {shown.loved}" if shown.loved else label, ids.LOVED, _value(shown))


def _value(shown: Shown) -> str:
    return str(shown.episode.id)
