"""How it is said what came before: of the same customer, or what the last episode left open."""

from __future__ import annotations

from stories.language import _
from stories.series.forms import Form, forms


def met_before() -> tuple[Form, ...]:
    """What the same customer told us the last time."""
    return forms(
        "met_before",
        _("The last time we talked with {who}, on {day}, we heard this:"),
        _("In {month}, {who} had told us:"),
        _("{who} in {month}, in these words:"),
        _("On {day}, this is where {who} stood:"),
        _("We know {who} already. In {month} it was:"),
        _("Back in {month}, from {who}:"),
    )


def wish_left() -> tuple[Form, ...]:
    """What somebody else wanted when the last episode ended."""
    return forms(
        "wish_left",
        _("The last episode asked whether {who} would get to {what}."),
        _("Last time it was about {who}, who wanted to {what}."),
        _("Before this we heard {who}, who wanted to {what}. How far has that come?"),
        _("The last question was for {who}: what came of the wish to {what}?"),
        _("To {what}: that was the wish of {who} when we heard of it last."),
        _("Will {who} get to {what}? So the last episode ended."),
    )


def trouble_left() -> tuple[Form, ...]:
    """What was hard for somebody else when the last episode ended."""
    return forms(
        "trouble_left",
        _("The last episode ended with {who} and this: {what}"),
        _("{what}: so {who} told us last time."),
        _("Last time it was {who} who told us: {what}"),
    )


def promise_left() -> tuple[Form, ...]:
    """What we owed somebody else when the last episode ended."""
    return forms(
        "promise_left",
        _("Last time there was a promise to {who}: {what}"),
        _("The last episode told what we have promised {who}: {what}"),
        _("Before this, it was about a promise to {who}: {what}"),
    )


def question_left() -> tuple[Form, ...]:
    """What the audience wanted to know of somebody else."""
    return forms(
        "question_left",
        _("Last time you wanted to know from {who}: {what}"),
        _("The question of the last episode, for {who}: {what}"),
    )


def we_said() -> tuple[Form, ...]:
    """What we promised the same customer."""
    return forms(
        "we_said",
        _("Our promise then: {what}"),
        _("We went home with a promise to keep: {what}"),
        _("What we said we would do: {what}"),
        _("And we had promised {who} something: {what}"),
    )
