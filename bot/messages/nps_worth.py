"""What a point is worth, in the plainest sentence that is still true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot import ids
from bot.messages import blocks
from bot.messages import nps_words as words
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped
from bot.messages.charts import in_words
from bot.messages.nps_controls import LONGEST_VALUE
from bot.messages.nps_worth_chart import chart
from bot.nps.worth import Worth
from storage.nps_figures import EVERYBODY
from stories.language import _, ngettext
from stories.nps.worth import Association, Finding, TooEarly

Payload = dict[str, Any]


def which(names: Sequence[str]) -> Payload:
    """The figures there are, when none was named."""
    said = _(
        "Which figure? You see what it has to do with NPS, and what the top three’s candidates are worth."
    )
    found = [blocks.button(name, f"{ids.NPS_ASK}:{n}", f'worth "{name}"') for n, name in enumerate(names[:5])]
    return {"text": said, "blocks": [blocks.section(said), blocks.actions(*found)]}


def answer(
    worth: Worth,
    *,
    said: str = "",
    narrowed: bool = False,
    in_channel: bool = False,
    more: Sequence[Block] = (),
) -> Payload:
    """What was found, how sure it is, and both lines in one chart, for its asker alone.

    `said` are the words that ask it again. `narrowed`: the group that was named has no figures of its own.
    `in_channel`: it is seen in a channel, with which it could be shared. `more` is what follows from it.
    """
    rows = [*_screen(worth), *more]
    if narrowed:
        rows.append(
            blocks.context(
                _("There are no figures of that group by itself, so this is about everybody, in all months.")
            )
        )
    if in_channel and len(said) <= LONGEST_VALUE:
        rows.append(
            blocks.actions(
                blocks.button(_("Share to this channel"), ids.NPS_SHARE, said),
                blocks.button(_("Tell this channel when it changes"), ids.NPS_WORTH_TELL, said),
            )
        )
    rows.append(blocks.context(_("Things that go together need not cause each other. Only you see this.")))
    return read_out(_in_words(worth), rows)


def shared(worth: Worth, *, by: str, command: str, said: str) -> Payload:
    """The same for a channel to read, because somebody (a person's id) wanted to show it there."""
    why = _("{person} shared this. To ask for yourself: `{command} {words}`").format(
        person=f"<@{by}>", command=command, words=escaped(said.replace("`", "’"))
    )
    rows = [*_screen(worth), blocks.context(_careful()), blocks.context(why)]
    return read_out(_in_words(worth), rows)


def changed(before: Worth, now: Worth, *, asked_by: str) -> Payload:
    """That the answer is another one than a channel heard before."""
    headline = _("What NPS and {figure} have to do with each other looks different now.").format(
        figure=_name(now)
    )
    then = _("Before: {sentence}").format(sentence=sentence(before))
    edge = _(
        "Each month brings new answers and new figures; a weak link can come and go by chance, "
        "so look at it again before you act on it."
    )
    value = f"{now.segment[0]}\n{now.segment[1]}\n{now.figure}"
    rows = [
        *_screen(now, _("NPS and {figure}: a different answer").format(figure=_name(now))),
        blocks.section(escaped(then)),
        blocks.context(f"{_careful()} {edge}"),
        blocks.context(
            _("{person} asked that this channel hears when the answer changes. I look once a month.").format(
                person=f"<@{asked_by}>"
            )
        ),
        blocks.actions(blocks.button(_("Stop telling"), ids.NPS_WORTH_STOP, value)),
    ]
    return read_out(f"{escaped(headline)} {_in_words(now)} {escaped(then)}", rows)


def telling(worth: Worth) -> str:
    """What whoever asked for it hears: this channel will be told when the answer changes."""
    return escaped(
        _(
            "I look at this again on the 8th of each month, and tell this channel when the answer is another "
            "one than now: “{sentence}”"
        ).format(sentence=sentence(worth))
    )


def sentence(worth: Worth) -> str:
    """The plainest sentence that is still true."""
    found, figure = worth.found, _name(worth)
    if isinstance(found, TooEarly):
        return ngettext(
            "Too early to say: {number} more month of both is needed.",
            "Too early to say: {number} more months of both are needed.",
            found.more,
        ).format(number=found.more)
    if found.finding is Finding.NOT_SEEN:
        return _("No link between NPS and {figure} can be seen.").format(figure=figure)
    when = (
        ngettext("{number} month later", "{number} months later", found.lag).format(number=found.lag)
        if found.lag
        else _("in the same month")
    )
    way = _("more") if found.slope > 0 else _("less")
    return _("A higher NPS goes together with {way} {figure} {when}.").format(
        way=way, figure=figure, when=when
    )


def _screen(worth: Worth, headline: str = "") -> Iterator[Block]:
    yield blocks.header(headline or _("NPS and {figure}").format(figure=_name(worth)))
    yield blocks.section(escaped(sentence(worth)))
    yield blocks.section("\n".join(f"• {escaped(line)}" for line in _working(worth)))
    drawn = chart(worth)
    if drawn:
        yield drawn


def _in_words(worth: Worth) -> str:
    drawn = chart(worth)
    return escaped(" ".join([sentence(worth), *_working(worth), *([in_words(drawn)] if drawn else [])]))


def _name(worth: Worth) -> str:
    """The figure, and whose it is where that is one segment's: "revenue of Enterprise"."""
    if worth.segment == EVERYBODY:
        return worth.figure
    return _("{figure} of {group}").format(figure=worth.figure, group=words.group((worth.segment,)))


def _working(worth: Worth) -> Iterator[str]:
    found = worth.found
    if isinstance(found, TooEarly):
        yield _("There are {number} months of both so far; it takes {needed}.").format(
            number=found.periods, needed=found.needed
        )
        return
    if worth.property_name:
        yield _("Compared within {number} segments by {name}, over {months} months.").format(
            number=found.segments, name=worth.property_name, months=found.periods
        )
    else:
        yield _("One series over {months} months, without its trend.").format(months=found.periods)
    yield _(
        "Correlation {r:+.2f}, between {low:+.2f} and {high:+.2f}; chance alone does as well {often}."
    ).format(r=found.r, low=found.low, high=found.high, often=_often(found))
    if found.finding is Finding.TOGETHER:
        yield _("One point of NPS goes with {slope:+,.2f} of {figure}.").format(
            slope=found.slope, figure=_name(worth)
        )
    if found.is_exploratory:
        yield _("This rests on so little that delay and strength are only hints.")


def _often(found: Association) -> str:
    return _("{number} times in 1,000").format(number=max(1, round(1000 * found.p_value)))


def _careful() -> str:
    return _("Things that go together need not cause each other.")
