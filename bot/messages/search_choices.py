"""What the menus of a search offer, in words."""

from __future__ import annotations

from stories.consent import Purpose
from stories.language import _
from stories.search.texts import Kind


def kinds() -> list[tuple[str, str]]:
    """What kinds of texts there are, as label and value."""
    return [
        (_("Stories"), Kind.STORY.value),
        (_("Customers’ own words"), Kind.QUOTE.value),
        (_("Comments to NPS"), Kind.COMMENT.value),
        (_("My write-ups"), Kind.INTERVIEW.value),
    ]


def times() -> list[tuple[str, str]]:
    """How long ago it may have been said."""
    return [(_("Last month"), "month"), (_("Last three months"), "quarter"), (_("Last year"), "year")]


def consents() -> list[tuple[str, str]]:
    """What the customer may have agreed to."""
    return [
        (_("Told with their name"), Purpose.WITH_NAME.value),
        (_("Told without their name"), Purpose.WITHOUT_NAME.value),
        (_("An avatar may quote them"), Purpose.QUOTED_BY_AVATAR.value),
        (_("We may contact them again"), Purpose.CONTACTED_AGAIN.value),
    ]
