"""Which language a story is in, for its author to say."""

from __future__ import annotations

from bot import ids
from bot.messages import blocks
from bot.messages.blocks import Block
from stories.language import _
from stories.languages import KNOWN, language_name

ANOTHER = "another"
"""The choice for a language that is not in the list, or for several at once."""


def language_modal(story_id: int, language: str) -> Block:
    """The languages that can be told apart, the one that was found chosen."""
    options = {code: blocks.option(language_name(code), code) for code in sorted(KNOWN, key=language_name)}
    options[ANOTHER] = blocks.option(_("Another one, or several"), ANOTHER)
    element: Block = {
        "type": "static_select",
        "action_id": "language",
        "options": list(options.values()),
        "initial_option": options.get(language, options[ANOTHER]),
    }
    hint = _("Channels choose which languages they hear. I found this one out by the commonest words.")
    return blocks.modal(
        _("Its language"),
        [blocks.input_block("language", _("Which language is this story in?"), element, hint=hint)],
        callback_id=ids.STORY_LANGUAGE_VIEW,
        submit=_("Save"),
        close=_("Cancel"),
        private_metadata=str(story_id),
    )
