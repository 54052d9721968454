"""What an owner hears before an account renews."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from markupsafe import Markup

from bot import ids
from bot.messages import blocks
from bot.messages.aloud import read_out
from bot.messages.blocks import Block, prose_part
from bot.messages.dates import day
from bot.messages.story import SHORT_QUOTE, capital, said
from stories import speaking
from stories.accounts import Account, Worth
from stories.language import _, ngettext
from stories.nps.counts import Counts, score
from stories.story import Telling
from stories.values import dataclass

WORTH_OF = re.compile("\u2063worth:([0-9]{1,18})\u2063")
"""How `worth_of` marks an amount, between two signs that nobody sees or types; its account is the group."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promised:
    """An open promise; `what` is empty where its reader may not know it."""

    owner_id: str
    what: str
    due_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody of a company that may be the account's."""

    customer_id: int
    company: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What is known of an account as it renews. `more` stories are told than stand here.

    `heard_on` is the day of the latest conversation, None without any; `quiet`: that is long ago. `nps` are
    the answers of a year, None where there are none or too few.
    """

    account: Account
    today: date
    stories: tuple[Telling, ...] = ()
    more: int = 0
    promises: tuple[Promised, ...] = ()
    heard_on: date | None = None
    quiet: bool = False
    nps: Counts | None = None
    asked: tuple[Asked, ...] = ()


def note(known: Renewal) -> dict[str, Any]:
    """The private note: when it renews and what it is worth, what its customers said, what is promised."""
    account = known.account
    renews = day(account.renewal_on) if account.renewal_on else ""
    days = (account.renewal_on - known.today).days if account.renewal_on else 0
    lead = _part("lead", name=account.name, day=renews, when=_in_days(days))
    facts = [_part("worth", worth=worth_of(account.id))] if account.worth else []
    facts += (
        [_part("nps", score=f"{round(score(known.nps) or 0):+d}", number=known.nps.n)] if known.nps else []
    )
    return read_out(
        lead,
        [
            blocks.section("\n".join([lead, *facts])),
            *_stories(known),
            *_promises(known),
            *_quiet(known),
            *(block for one in known.asked for block in _ask(account.id, one)),
            blocks.context(_part("why")),
        ],
    )


def worth_of(account_id: int) -> str:
    """What stands for an amount in a post as it is kept (see `bot.accounts.worth_in_posts`)."""
    return f"\u2063worth:{account_id}\u2063"


def money(worth: Worth) -> str:
    """An amount as people write it."""
    return speaking.money(worth.amount, worth.currency)


def figure(account: Account) -> Block:
    """What a story's account is worth, under the story, for its owner alone."""
    worth = money(account.worth) if account.worth else ""
    return blocks.context(_part("figure", name=account.name, worth=worth))


def said_so(company: str, name: str, *, belongs: bool) -> str:
    """What stands after an owner's word."""
    return _part("theirs" if belongs else "not_theirs", company=company, name=name)


def _stories(known: Renewal) -> list[Block]:
    if not known.stories:
        return [blocks.section(_part("no_stories"))] if not known.quiet else []
    told: list[Block] = [blocks.divider()]
    for telling in known.stories:
        look = blocks.button(_("Read it"), ids.STORY_READ, str(telling.story_id))
        line = _part("story", title=telling.title, who=capital(telling.who), day=day(telling.talked_on))
        told.append(blocks.section(line, accessory=look))
        told += [said(telling.quotes[0], SHORT_QUOTE)] if telling.quotes else []
    more = ngettext("… and one more story", "… and {number} more stories", known.more)
    return [*told, *([blocks.context(more.format(number=known.more))] if known.more else [])]


def _promises(known: Renewal) -> list[Block]:
    lines = [
        _part(
            "promise" if one.what else "promise_kept_back",
            what=one.what,
            person=Markup(f"<@{one.owner_id}>"),  # noqa: S704 an id
            day=day(one.due_on) if one.due_on else "",
        )
        for one in known.promises
    ]
    return [blocks.section("\n".join([_part("promises"), *lines]))] if lines else []


def _quiet(known: Renewal) -> list[Block]:
    if not known.quiet:
        return []
    month = speaking.month(known.heard_on) if known.heard_on else ""
    question = _("How are you doing with us, and what would you change before {name} renews?")
    plan = blocks.button(
        _("Plan a conversation"), ids.TALK_PLAN, question.format(name=known.account.name), style="primary"
    )
    return [blocks.section(_part("quiet", month=month)), blocks.actions(plan)]


def _ask(account_id: int, one: Asked) -> list[Block]:
    value = f"{account_id}:{one.customer_id}"
    yes = blocks.button(_("Yes, ours"), ids.ACCOUNT_THEIRS, value)
    no = blocks.button(_("No"), ids.ACCOUNT_NOT_THEIRS, value)
    return [
        blocks.section(_part("ask", company=one.company)),
        blocks.actions(yes, no, block_id=f"account:{value}"),
    ]


def _in_days(days: int) -> str:
    if days <= 0:
        return _("today")
    return ngettext("tomorrow", "in {number} days", days).format(number=days)


def _part(part: str, **values: object) -> str:
    return prose_part("renewals.j2", part, **values)
