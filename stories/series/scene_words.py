"""How a scene is said: when and with whom, who they are, what they are after, what we wrote down."""

from __future__ import annotations

from stories.interviews import How
from stories.language import _
from stories.series.forms import Form, forms


def first() -> tuple[Form, ...]:
    """A customer who is heard for the first time in this season."""
    return forms(
        "met",
        _("On {day} one of us listened to {who}."),
        _("{month}. We listen to {who}."),
        _("This time the story is that of {who}, heard on {day}."),
        _("Meet {who}. We talked on {day}."),
        _("{day}: one of us is listening to {who}."),
        _("Here is {who}, in a conversation of {month}."),
        _("In {month} it was {who} who had something to tell us."),
        _("Somebody new in this season: {who}, on {day}."),
    )


def again() -> tuple[Form, ...]:
    """A customer who was heard before."""
    return forms(
        "met_again",
        _("On {day} we talked with {who} again."),
        _("{month}, and {who} is back."),
        _("Now it is {month}. {who} has more to tell."),
        _("{who} again, on {day}."),
        _("Another conversation with {who}, on {day}."),
        _("Since then we have listened again: {who}, on {day}."),
    )


def by_how() -> dict[How, tuple[Form, ...]]:
    """The same where it is known how the conversation was held."""
    return {
        How.CALL: forms(
            "called",
            _("On {day} one of us was on the phone with {who}."),
            _("A telephone call on {day}: {who} is on the line."),
            _("{month}. The phone, and {who} on the other end."),
            _("{who} was on the phone with us on {day}."),
        ),
        How.VIDEO: forms(
            "video",
            _("On {day} one of us saw {who} on a video call."),
            _("A video call, {day}: {who} is there."),
            _("{month}, on video: {who}."),
            _("{who} was on video with us on {day}."),
        ),
        How.VISIT: forms(
            "visited",
            _("On {day} one of us visited {who}."),
            _("A visit, on {day}, to {who}."),
            _("{month}. One of us is on a visit to {who}."),
            _("{who} had a visit from us on {day}."),
        ),
        How.EVENT: forms(
            "event",
            _("On {day} one of us met {who} at an event."),
            _("At an event in {month}: {who}."),
            _("{who} was at an event on {day}, and so were we."),
        ),
        How.CHAT: forms(
            "chat",
            _("On {day} {who} wrote to us in a chat."),
            _("A chat, on {day}, with {who}."),
            _("{month}, in a chat: {who}."),
        ),
    }


def noted_as() -> tuple[Form, ...]:
    """Who somebody is, as our notes have it."""
    return forms(
        "noted_as",
        _("In our notes, {who} is {what}."),
        _("Who is that? Our notes say: {what}."),
        _("{who} is in our notes as {what}."),
        _("Our notes have {who} as {what}."),
    )


def of_company() -> tuple[Form, ...]:
    """Where somebody works."""
    return forms(
        "of_company",
        _("{who} is with {what}."),
        _("The company is {what}."),
        _("Where {who} works: {what}."),
    )


def of_segment() -> tuple[Form, ...]:
    """What kind of customer somebody is."""
    return forms(
        "of_segment",
        _("The kind of customer: {what}."),
        _("{who}, one of our {what}."),
        _("{who} belongs to {what}."),
    )


def so_spoke() -> tuple[Form, ...]:
    """Whose words stand before this."""
    return forms(
        "cold",
        _("That is {who}, on {day}."),
        _("{who} said this on {day}."),
        _("The words are from {month}, and they are those of {who}."),
        _("So said {who} when we talked on {day}."),
        _("It is {who} whom we hear, in {month}."),
    )


def after() -> tuple[Form, ...]:
    """What they are trying to do, as we wrote it down."""
    return forms(
        "after",
        _("What {who} is trying to do: {what}"),
        _("This is what it is about: {what}"),
        _("What is wanted here: {what}"),
        _("The aim of it: {what}"),
        _("What {who} would like to get done: {what}"),
    )


def their_wish() -> tuple[Form, ...]:
    """The same in their own words."""
    return forms(
        "their_wish",
        _("What {who} was after: {what}"),
        _("What it is about, in the words of {who}: {what}"),
        _("{who} on what it was for: {what}"),
        _("The aim, as {who} tells it: {what}"),
        _("In the words of {who}, this is what it was about: {what}"),
    )


def in_our_notes() -> tuple[Form, ...]:
    """A sentence of our notes."""
    return forms(
        "notes",
        _("Our notes of that day have it like this: {what}"),
        _("From our notes: {what}"),
        _("In our notes of that day: {what}"),
        _("One line of our notes: {what}"),
        _("Our notes say: {what}"),
    )


def means() -> tuple[Form, ...]:
    """What it means for us, as we wrote it down."""
    return forms(
        "means",
        _("What we hear in it: {what}"),
        _("What is in it for us: {what}"),
        _("What is new to us here: {what}"),
    )


def wrote() -> tuple[Form, ...]:
    """What they wrote in a survey."""
    return forms(
        "wrote",
        _("On {day} {who} answered a survey of ours:"),
        _("{month}: {who} answered a survey, and wrote:"),
        _("{who} wrote this on {day}, in a survey of ours:"),
    )


def then() -> tuple[Form, ...]:
    """What they said in an earlier conversation, which there is news of."""
    return forms(
        "then",
        _("{who} once more. In {month} we heard:"),
        _("There is news for {who}, who told us in {month}:"),
        _("We go back to {day} and to {who}:"),
        _("In {month}, this is how {who} told it:"),
    )
