"""A customer: a person somebody here talked with."""

from __future__ import annotations

from dataclasses import replace

from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who a customer is to us.

    `alias` is what they are called where their name is not shared. `segment` is the kind of customer
    they are in this workspace's own words; empty when nobody said. What they and their company were called
    before is kept, since older stories still hold it: it is hidden wherever the present one is.
    """

    id: int
    name: str
    alias: str
    company: str = ""
    segment: str = ""
    former_names: tuple[str, ...] = ()
    former_companies: tuple[str, ...] = ()


def updated(
    known: Customer, *, name: str = "", alias: str = "", company: str = "", segment: str = ""
) -> Customer:
    """The customer with what is newly known; empty leaves a field as it was, and former names are kept."""
    return replace(
        known,
        name=name or known.name,
        alias=alias or known.alias,
        company=company or known.company,
        segment=segment or known.segment,
        former_names=_former(known.former_names, known.name, name),
        former_companies=_former(known.former_companies, known.company, company),
    )


def _former(former: tuple[str, ...], before: str, now: str) -> tuple[str, ...]:
    if not now or now.casefold() == before.casefold():
        return former
    # Who is called as once before still was called otherwise in between.
    return tuple(dict.fromkeys(called for called in (*former, before) if called))
