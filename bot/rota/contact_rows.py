"""A customer as one row of a table, or one entry of a push, tells of them."""

from __future__ import annotations

from typing import Final

from bot.rota.table_reading import Cells, Names, Unusable
from storage.contacts import NewContact
from stories.forms import LONGEST
from stories.language import _
from stories.rota.hours import Party
from stories.rota.people import LONGEST_PART
from stories.text import says_something

LONGEST_KEY, LONGEST_REACH = 200, 200

NAMES: Final[Names] = {
    "key": ("id", "key", "customer id", "contact id", "crm id"),
    "name": ("name", "full name", "customer", "contact", "contact name"),
    "company": ("company", "account", "organisation", "organization"),
    "segment": ("segment", "kind", "customer type", "kind of customer"),
    "reach": ("reach", "email", "e mail", "email address", "phone", "telephone"),
    "time_zone": ("time zone", "timezone", "zone", "city"),
    "country": ("country", "country code"),
    "languages": ("languages", "language"),
    "part": ("part", "part of the business", "product", "department"),
    "owner": ("owner", "account owner", "owner id"),
    "agreed": ("agreed", "agreed to contact", "consent", "may be contacted", "opt in"),
    "agreed_on": ("agreed on", "consent date", "opt in date"),
    "words": ("words", "consent words", "in their words"),
}
"""The headings that a table of customers may have."""

NEEDED: Final = ("name", "agreed")
ELSEWHERE: Final = Party("UTC")
"""Where a customer is of whom nobody says."""


def contact_of(cells: Cells) -> NewContact:
    """The customer in these cells. Raises Unusable, which names the field, the value and the fix."""
    name = cells.text("name", LONGEST["name"])
    company, reach = cells.text("company", LONGEST["company"]), cells.text("reach", LONGEST_REACH)
    key = cells.text("key", LONGEST_KEY)
    if not says_something(name):
        raise Unusable("name", name, _("write the customer’s name"))
    if not (key or reach or company):
        raise Unusable(
            "key", "", _("give an id, a company, an email or a phone, so that they are known again")
        )
    return NewContact(
        key=key,
        name=name,
        company=company,
        segment=cells.text("segment", LONGEST["segment"]),
        reach=reach,
        party=cells.party(ELSEWHERE),
        languages=cells.languages(("en",)),
        part=cells.text("part", LONGEST_PART),
        owner_id=_slack_id(cells.text("owner", 40)),
        agreed=cells.yes("agreed"),
        words=cells.text("words", LONGEST["consent_words"]),
        agreed_on=cells.day("agreed_on"),
    )


def _slack_id(owner: str) -> str:
    if owner and not (owner[0] in "UW" and owner.isalnum() and owner.isupper()):
        raise Unusable(
            "owner", owner, _("write the colleague’s Slack id, such as U012AB3CD, or leave it empty")
        )
    return owner
