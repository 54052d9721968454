"""Market feeds that a workspace follows: headlines with links, as background, never as anybody's words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from stories.errors import UserError
from stories.folding import fold
from stories.language import _
from stories.links import https_link
from stories.text import one_line, says_something, shortened
from stories.values import dataclass

LONGEST_TITLE, LONGEST_LINK, LONGEST_NAME, LONGEST_TOPIC = 200, 500, 60, 40
MOST_TOPICS, MOST_FEEDS, MOST_AT_ONCE = 8, 30, 200
"""Topics of a feed, feeds of a workspace, and headlines that are taken from a feed at a time."""

KEPT_FOR = timedelta(days=180)
"""How long a headline is kept after it came out."""

EVERY, LONGEST_BREAK = timedelta(hours=3), timedelta(days=1)
"""How often a feed is read while all is well, and the longest it is left alone; breaks double."""

TOLD_AFTER = 3
"""Failures in a row after which whoever added a feed hears of it: a server may be away for an hour."""

_TAG = re.compile(r"<[^<>]{0,2000}>")
_OBEYED = re.compile(r"[\s<>|\"'`\\\x00-\x1f]")
_CAMPAIGN = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a feed says of one of its articles, as it was read: anything may stand in it.

    `published` is in seconds since 1970 (UTC), None where it does not say, or says nonsense.
    """

    id: str = ""
    title: str = ""
    link: str = ""
    published: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article as it is kept: a headline in plain words on one line, an https link, when it came out.

    `key` is the same for the same article however often it is read.
    """

    key: str
    title: str
    link: str
    at: datetime


def articles(entries: Iterable[Entry], now: datetime) -> tuple[Article, ...]:
    """What of a feed is worth keeping, each article once, the newest first.

    Left out is what has no words or no https link, and what is older than `KEPT_FOR`. What claims to come
    from tomorrow came out now.
    """
    found: dict[str, Article] = {}
    for entry in list(entries)[:MOST_AT_ONCE]:
        title, link = title_of(entry.title), link_of(entry.link)
        at = _moment(entry.published, now)
        if title and link and at > now - KEPT_FOR:
            key = hashlib.sha256((entry.id.strip() or link).encode()).hexdigest()
            found.setdefault(key, Article(key=key, title=title, link=link, at=at))
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.key), reverse=True))


def title_of(raw: str) -> str:
    """The words of a title without markup, on one line; "" where there are none."""
    # Twice: many feeds escape what was escaped before.
    plain = _TAG.sub(" ", unescape(_TAG.sub(" ", unescape(raw[: 10 * LONGEST_TITLE]))))
    words = shortened(one_line(plain), LONGEST_TITLE)
    return words if says_something(words) else ""


def link_of(raw: str) -> str:
    """The address of an article, without what only counts its readers; "" for what is no https address."""
    try:
        parts = urlsplit(raw.strip())
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme != "https" or "." not in host.strip(".") or parts.username:
        return ""
    asked = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not pair[0].startswith(_CAMPAIGN)
    ]
    path = quote(parts.path, safe="/%:@!$&()*+,;=~-._")
    link = urlunsplit((parts.scheme, parts.netloc.lower(), path, urlencode(asked), ""))
    return link if len(link) <= LONGEST_LINK and not _OBEYED.search(link) else ""


def address_of(typed: str, *, field: str) -> str:
    """The address of a feed that somebody typed. Raises UserError beside `field` for what is none."""
    link = https_link(typed, field=field)
    if not link:
        raise UserError(_("Give the feed’s address; it begins with https://."), field=field)
    return link


def topics_of(typed: str, *, field: str) -> tuple[str, ...]:
    """Topics as typed, with commas. Raises UserError beside `field` for too many or too long ones."""
    found: dict[str, str] = {}
    for part in typed.split(","):
        words = one_line(part)
        if words:
            found.setdefault(fold(words), words)
    if len(found) > MOST_TOPICS or any(len(one) > LONGEST_TOPIC for one in found.values()):
        said = _("At most {most} topics of at most {longest} characters, with commas between them.")
        raise UserError(said.format(most=MOST_TOPICS, longest=LONGEST_TOPIC), field=field)
    return tuple(found.values())


def again_after(failures: int) -> timedelta:
    """How long a feed is left alone after so many failures in a row (0: all is well)."""
    return min(EVERY * (1 << min(failures, 10)), LONGEST_BREAK) if failures else EVERY


def called(name: str, address: str) -> str:
    """What a feed is called: its own name, else the host it comes from."""
    return shortened(title_of(name), LONGEST_NAME) or str(urlsplit(address).hostname)


def _moment(published: float | None, now: datetime) -> datetime:
    if published is None:
        return now
    try:
        at = datetime.fromtimestamp(published, tz=now.tzinfo)
    except (ValueError, OverflowError, OSError):
        return now
    return min(at, now)
