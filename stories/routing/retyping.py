"""A rule as somebody may type it once more, for the field in which they change it."""

from __future__ import annotations

from stories.errors import UserError
from stories.language import ENGLISH, speaking
from stories.routing.grammar import Known, parse
from stories.routing.rule import Rule
from stories.routing.saying import said


def retyped(rule: Rule, known: Known) -> str:
    """The rule in words that mean it when they are typed: the reader's where those do, else English."""
    own = said(rule)
    try:
        means_it = parse(own, known).rule == rule
    except UserError:
        means_it = False
    if means_it:
        return own
    with speaking(ENGLISH):
        return said(rule)
