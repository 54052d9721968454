"""A customer: a person somebody here talked with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Customer:
    """Who a customer is to us.

    `alias` is what they are called where their name is not shared. `segment` is the kind of customer
    they are in this workspace's own words; empty when nobody said.
    """

    id: int
    name: str
    alias: str
    company: str = ""
    segment: str = ""
