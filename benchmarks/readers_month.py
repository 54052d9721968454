"""Forty posts for readers not told whose they are: a team's channel for a month, and a newest-first bot's.

    python -m benchmarks.readers_month --out DIR

The sample company lives through a month in a playground (`benchmarks.readers_life`): conversations are
written up, some in haste and some twice, scores come in, colleagues react and do what they said they would.
Ours are the posts that the product itself decides to make in one team's channel. The baseline has the same
write-ups and scores, keeps to what customers agreed to as well, and each morning posts the newest three
that it has not posted before, as they came in.

Written are posts.md, in which nothing says whose a post is, key.json, which does, instructions.md and
roles.md for five readers. What they would keep is read by people: this only makes what they read.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from html import unescape
from pathlib import Path

from benchmarks.readers_company import LONDON, Month, Post, days, moment
from benchmarks.readers_life import lived
from benchmarks.reporting import say
from bot.messages.aloud import aloud
from demo.company.records import Customer, Interview, NpsAnswer
from stories.consent import Purpose

SEED = 13
EACH = 20
NEWEST = 3
"""Posts that the newest-first bot makes of a morning at most, one for each write-up or answer."""

POSTED_AT = time(9)
OPENINGS = ("Straight from a customer: one story", "You asked for this channel")
"""What ours begin with: it says nothing of what is in them, and would say whose they are."""

_MENTION = re.compile(r"<[@#]([A-Z0-9]+)(?:\|[^>]*)?>")
_MARKS = re.compile(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|:[a-z_]+: ?")

INSTRUCTIONS = """\
You work at {company}. {about}

These posts came by themselves in your own team's channel, #{channel} ({topic}).
The team works for home carers, tradespeople and people with a round of customers.
Two bots are on trial there; you are not told which post is whose.

Read as you read a channel between two tasks, as who you are (your role is given to you).
For each numbered post say **keep** or **drop**, with half a sentence why.
Judge by whether you would want your own team's channel to have it.
Take each post by itself, at the moment it came.
Answer with one line a post: `7 keep: …`.
"""
ROLES = """\
# Five readers, one role each

1. **Support lead.** Eight people answer the phone and the chat. You know most complaints, and have no time.
2. **Accountant.** You keep the company's own books, seldom speak with a customer, and like figures.
3. **Engineer.** You build the app on phones. You want to know what to change, and dislike interruptions.
4. **Nurse, now training customers.** You taught on wards, and visit care agencies in their first weeks.
5. **Chief executive.** You founded the firm, read ten channels before breakfast, and mute what wastes it.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A post as readers see it; `telling` tells whether a customer's words are in it."""

    at: datetime
    whose: str
    words: str
    telling: bool = True


def ours(month: Month) -> Iterator[Shown]:
    """What the product posted, as plain text, as it was when it came."""
    for post in month.posts:
        yield Shown(at=post.at, whose="ours", words=plain(post, month.names))


def plain(post: Post, names: Mapping[str, str]) -> str:
    """All that a post says, but for marks, the line it opens with, and its buttons."""
    said = aloud("", post.payload.get("blocks", ())).strip()
    lines = _MENTION.sub(lambda found: names.get(found[1], "somebody"), unescape(said)).splitlines()
    bare = [_MARKS.sub("", line).strip() for line in lines]
    return "\n".join(line for line in bare if line and not line.startswith(OPENINGS))


def newest_first(month: Month) -> Iterator[Shown]:
    """What a bot posts each working morning that has the newest on top and tells nothing twice."""
    customers = {one.key: one for one in month.company.customers}
    posted = set[int]()
    for day in days():
        at = moment(day, POSTED_AT)
        known = [number for number, (came, _what) in enumerate(month.came) if came < at]
        known.sort(key=lambda number: month.came[number][0], reverse=True)
        now = [number for number in known if number not in posted][:NEWEST] if day.weekday() < 5 else []
        posted.update(now)
        for number in now:
            what = month.came[number][1]
            telling = isinstance(what, Interview) or bool(what.comment)
            yield Shown(at=at, whose="baseline", words=raw(what, customers), telling=telling)


def raw(came: Interview | NpsAnswer, customers: Mapping[str, Customer]) -> str:
    """A write-up or an answer as it came in."""
    if isinstance(came, NpsAnswer):
        of_whom = f"{came.score} of 10 · {came.segment} · {came.plan} · {came.region}"
        return f"{of_whom}\n“{came.comment}”" if came.comment else of_whom
    customer = customers[came.customer]
    named = came.consent == Purpose.WITH_NAME
    who = f"{customer.name}, {customer.company}" if named else customer.alias
    quotes = "\n".join(f"“{quote}”" for quote in came.quotes)
    told = f"What they wanted\n{came.trying_to.strip()}\nWhat happened\n{came.happened.strip()}"
    why = f"Why it matters to us\n{came.meaning.strip()}"
    return f"{came.title}\n{who} · {customer.segment}\n{told}\n{quotes}\n{why}"


def mixed(month: Month) -> list[Shown]:
    """Up to EACH of ours, and of the baseline’s what makes it twice that, in the order in which they came.

    Nothing is told by both, as readers would drop what they have just read. Of the baseline as much as there
    is has a customer's words: bare scores fill up the rest, though they are most of what it posts.
    """
    chance = random.Random(SEED)
    told = [*ours(month)]
    drawn = chance.sample(told, min(EACH, len(told)))
    titles = {line for one in drawn for line in one.words.splitlines()}
    others = [one for one in newest_first(month) if one.words.splitlines()[0] not in titles]
    chance.shuffle(others)
    drawn += sorted(others, key=lambda one: not one.telling)[: 2 * EACH - len(drawn)]
    chance.shuffle(drawn)
    return sorted(drawn, key=lambda one: one.at.replace(second=0, microsecond=0))


def write(month: Month, folder: Path) -> None:
    """Write what readers get, and the key that they do not."""
    folder.mkdir(parents=True, exist_ok=True)
    shown, project = mixed(month), month.company.project
    room = next(one for one in month.company.channels if one.name == project.channel)
    instructions = INSTRUCTIONS.format(
        company=month.company.about.name,
        about=month.company.about.about.strip(),
        channel=room.name,
        topic=room.topic.rstrip("."),
    )
    key = {number: one.whose for number, one in enumerate(shown, start=1)}
    (folder / "posts.md").write_text("\n".join(_posts(shown)), "utf-8")
    (folder / "key.json").write_text(json.dumps(key, indent=1) + "\n", "utf-8")
    (folder / "instructions.md").write_text(instructions, "utf-8")
    (folder / "roles.md").write_text(ROLES, "utf-8")


def _posts(shown: Sequence[Shown]) -> Iterator[str]:
    yield "# Forty posts\n"
    for number, one in enumerate(shown, start=1):
        yield f"## {number}. {one.at.astimezone(LONDON):%A %d %B, %H:%M}\n"
        # Two spaces at its end keep a line a line.
        yield "  \n".join(one.words.splitlines()) + "\n"


def main() -> None:
    asking = argparse.ArgumentParser(description=__doc__)
    asking.add_argument("--out", type=Path, required=True, help="the folder for what readers get")
    out = asking.parse_args().out
    logging.getLogger("httpx").setLevel(logging.WARNING)
    month = asyncio.run(lived())
    write(month, out)
    brought = len([*newest_first(month)])
    say(f"{len(month.posts)} posts of ours, {brought} of the baseline: {2 * EACH} of them in {out}")


if __name__ == "__main__":
    main()
