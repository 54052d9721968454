"""Issues of a project's tracker, and when its avatar comments on one; no tracker's own words are here."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Collection
from enum import StrEnum

from stories.text import one_line, shortened
from stories.values import dataclass

LONGEST_ASKED = 600
"""Letters of an issue's text that are looked at beside its title: what it is about is said first."""

LONGEST_LABEL = 50

_CODE = re.compile(r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`", re.DOTALL)
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]{0,200}>", re.DOTALL)
_ADDRESS = re.compile(r"!?\[([^\]\[]{0,200})\]\([^)\s]{0,500}[^)]{0,200}\)|https?://\S+")
_MARK_BYTES = 16
TRACKERS = "tracker:"
"""How places of the outbox begin that are trackers."""


class What(StrEnum):
    """What a tracker tells of an item, or of the place that it is in."""

    SEEN = "seen"
    LABELLED = "labelled"
    LEFT = "left"
    OPENED_TO_ALL = "opened_to_all"
    GREETING = "greeting"


class Standing(StrEnum):
    """What became of the comment on an item."""

    NONE = "none"
    WAITS = "waits"
    STANDS = "stands"
    GONE = "gone"


class Deed(StrEnum):
    """What is done about an event."""

    NOTHING = "nothing"
    COMMENT = "comment"
    TAKE_BACK = "take_back"
    TAKE_ALL_BACK = "take_all_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedItem:
    """An issue (a pull request, a ticket) as its tracker tells of it; its words are never stored.

    `ref` is how the tracker calls it in full just now, such as "acme/app#12", `key` what it stays known by
    whatever its place is renamed to ("" where nobody asked for it). `public`: anybody in the world reads it.
    `place` is what the place that it is in is called. `locked`: nobody may comment any more.
    """

    ref: str
    place: str
    key: str = ""
    title: str = ""
    body: str = ""
    labels: frozenset[str] = frozenset()
    open: bool = True
    public: bool = False
    locked: bool = False

    def carries(self, label: str) -> bool:
        """Whether it has this label, in any case of letters."""
        return label.casefold() in {one.casefold() for one in self.labels}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened: SEEN to an item in general, LABELLED with `label`, LEFT (moved away, deleted)."""

    what: What
    item: TrackedItem | None = None
    label: str = ""


def place_of(tracker_id: int) -> str:
    """Where a comment goes, as the outbox calls it in place of a channel's id."""
    return f"{TRACKERS}{tracker_id}"


def tracker_in(place: str) -> int | None:
    """The tracker that a place of the outbox is; None for channels and people."""
    number = place.removeprefix(TRACKERS)
    return int(number) if number != place and number.isdigit() else None


def decide(event: Event, label: str, standing: Standing) -> Deed:
    """What to do about an event where items with this label are commented on.

    One comment an item. It goes with the label; put on again, the label asks again. A closed item gets none
    and keeps the one it has. Where all the world reads, nothing may stand.
    """
    item = event.item
    if event.what is What.OPENED_TO_ALL or (item is not None and item.public):
        return Deed.TAKE_ALL_BACK
    if item is None:
        return Deed.NOTHING
    there = standing in {Standing.WAITS, Standing.STANDS}
    if event.what is What.LEFT or not item.carries(label):
        return Deed.TAKE_BACK if there else Deed.NOTHING
    if not item.open or item.locked:
        return Deed.TAKE_BACK if standing is Standing.WAITS else Deed.NOTHING
    asked_again = event.what is What.LABELLED and event.label.casefold() == label.casefold()
    wanted = standing is Standing.NONE or (standing is Standing.GONE and asked_again)
    return Deed.COMMENT if wanted else Deed.NOTHING


def questions_of(item: TrackedItem) -> tuple[str, ...]:
    """What customers are asked about an item: its title, then the title with how its text begins.

    Code, hidden comments, marks and addresses say nothing that a customer would.
    """
    title, body = (
        one_line(_ADDRESS.sub(r"\1", _HIDDEN.sub(" ", _CODE.sub(" ", words)))) for words in _of(item)
    )
    both = f"{title}. {shortened(body, LONGEST_ASKED)}" if body else title
    return tuple(dict.fromkeys(filter(None, (title, both))))


def mark(key: str, number: int) -> str:
    """The hidden line by which our comment is known: which one, and that whoever wrote it knows `key`."""
    return f"<!-- firsthand:{number}:{_proof(key, number)} -->"


def is_marked(text: str, marks: Collection[str]) -> str | None:
    """The first of these marks that stands on a line of its own in a comment; None when none does."""
    lines = {line.strip() for line in text.splitlines()}
    return next((one for one in marks if one in lines), None)


def _of(item: TrackedItem) -> tuple[str, str]:
    # What is looked at is cut first: an issue may be as long as a book, and patterns are slow on books.
    return item.title[: 4 * LONGEST_ASKED], item.body[: 20 * LONGEST_ASKED]


def _proof(key: str, number: int) -> str:
    return hmac.new(key.encode(), f"comment {number}".encode(), hashlib.sha256).hexdigest()[: 2 * _MARK_BYTES]
