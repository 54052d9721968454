"""The series' own window: what it is, who follows it, and what editors do with it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.series import ids
from bot.series.seasons import LONGEST_TITLE, RHYTHMS, WEEKS
from stories.language import _, ngettext
from stories.series.episodes import Format
from stories.series.seasons import MOST, Season
from stories.speaking import listed
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """What somebody sees of the series. `channel_id` is "" where the window was not opened in a channel.

    `latest` is the newest published episode's id and number. `draft` is the id of one that waits. `trial` is
    what a trial of another format says, in words.
    """

    season: Season | None
    channel_id: str
    channel_follows: bool
    person_follows: bool
    places: int
    told: int
    latest: int | None = None
    draft: int | None = None
    page: str = ""
    editor: bool = False
    trial: str = ""
    past: tuple[tuple[str, int], ...] = ()


def window(seen: Overview, *, notice: str = "") -> Block:
    """The window; `notice` is escaped already."""
    body = [
        *([blocks.section(notice)] if notice else []),
        blocks.section(_lead(seen)),
        *_reading(seen),
        *_following(seen),
        *(_editing(seen) if seen.editor else []),
        *_past(seen.past),
    ]
    return blocks.modal(
        _("The series"), body, callback_id=ids.VIEW, close=_("Close"), private_metadata=seen.channel_id
    )


def season_view() -> Block:
    """Where a season is opened."""
    weeks = [blocks.option(_weeks(number), str(number)) for number in WEEKS]
    rhythm = [blocks.option(_rhythm(days), str(days)) for days in RHYTHMS]
    lasts: Block = {
        "type": "static_select",
        "action_id": "weeks",
        "options": weeks,
        "initial_option": weeks[2],
    }
    every: Block = {
        "type": "static_select",
        "action_id": "every",
        "options": rhythm,
        "initial_option": rhythm[1],
    }
    promise = _(
        "Nobody is told of yet: each of them is asked first whether they like to be followed in this season. "
        "You record what they said."
    )
    body = [
        blocks.text_input(
            "title", _("What is the season called?"), most=LONGEST_TITLE, placeholder=_("First year")
        ),
        customers_input(_("Whom does it follow?")),
        blocks.input_block("weeks", _("How long does it last?"), lasts),
        blocks.input_block("every", _("How often may an episode come?"), every),
        blocks.context(promise, _("Where there is nothing new, there is no episode.")),
    ]
    return blocks.modal(
        _("A new season"), body, callback_id=ids.SEASON_NEW_VIEW, submit=_("Open it"), close=_("Cancel")
    )


def customers_input(label: str) -> Block:
    """The select for customers to be followed, by their aliases."""
    element: Block = {
        "type": "multi_external_select",
        "action_id": ids.CUSTOMERS,
        "min_query_length": 0,
        "max_selected_items": MOST,
        "placeholder": blocks.plain(_("Type an alias")),
    }
    hint = _("Customers of whom stories are told. A handful is enough: {most} at most.").format(most=MOST)
    return blocks.input_block("customers", label, element, hint=hint)


def end_view(season: Season) -> Block:
    """The question before a season ends."""
    said = _(
        "*{season}* ends, and whoever follows hears so, with what we changed for those it followed. Episodes "
        "can be read as long as the customers agree."
    ).format(season=escaped(season.title))
    return blocks.modal(
        _("End the season"),
        [blocks.section(said)],
        callback_id=ids.SEASON_END_VIEW,
        submit=_("End it"),
        close=_("Not yet"),
        private_metadata=str(season.id),
    )


def format_name(one: Format) -> str:
    """What a format is called."""
    return {
        Format.WHOLE: _("in full"),
        Format.COLD_OPEN: _("beginning with their words"),
        Format.SHORT: _("in short"),
    }[one]


def _lead(seen: Overview) -> str:
    season = seen.season
    if season is None:
        return _(
            "*No season is running.* A season follows a handful of real customers, who agreed to it, through "
            "what they tell us over months: in their words, with what became of it."
        )
    told = ngettext("{number} episode so far", "{number} episodes so far", seen.told).format(number=seen.told)
    number = len(season.agreed)
    who = listed(escaped(one.who) for one in season.agreed)
    following = _("It follows {who}, who agreed to it.").format(who=who) if number else ""
    nobody = _("Nobody is followed yet: they are being asked.")
    head = f"*{escaped(season.title)}* · {told}, {_('until {day}').format(day=day(season.ends_on))}"
    return f"{head}\n{following or nobody}"


def _reading(seen: Overview) -> list[Block]:
    row = []
    if seen.latest is not None:
        row.append(
            blocks.button(_("Read from the first episode"), ids.CATCH_UP, str(seen.latest), style="primary")
        )
    if seen.page and seen.latest is not None:
        row.append(blocks.button(_("On a page"), ids.OPEN) | {"url": seen.page})
    return [blocks.actions(*row)] if row else []


def _following(seen: Overview) -> list[Block]:
    row = []
    if seen.channel_id:
        if seen.channel_follows:
            row.append(blocks.button(_("Stop it in this channel"), ids.UNFOLLOW, seen.channel_id))
        else:
            row.append(blocks.button(_("Have this channel follow"), ids.FOLLOW, seen.channel_id))
    if seen.person_follows:
        row.append(blocks.button(_("Stop sending me episodes"), ids.UNFOLLOW_MYSELF, "me"))
    else:
        row.append(blocks.button(_("Send me new episodes"), ids.FOLLOW_MYSELF, "me"))
    said = ngettext(
        "One channel or person follows it.", "{number} channels and people follow it.", seen.places
    ).format(number=seen.places)
    quiet = _("An episode keeps within the one post a day that a channel hears unasked.")
    return [blocks.actions(*row), blocks.context(f"{said} {quiet}")]


def _editing(seen: Overview) -> list[Block]:
    season = seen.season
    if season is None:
        return [
            blocks.divider(),
            blocks.actions(blocks.button(_("Open a season"), ids.SEASON_NEW, style="primary")),
        ]
    row = []
    if seen.draft is not None:
        row.append(blocks.button(_("Look at the draft"), ids.DRAFT, str(seen.draft), style="primary"))
    row += [
        blocks.button(_("Whom it follows"), ids.PEOPLE),
        blocks.button(_("Look for something new"), ids.LOOK_NOW),
        blocks.button(_("End the season"), ids.SEASON_END, str(season.id)),
    ]
    looked = _("Looked again by itself on {day}.").format(day=day(season.next_on)) if season.next_on else ""
    told = _("Episodes are told {format}.").format(format=format_name(season.shape.format))
    quiet = " ".join(part for part in (looked, told, escaped(seen.trial)) if part)
    return [blocks.divider(), blocks.section(_("*For editors*")), blocks.actions(*row), blocks.context(quiet)]


def _past(past: Sequence[tuple[str, int]]) -> list[Block]:
    if not past:
        return []
    rows = []
    for title, episode_id in past[:5]:
        read = blocks.button(_("Read it"), ids.CATCH_UP, str(episode_id))
        rows.append(blocks.section(escaped(title), accessory=read))
    return [blocks.divider(), blocks.section(_("*Earlier seasons*")), *rows]


def _weeks(number: int) -> str:
    return ngettext("{number} week", "{number} weeks", number).format(number=number)


def _rhythm(days: int) -> str:
    weeks = days // 7
    return ngettext("Every week", "Every {number} weeks", weeks).format(number=weeks)
