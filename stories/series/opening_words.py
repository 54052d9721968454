"""How what is open is said: promises, wishes, troubles, and what will be asked."""

from __future__ import annotations

from stories.language import _
from stories.series.forms import Form, forms


def to_be_asked() -> tuple[Form, ...]:
    """What the audience voted for."""
    return forms(
        "to_be_asked",
        _("What you most want to know from {who}: “{question}” The next conversation will ask it."),
        _("Your question to {who}, with {votes} votes: “{question}” We will ask it next time."),
        _("“{question}” That is what {who} will be asked when we talk next: you voted for it."),
    )


def owed_by() -> tuple[Form, ...]:
    """A promise with its day."""
    return forms(
        "owed_by",
        _("We have promised {who}, by {day}: {what}"),
        _("By {day} we owe {who} this: {what}"),
        _("What we have promised {who} is due on {day}: {what}"),
        _("There is a promise to {who}, due on {day}: {what}"),
    )


def owed() -> tuple[Form, ...]:
    """A promise without one, or past it."""
    return forms(
        "owed",
        _("We have promised {who}: {what}"),
        _("We still owe {who} this: {what}"),
        _("There is an open promise to {who}: {what}"),
        _("What we promised {who} is still open: {what}"),
    )


def will_it() -> tuple[Form, ...]:
    """Will it help them with what they are trying to do?"""
    return forms(
        "will_it",
        _("Will it help {who} {what}?"),
        _("Will that be enough to {what}?"),
        _("Does it help {who} {what}? That is what we want to hear."),
        _("And then: can {who} {what}?"),
    )


def will_it_do() -> tuple[Form, ...]:
    """Will it be enough?"""
    return forms(
        "will_it_do",
        _("Will that change anything for {who}?"),
        _("Will it be done, and will {who} notice?"),
        _("Will it be what {who} was waiting for?"),
        _("And will it be enough?"),
    )


def will_they() -> tuple[Form, ...]:
    """A wish of now."""
    return forms(
        "will_they",
        _("Will {who} get to {what}?"),
        _("What {who} wants is to {what}. Will it work?"),
        _("The wish is to {what}. Has it come true when we talk next?"),
        _("To {what}: will {who} be there the next time we talk?"),
        _("Will it work out for {who}, to {what}?"),
    )


def did_they() -> tuple[Form, ...]:
    """A wish of then."""
    return forms(
        "did_they",
        _("Did {who} get to {what} in the end?"),
        _("The wish was to {what}. How far did {who} get?"),
        _("To {what}: did it work out for {who}?"),
        _("What {who} wanted was to {what}. Did it work?"),
        _("And to {what}, as {who} wanted: has that come true?"),
    )


def still_so() -> tuple[Form, ...]:
    """What is hard."""
    return forms(
        "still_so",
        _("Will that still be so when we talk with {who} again?"),
        _("Is it still like that for {who}?"),
        _("What has become of that by now?"),
        _("How does {who} see it today?"),
        _("And today, is it still so?"),
        _("Would {who} say the same today?"),
    )


def how_far() -> tuple[Form, ...]:
    """What has not come to its end."""
    return forms(
        "how_far",
        _("How far has that come by now?"),
        _("Where does it stand when we talk next?"),
        _("What has become of it since?"),
        _("And how does it go on from there?"),
        _("Is {who} further along with it today?"),
    )
