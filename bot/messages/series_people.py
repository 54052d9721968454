"""Whom a season follows, what each agreed to, and their photo or voice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.messages import blocks
from bot.messages.blocks import Block, escaped
from bot.messages.dates import day
from bot.messages.series import customers_input
from bot.series import ids
from bot.series.seasons import LONGEST_WORDS
from storage.series_media import Media, MediaKind
from stories.language import _
from stories.links import LONGEST_LINK
from stories.series.seasons import MOST, Followed, Season


def window(
    season: Season, met: Mapping[int, tuple[str, date]], media: Sequence[Media], *, notice: str = ""
) -> Block:
    """Everybody the season follows; `met` is who talked with each last, and when."""
    lead = _(
        "Each of them is asked anew for every season, by somebody they know. Before their yes nothing is "
        "told of them; when they take it back, it leaves every episode at once."
    )
    body = [
        *([blocks.section(notice)] if notice else []),
        blocks.section(lead),
        *(
            block
            for one in season.followed
            for block in _one(
                one, met.get(one.customer_id), [m for m in media if m.customer_id == one.customer_id]
            )
        ),
    ]
    room = len(season.followed) < MOST
    add = [blocks.divider(), customers_input(_("Who else?")) | {"optional": True}] if room else []
    return blocks.modal(
        _("Whom it follows"),
        [*body, *add],
        callback_id=ids.PEOPLE_VIEW,
        submit=_("Add them") if room else None,
        close=_("Close"),
        private_metadata=str(season.id),
    )


def consent_view(one: Followed, season: Season) -> Block:
    """What a customer said they agree to, each thing by itself."""
    options = {
        "followed": blocks.option(_("To be followed in this season"), "followed"),
        "photo": blocks.option(_("That their photo is shown"), "photo"),
        "voice": blocks.option(_("That their voice is heard"), "voice"),
    }
    held = {"followed": one.agreed, "photo": one.photo, "voice": one.voice}
    element: Block = {"type": "checkboxes", "action_id": "agreed", "options": list(options.values())}
    chosen = [options[name] for name, yes in held.items() if yes]
    element |= {"initial_options": chosen} if chosen else {}
    question = _(
        "We tell colleagues in a series how customers like you are getting on. May we follow you in it "
        "until {day}, in your own words? Only colleagues read it, you may see each episode, and one word "
        "from you is enough to end it. May we also show your photo, or let them hear your voice?"
    ).format(day=day(season.ends_on))
    body = [
        blocks.section(_("*{who}* is asked in such words:").format(who=escaped(one.who))),
        blocks.quote(question),
        blocks.input_block("agreed", _("What did they agree to?"), element, optional=True),
        blocks.text_input(
            "words",
            _("How did they say so?"),
            most=LONGEST_WORDS,
            multiline=True,
            hint=_("In their words, or where it is written down. It is kept as proof."),
        ),
        blocks.context(_("Leave a box empty to record that they did not agree, or took it back.")),
    ]
    return blocks.modal(
        _("What they agreed to"),
        body,
        callback_id=ids.CONSENT_VIEW,
        submit=_("Record it"),
        close=_("Cancel"),
        private_metadata=f"{season.id}:{one.customer_id}",
    )


def media_view(one: Followed, season: Season) -> Block:
    """Where a photo is handed over, or said where a recording is: of those the customer agreed to."""
    kinds = []
    if one.photo:
        kinds.append(blocks.option(_("A photo of them"), MediaKind.PHOTO.value))
    if one.voice:
        kinds.append(blocks.option(_("Their voice"), MediaKind.VOICE.value))
    title, close = _("Photo or voice"), _("Close")
    if not kinds:
        said = _(
            "*{who}* has agreed neither to a photo nor to a recording. Ask them, and record what they said."
        )
        body = [blocks.section(said.format(who=escaped(one.who)))]
        return blocks.modal(title, body, callback_id=ids.MEDIA_VIEW, close=close)
    return blocks.modal(
        title,
        _media_fields(one, kinds),
        callback_id=ids.MEDIA_VIEW,
        submit=_("Keep it"),
        close=_("Cancel"),
        private_metadata=f"{season.id}:{one.customer_id}",
    )


def _media_fields(one: Followed, kinds: list[Block]) -> list[Block]:
    radio: Block = {
        "type": "radio_buttons",
        "action_id": "kind",
        "options": kinds,
        "initial_option": kinds[0],
    }
    file: Block = {"type": "file_input", "action_id": "file", "filetypes": ["png", "jpg", "jpeg"]}
    photo = blocks.input_block("file", _("The photo"), file | {"max_files": 1}, optional=True)
    voice = blocks.text_input(
        "link",
        _("Where the recording is"),
        most=LONGEST_LINK,
        optional=True,
        placeholder="https://",
        hint=_("A link that colleagues can open, and nobody else. It is taken away with their consent."),
    )
    described = blocks.text_input(
        "described",
        _("What is to be seen or heard?"),
        most=300,
        hint=_("Read out to those who see or hear nothing. No names they did not agree to."),
    )
    return [
        blocks.input_block("kind", _("What is it?"), radio),
        *([photo] if one.photo else []),
        *([voice] if one.voice else []),
        described,
        blocks.context(_("It goes into the next episode about them, for as long as they agree to it.")),
    ]


def _one(one: Followed, met: tuple[str, date] | None, media: Sequence[Media]) -> list[Block]:
    value = str(one.customer_id)
    state = (
        _(":white_check_mark: agreed to be followed")
        if one.agreed
        else _(":hourglass: not told of before their yes")
    )
    more = [_("photo") for _one in [one] if one.photo] + [_("voice") for _one in [one] if one.voice]
    also = _(", and to: {more}").format(more=", ".join(more)) if more else ""
    last = ""
    if met is not None:
        last = "\n" + _("{person} talked with them last, on {day}.").format(
            person=f"<@{met[0]}>", day=day(met[1])
        )
    kept = (
        "\n" + _("Kept: {what}").format(what=escaped("; ".join(m.described for m in media))) if media else ""
    )
    kind = f" · {escaped(one.segment)}" if one.segment else ""
    said = f"*{escaped(one.who)}*{kind}\n{state}{also}{last}{kept}"
    sure = blocks.confirm(
        _("Leave them out?"),
        _("This season tells nothing of them any more; what it told is taken down."),
        _("Leave them out"),
        _("Keep them"),
    )
    return [
        blocks.section(said),
        blocks.actions(
            blocks.button(_("What they agreed to…"), ids.CONSENT, value),
            blocks.button(_("Photo or voice…"), ids.MEDIA, value),
            blocks.button(_("Leave them out"), ids.LEAVE_OUT, value, confirm=sure),
        ),
    ]
