"""The form for a question that somebody would like to have asked."""

from __future__ import annotations

from bot.messages import blocks
from bot.messages.blocks import Block
from bot.series import ids
from bot.series.publishing import LONGEST_QUESTION
from stories.language import _


def suggest_view(episode_id: int, place: str) -> Block:
    """A question of one's own; `place` is where the episode stands under which it was suggested."""
    hint = _("One that somebody can ask in a conversation: about what happened, not whether they like us.")
    field = blocks.text_input(
        "question", _("What would you like to know of them?"), most=LONGEST_QUESTION, hint=hint
    )
    quiet = _(
        "It stands under the episode for everybody to vote on, without your name; your vote goes to it."
    )
    return blocks.modal(
        _("Suggest a question"),
        [field, blocks.context(quiet)],
        callback_id=ids.SUGGEST_VIEW,
        submit=_("Suggest it"),
        close=_("Cancel"),
        private_metadata=f"{episode_id}:{place}",
    )
