"""The window of themes: what was found and named, each with its most central voices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.reading import fold, in_its_direction
from bot.messages.story import who_line
from bot.search_seeing import Result
from bot.theme_voices import Voice
from bot.themes import ThemeSeen
from storage.themes import PROPOSED, Theme
from stories.language import _
from stories.speaking import quoted
from stories.text import shortened

MOST_SHOWN = 16
"""Themes in one window: with three voices each, more would not fit."""

LONGEST_NAME, LONGEST_SENTENCE = 60, 200
LONGEST_VOICE = 240
VOICES = 12
"""Voices of one theme in its own window."""

NONE = "none"


def window(known: Sequence[ThemeSeen], *, editor: bool) -> Block:
    """All themes; editors name, merge, split and drop them."""
    shown = [one for one in known if editor or one.theme.state != PROPOSED][:MOST_SHOWN]
    body = [block for one in shown for block in _theme(one, known, editor=editor)]
    start = [blocks.section(_part("themes" if shown else "none_editor" if editor else "none"))]
    if editor:
        start.append(blocks.actions(blocks.button(_("Find themes"), ids.THEMES_FIND, style="primary")))
    return blocks.modal(
        _("Themes"), [*start, *body], callback_id=ids.THEMES_VIEW, close=_("Close"), private_metadata="themes"
    )


def naming(theme: Theme) -> Block:
    """The window in which a theme is named."""
    fields = [
        blocks.text_input(
            "theme_name",
            _("What shall it be called?"),
            value=theme.name if theme.state != PROPOSED else "",
            most=LONGEST_NAME,
            placeholder=shortened(theme.name, 100),
        ),
        blocks.text_input(
            "theme_sentence",
            _("What is it about, in one sentence?"),
            value=theme.sentence,
            most=LONGEST_SENTENCE,
            hint=_("New voices are sorted by this sentence, until people have sorted ten themselves."),
        ),
    ]
    return blocks.modal(
        _("Name this theme"),
        fields,
        callback_id=ids.THEME_NAME_VIEW,
        submit=_("Keep it"),
        close=_("Cancel"),
        private_metadata=str(theme.id),
    )


def voices_window(theme: Theme, voices: Sequence[Voice], others: Sequence[Theme]) -> Block:
    """What customers said about a theme; anybody puts right what does not belong there."""
    body = [block for voice in voices[:VOICES] for block in _correctable(theme, voice, others)]
    return blocks.modal(
        shortened(theme.name, 24),
        [blocks.section(_part("voices", name=theme.name, sentence=theme.sentence)), *body],
        callback_id=ids.THEME_VOICES_VIEW,
        close=_("Close"),
        private_metadata=str(theme.id),
    )


def _theme(one: ThemeSeen, known: Sequence[ThemeSeen], *, editor: bool) -> Iterator[Block]:
    theme, value = one.theme, str(one.theme.id)
    yield blocks.divider()
    part = "proposed" if theme.state == PROPOSED else "kept"
    yield blocks.section(
        _part(part, name=in_its_direction(theme.name), sentence=theme.sentence, number=theme.texts)
    )
    if one.voices:
        yield _quotes(one.voices)
    row = [blocks.button(_("Read what was said"), ids.THEME_LOOK, value)]
    if editor:
        row.append(blocks.button(_("Name it") if part == "proposed" else _("Rename"), ids.THEME_NAME, value))
        row.append(blocks.button(_("Split in two"), ids.THEME_SPLIT, value))
        row.append(blocks.button(_("Drop it"), ids.THEME_DROP, value, confirm=_surely()))
        others = [other.theme for other in known if other.theme.id != theme.id][:99]
        row += (
            [_menu(_("Merge into…"), ids.THEME_MERGE, [(o.name, f"{value}:{o.id}") for o in others])]
            if others
            else []
        )
    yield blocks.actions(*row)


def _surely() -> Block:
    return blocks.confirm(
        _("Drop this theme?"),
        _("What customers said stays; only the theme goes."),
        _("Drop it"),
        _("Keep it"),
    )


def _correctable(theme: Theme, voice: Voice, others: Sequence[Theme]) -> Iterator[Block]:
    yield blocks.quote(in_its_direction(fold(voice.words, 600)))
    yield blocks.context(source_of(voice.of))
    value = f"{voice.text_id}:{theme.id}"
    options = [(_("None of these"), f"{value}:{NONE}")]
    options += [(other.name, f"{value}:{other.id}") for other in others if other.id != theme.id][:98]
    yield blocks.actions(
        blocks.button(_("Yes, it is about this"), f"{ids.THEME_CORRECT}:yes", f"{value}:{theme.id}"),
        _menu(_("No, it is about…"), ids.THEME_CORRECT, options),
    )


def _menu(placeholder: str, action_id: str, options: Sequence[tuple[str, str]]) -> Block:
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": blocks.plain(placeholder, 150),
        "options": [blocks.option(shortened(label, 75), value) for label, value in options],
    }


def _quotes(voices: Sequence[Voice]) -> Block:
    said = [quoted(in_its_direction(fold(voice.words, LONGEST_VOICE))) for voice in voices]
    lines = [{"type": "rich_text_section", "elements": [{"type": "text", "text": one}]} for one in said]
    listed = {"type": "rich_text_list", "style": "bullet", "elements": lines}
    return {"type": "rich_text", "elements": [listed]}


def source_of(result: Result) -> str:
    """Whose words these are; escaped."""
    if result.telling is not None:
        return who_line(result.telling)
    if result.comment is not None:
        comment = result.comment
        return _part("comment", score=comment.score, day=day(comment.day), source=comment.source)
    return ""


def _part(part: str, **values: object) -> str:
    return prose_part("themes.j2", part, **values)
