"""What somebody wants of lessons and hints: in their own settings, and all on until they say otherwise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.preferences import Private, chosen, wants
from stories.hints.hints import Family

HINTS_OFF = "hints_off"
"""Under this key somebody's settings keep the families of hints that they want no more of."""

OFFERS = "offers"
"""Names the offering of lessons among the families of hints."""


def hints_off(settings: Mapping[str, Any]) -> frozenset[str]:
    """The families of hints that somebody turned off."""
    return frozenset(settings.get(HINTS_OFF, ()))


def wanted_by(settings: Mapping[str, Any]) -> frozenset[str]:
    """What somebody wants: families of hints by their names, and OFFERS."""
    hints = {family.value for family in Family} - hints_off(settings)
    return frozenset(hints | ({OFFERS} if wants(settings, Private.LESSONS) else set()))


def with_wanted(settings: Mapping[str, Any], wanted: Collection[str]) -> dict[str, Any]:
    """The settings of somebody who from now on wants these and no others."""
    kinds = {kind.value for kind in Private if wants(settings, kind)} - {Private.LESSONS.value}
    offered = kinds | ({Private.LESSONS.value} if OFFERS in wanted else set())
    off = sorted(family.value for family in Family if family.value not in wanted)
    return {**chosen(settings, offered), HINTS_OFF: off}


def without(settings: Mapping[str, Any], what: str) -> dict[str, Any]:
    """The same without one of them: a family of hints, or OFFERS."""
    return with_wanted(settings, wanted_by(settings) - {what})
