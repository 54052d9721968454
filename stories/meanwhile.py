"""An edit that was begun before its story was changed elsewhere: what came since, and whose words stand.

What nobody typed over follows the story. Where both were changed the writer's words stay until they choose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Any

from stories.forms import MOST_QUOTES, Form
from stories.marks import mark
from stories.values import dataclass

PLAIN = (
    *("talked_on", "how", "trying_to", "happened", "meaning", "score", "themes", "title"),
    *("promise", "promise_by", "hidden"),
)
QUOTES = "quotes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A field, or one quote, that reads otherwise in the story now; an empty `now` is one that went.

    `pick` names it for `with_standing`.
    """

    field: str
    own: Any
    now: Any
    pick: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanwhile:
    """The form as it goes on; what it `took` from the story, and where what was typed stands `against` it."""

    form: Form
    took: tuple[Change, ...] = ()
    against: tuple[Change, ...] = ()


def marks_of(form: Form) -> tuple[str, ...]:
    """By what an edit knows again how its story read when it was begun; says nothing of the words."""
    tidy = form.tidied()
    plain = (f"{name}:{mark(getattr(tidy, name))}" for name in PLAIN)
    return (*plain, *(f"{QUOTES}:{mark(quote)}" for quote in tidy.quotes))


def catch_up(form: Form, standing: Form) -> Meanwhile:
    """An edit's form beside its story's as it stands; the one that comes back was begun from that."""
    form, standing = form.tidied(), standing.tidied()
    begun = [tuple(one.split(":")) for one in form.begun]
    known = {name: value for name, value in begun if name != QUOTES}
    changes = [one for one in _plain(form, standing) if known.get(one.field) != mark(one.now)]
    took = [one for one in changes if known.get(one.field) == mark(one.own)]
    against = [one for one in changes if one not in took]
    quotes, taken, left = _quotes(form, standing, [value for name, value in begun if name == QUOTES])
    new = replace(form, **{one.field: one.now for one in took}, quotes=quotes, begun=marks_of(standing))
    # Which names are hidden is decided in the preview, and said there.
    return Meanwhile(
        form=new,
        took=tuple(one for one in (*took, *taken) if one.field != "hidden"),
        against=tuple(one for one in (*against, *left) if one.field != "hidden"),
    )


def with_standing(form: Form, standing: Form, picks: Iterable[str]) -> Form:
    """The form with the story's words in place of its own where a `Change.pick` says so."""
    standing = standing.tidied()
    for pick in picks:
        field, *where = pick.split(":")
        if field in PLAIN:
            form = replace(form, **{field: getattr(standing, field)})
        elif field == QUOTES and len(where) == 2:
            form = replace(form, quotes=_with_quote(form.quotes, standing.quotes, *where))
    return form


def _plain(form: Form, standing: Form) -> list[Change]:
    both = [(name, getattr(form, name), getattr(standing, name)) for name in PLAIN]
    return [Change(field=name, own=own, now=now, pick=name) for name, own, now in both if own != now]


def _quotes(
    form: Form, standing: Form, begun: Sequence[str]
) -> tuple[tuple[str, ...], list[Change], list[Change]]:
    """The form's quotes from now on, what they took and what they stand against; one in another's place."""
    own = list(form.quotes)
    same_number = len(own) == len(begun)
    now = [mark(quote) for quote in standing.quotes]
    gone = [at for at, known in enumerate(begun) if known not in now]
    new = [quote for quote, seen in zip(standing.quotes, now, strict=True) if seen not in begun]
    took, against = list[Change](), list[Change]()
    for was, quote in zip_longest(gone, new, fillvalue=None):
        place = next(
            (at for at, text in enumerate(own) if was is not None and mark(text) == begun[was]), None
        )
        if quote in own or (quote is None and place is None):
            continue
        if place is not None:
            took.append(Change(field=QUOTES, own=own[place], now=quote or ""))
            own[place] = quote or ""
        elif was is None and begun and len(own) < MOST_QUOTES:
            took.append(Change(field=QUOTES, own="", now=quote))
            own.append(str(quote))
        else:
            at = was if was is not None and same_number else ""
            typed = own[at] if isinstance(at, int) else ""
            against.append(Change(field=QUOTES, own=typed, now=quote, pick=f"{QUOTES}:{at}:{mark(quote)}"))
    return tuple(quote for quote in own if quote), took, against


def _with_quote(own: tuple[str, ...], standing: tuple[str, ...], place: str, seen: str) -> tuple[str, ...]:
    quote = next((one for one in standing if mark(one) == seen), None)
    if quote is None or quote in own:
        return own
    at = int(place) if place.isdecimal() else len(own)
    return (*own[:at], quote, *own[at + 1 :])
