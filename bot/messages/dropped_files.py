"""What is said in the thread of a dropped file: how far reading is, what was found, why it was not read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.dropping.talk import Talk, Voice
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, escaped, prose_part
from bot.messages.dates import day
from stories.language import _, ngettext
from stories.speaking import language_called

MOST_BUTTONS = 4
"""Voices that get a button each; more of them share a select."""

_MOST_LISTED = 8
_SECONDS, _MINUTES = 60, 60


def reading(file: str) -> dict[str, Any]:
    """Said at once."""
    return _plain(_part("reading", file=file))


def halfway(talks: Sequence[Talk]) -> dict[str, Any]:
    """Said once the voices are known, while the lines are looked for."""
    voices = sum(len(talk.voices) for talk in talks)
    found = [ngettext("{count} voice", "{count} voices", voices).format(count=voices)]
    seconds = sum(talk.seconds or 0 for talk in talks)
    found += [length(seconds)] if seconds else []
    return _plain(_part("voices", file=talks[0].file, what=", ".join(found)))


def found(draft_id: int, talk: Talk) -> dict[str, Any]:
    """What was read, and the question who the customer is; `draft_id` is where it is kept."""
    said = _part("found", file=talk.file, facts=" · ".join(_facts(talk)))
    named = any(voice.name for voice in talk.voices)
    question = _part("who" if named else "nobody_named")
    listed = [blocks.section("\n".join(_voices(talk)))] if named else []
    return read_out(
        _part("found_text", file=talk.file),
        [
            blocks.section(said),
            *listed,
            blocks.section(question),
            blocks.actions(*_choices(draft_id, talk), _throw_away(draft_id), block_id=f"file:{draft_id}"),
            blocks.context(_part("kept")),
        ],
    )


def refused(sentence: str) -> dict[str, Any]:
    """Why a file was not read; `sentence` is plain text."""
    return _plain(f":warning: {escaped(sentence)}")


def try_again(part: str, file_id: str, file: str) -> dict[str, Any]:
    """Trouble that may pass (`not_now`, `not_kept`, `broke`), with a button."""
    again = blocks.button(_("Try again"), ids.FILE_READ_AGAIN, f"{file_id}:{file}", style="primary")
    said = _plain(_part(part, file=file))
    return said | {"blocks": [*said["blocks"], blocks.actions(again)]}


def own_draft(file: str, draft_id: int) -> dict[str, Any]:
    """The same words again, whose draft is still there."""
    go_on = blocks.button(_("Go on with it"), ids.DRAFT_OPEN, str(draft_id), style="primary")
    said = _plain(_part("own_draft", file=file))
    return said | {"blocks": [*said["blocks"], blocks.actions(go_on)]}


def own_story(file: str, command: str) -> dict[str, Any]:
    """The same words again, whose write-up was sent."""
    return _plain(_part("own_story", file=file, command=command))


def anothers(file: str, author_id: str) -> dict[str, Any]:
    """The same words, which a colleague dropped before."""
    return _plain(_part("others", file=file, who=Markup(f"<@{author_id}>")))  # noqa: S704 an id of Slack's


def imported(file: str) -> dict[str, Any]:
    """The same words, which somebody brought in by the command line."""
    return _plain(_part("imported", file=file))


def thrown_away(file: str) -> dict[str, Any]:
    """Takes the place of what was found."""
    return _plain(_part("thrown", file=file))


def length(seconds: int) -> str:
    """How long a conversation took, in words: "41 minutes", "1 hour 5 minutes"."""
    minutes = round(seconds / _SECONDS)
    hours, rest = divmod(minutes, _MINUTES)
    parts = [ngettext("{count} hour", "{count} hours", hours).format(count=hours)] if hours else []
    if rest or not hours:
        rest = max(rest, 1)
        parts.append(ngettext("{count} minute", "{count} minutes", rest).format(count=rest))
    return " ".join(parts)


def _facts(talk: Talk) -> list[str]:
    when = day(date.fromisoformat(talk.day)) if talk.day else _("on a day you’ll tell me")
    facts = [
        talk.title if talk.title != talk.file else "",
        when,
        length(talk.seconds) if talk.seconds else "",
        _language(talk.language),
    ]
    return [fact for fact in facts if fact]


def _language(code: str) -> str:
    named = language_called(code)
    return "" if named == code else named


def _voices(talk: Talk) -> list[str]:
    told = [
        _part(
            "likely_voice" if at == talk.guess else "voice", name=_name(voice), share=round(voice.share * 100)
        )
        for at, voice in _in_order(talk)
    ]
    more = len(told) - _MOST_LISTED
    if more > 0:
        others = ngettext("• and {count} more", "• and {count} more", more).format(count=more)
        told = [*told[:_MOST_LISTED], others]
    return told


def _choices(draft_id: int, talk: Talk) -> list[Block]:
    voices = _in_order(talk)
    if len(voices) <= MOST_BUTTONS:
        return [
            blocks.button(
                _name(voice) if voice.name else _("Show me the lines"),
                f"{ids.FILE_VOICE}:{at}",
                f"{draft_id}:{at}",
                style="primary" if at == talk.guess else None,
            )
            for at, voice in voices
        ]
    select: Block = {
        "type": "static_select",
        "action_id": ids.FILE_VOICE,
        "placeholder": blocks.plain(_("The customer is …"), 150),
        "options": [blocks.option(_name(voice), f"{draft_id}:{at}") for at, voice in voices],
    }
    return [select]


def _in_order(talk: Talk) -> list[tuple[int, Voice]]:
    """The voices with their numbers, the likely customer first."""
    return sorted(enumerate(talk.voices), key=lambda pair: pair[0] != talk.guess)


def _name(voice: Voice) -> str:
    return voice.name or _("Somebody unnamed")


def _throw_away(draft_id: int) -> Block:
    question = blocks.confirm(
        _("Throw this away?"),
        _("What I read, and what you typed in its draft, is deleted for good. Your file stays."),
        _("Throw away"),
        _("Keep it"),
    )
    return blocks.button(_("Throw away"), ids.FILE_DROP, str(draft_id), confirm=question)


def _plain(said: str) -> dict[str, Any]:
    return {"text": said, "blocks": [blocks.section(said)]}


def _part(part: str, /, **values: object) -> str:
    return prose_part("dropped_files.j2", part, **values)
