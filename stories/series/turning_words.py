"""How a turn is said: promises, scores, trends, answers, words of others."""

from __future__ import annotations

from stories.language import _
from stories.series.forms import Form, forms


def kept() -> tuple[Form, ...]:
    """A promise that was kept."""
    return forms(
        "kept",
        _("We had promised {who}: {what} It was done on {day}."),
        _("A promise to {who}: {what} Since {day} it is done."),
        _("On {day}, what we had promised {who} was done: {what}"),
        _("What we owed {who}: {what} Done, on {day}."),
    )


def came_of_it() -> tuple[Form, ...]:
    """What changed by it."""
    return forms(
        "came_of_it",
        _("What changed: {what}"),
        _("What came of it: {what}"),
        _("Since then: {what}"),
        _("And so: {what}"),
    )


def let_go() -> tuple[Form, ...]:
    """A promise that was let go."""
    return forms(
        "let_go",
        _("We had promised {who}: {what} On {day} we let that go."),
        _("A promise that we let go on {day}: {what}"),
        _("Something we owed {who}, and let go on {day}: {what}"),
    )


def why_not() -> tuple[Form, ...]:
    """Why it was."""
    return forms("why_not", _("Why: {what}"), _("What was said then: {what}"), _("The reason given: {what}"))


def overdue() -> tuple[Form, ...]:
    """A promise whose day has passed."""
    return forms(
        "overdue",
        _("We had promised {who}, by {day}: {what} The day has passed, and it is still open."),
        _("{day} has passed. What we had promised {who} for that day is still open: {what}"),
        _("Still open, though its day was {day}: {what}"),
    )


def rose() -> tuple[Form, ...]:
    """A score that went up."""
    return forms(
        "rose",
        _("Would {who} recommend us? In {then} it was {before} out of 10, in {now} {after}."),
        _("From {before} in {then} up to {after} in {now}: how much {who} would recommend us, out of 10."),
        _("{who} gave us {before} out of 10 in {then}, and {after} in {now}."),
    )


def fell() -> tuple[Form, ...]:
    """A score that went down."""
    return forms(
        "fell",
        _("Would {who} recommend us? In {then} it was {before} out of 10, in {now} only {after}."),
        _("From {before} in {then} down to {after} in {now}: how much {who} would recommend us, out of 10."),
        _("{who} gave us {before} out of 10 in {then}, and {after} in {now}."),
    )


def stayed() -> tuple[Form, ...]:
    """A score that stayed."""
    return forms(
        "stayed",
        _("{before} out of 10 in {then}, {after} in {now}: {who} would recommend us as much as before."),
        _("Would {who} recommend us? {before} out of 10 in {then}, and {after} in {now}."),
    )


def more_say() -> tuple[Form, ...]:
    """A theme that comes up more."""
    return forms(
        "more_say",
        _("Among {segment}, {after} spoke of {theme} in the last {days} days; before that, {before}."),
        _("{theme} comes up more among {segment}: {before} spoke of it in {days} days, then {after}."),
        _("From {before} to {after} in {days} days: that many among {segment} speak of {theme}."),
    )


def fewer_say() -> tuple[Form, ...]:
    """A theme that comes up less."""
    return forms(
        "fewer_say",
        _("Among {segment}, {after} spoke of {theme} in the last {days} days; before that, {before}."),
        _("{theme} comes up less among {segment}: {before} spoke of it in {days} days, then {after}."),
    )


def nps_up() -> tuple[Form, ...]:
    """NPS that went up, or stayed."""
    return forms(
        "nps_up",
        _("Among {segment}, NPS is {after} for the last {days} days; before that it was {before}."),
        _("NPS among {segment}: {before} in {days} days, then {after} in {days}."),
    )


def nps_down() -> tuple[Form, ...]:
    """NPS that went down."""
    return forms(
        "nps_down",
        _("Among {segment}, NPS is {after} for the last {days} days; before that it was {before}."),
        _("NPS among {segment} went from {before} in {days} days to {after} in the {days} since."),
    )


def you_asked() -> tuple[Form, ...]:
    """That what the audience wanted to know was asked."""
    return forms(
        "you_asked",
        _("You wanted to know from {who}: “{question}” This conversation asked it."),
        _("The question with {votes} of your votes was: “{question}” It was asked."),
        _("“{question}” was what you wanted to know. {who} was asked."),
    )


def the_same_word() -> tuple[Form, ...]:
    """What leads to somebody else who says the same word."""
    return forms(
        "echo",
        _("“{word}” is a word we know. {who}, in {month}:"),
        _("We have heard “{word}” before, from {who}, in {month}:"),
        _("“{word}” is what {who} said, too, in {month}:"),
        _("Another voice on “{word}”: {who}, in {month}:"),
        _("“{word}” came from {who} as well, in {month}:"),
    )


def headline() -> tuple[Form, ...]:
    """A headline of the market's, as background."""
    return forms(
        "headline",
        _("In the news on {day}: {words} ({source})"),
        _("What the market talks about, on {day}: {words} ({source})"),
        _("Around it, in {source} of {day}: {words}"),
        _("{source} has this on {day}: {words}"),
    )
