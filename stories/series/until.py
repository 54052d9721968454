"""When we will hear more: a talk that is arranged, a promise's day, or the day on which we look again."""

from __future__ import annotations

from stories.language import _
from stories.series.episodes import Sentence
from stories.series.forms import Form, forms
from stories.series.sources import Kind, Ref, promise
from stories.series.telling import Plot
from stories.speaking import day


def until(plot: Plot) -> tuple[Sentence, ...]:
    """The sentence about when it goes on."""
    own = [one for one in plot.material.planned if one.customer_id == plot.lead.customer_id]
    for planned in sorted(own, key=lambda one: one.day):
        if planned.day >= plot.today:
            values = {"who": plot.who, "day": day(planned.day)}
            return (plot.choose.say(_arranged(), planned.ref, planned.customer_id, **values),)
    for one in plot.promises():
        if not one.outcome and one.due_on is not None and one.due_on >= plot.today:
            source = promise(one.id, "made")
            return (plot.choose.say(_due(), source, one.customer_id, who=plot.who, day=day(one.due_on)),)
    if plot.next_on is None:
        return (plot.choose.say(_some_day(), Ref(Kind.SEASON, str(plot.season.id)), None, who=plot.who),)
    values = {"who": plot.who, "day": day(plot.next_on)}
    return (plot.choose.say(_look_again(), Ref(Kind.SEASON, str(plot.season.id)), None, **values),)


def _arranged() -> tuple[Form, ...]:
    return forms(
        "arranged",
        _("The next conversation with {who} is on {day}."),
        _("We talk with {who} again on {day}."),
        _("On {day} one of us will talk with {who}. After that, more."),
        _("More after {day}: that is when we talk with {who}."),
    )


def _due() -> tuple[Form, ...]:
    return forms(
        "due",
        _("We will know more after {day}."),
        _("More when that day has come: {day}."),
        _("{day} is the day to come back to."),
        _("Until {day}, then."),
    )


def _look_again() -> tuple[Form, ...]:
    return forms(
        "look_again",
        _("We look again on {day}. No news, no episode."),
        _("On {day} we look whether there is more to tell."),
        _("More from {day} on, if there is more."),
        _("Until {day}, unless there is nothing new by then."),
        _("The next look is on {day}; what is new by then becomes an episode."),
        _("If something new has come in by {day}, we will be back then."),
    )


def _some_day() -> tuple[Form, ...]:
    return forms(
        "some_day",
        _("We will be back as soon as there is something new."),
        _("More as soon as there is more to tell."),
        _("No news, no episode: we will be back when there is something new."),
    )
