"""What a workspace may settle for everybody in it, and what follows for a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, field, replace
from typing import Any

from stories.accounts import DAYS_BEFORE
from stories.folding import fold
from stories.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceRules:
    """What holds for everybody in a workspace.

    `editors_yes`: every story needs an editor's yes besides its author's. `sensitive`: kinds of customers
    whose stories always need it. `drift`: the bot may compare what avatars say with what customers said.
    `participation`: it may count who takes part. Both watch, so both can be off for all. `rota`: it may
    match colleagues who joined with customers.
    `renewal_days`: how many days before an account renews its owner hears of it.
    `language`: in which one channels are spoken to that chose none ("de").
    `keep`: for how many days each kind of thing is kept, where that was chosen (`stories.keeping`).
    `recalling`: kinds whose told stories are being taken back, since they became sensitive.
    """

    editors_yes: bool = False
    sensitive: tuple[str, ...] = ()
    drift: bool = True
    participation: bool = True
    rota: bool = True
    renewal_days: int = DAYS_BEFORE
    language: str = "en"
    keep: Mapping[str, int] = field(default_factory=dict)
    recalling: tuple[str, ...] = ()

    def as_chosen(self) -> dict[str, Any]:
        """The rules as they are stored."""
        chosen = asdict(self) | {"sensitive": list(self.sensitive), "recalling": list(self.recalling)}
        seldom = {"keep": self.keep, "recalling": self.recalling}
        return {name: one for name, one in chosen.items() if seldom.get(name, True)}

    def needs_editor(self, segment: str) -> bool:
        """Whether a story of a customer of this kind needs an editor's yes."""
        return self.editors_yes or (bool(segment) and fold(segment) in {fold(one) for one in self.sensitive})

    def newly_sensitive(self, before: WorkspaceRules) -> tuple[str, ...]:
        """The kinds of customers that are sensitive and were not before."""
        known = {fold(one) for one in before.sensitive}
        return tuple(kind for kind in self.sensitive if fold(kind) not in known)

    def recalled_until(self, before: WorkspaceRules) -> WorkspaceRules:
        """The rules with the kinds whose told stories are to be taken back, those left over included."""
        still = {*before.recalling, *self.newly_sensitive(before)} & set(self.sensitive)
        return replace(self, recalling=tuple(sorted(still)))

    def changed(self, before: WorkspaceRules) -> tuple[str, ...]:
        """The names of the rules that differ."""
        now, then = asdict(self), asdict(before)
        return tuple(name for name in now if name != "recalling" and now[name] != then[name])


def rules_of(chosen: Mapping[str, Any]) -> WorkspaceRules:
    """The rules that were stored; what was never chosen is as it is by default."""
    return WorkspaceRules(
        editors_yes=bool(chosen.get("editors_yes", False)),
        sensitive=tuple(chosen.get("sensitive", ())),
        drift=bool(chosen.get("drift", True)),
        participation=bool(chosen.get("participation", True)),
        rota=bool(chosen.get("rota", True)),
        renewal_days=int(chosen.get("renewal_days", DAYS_BEFORE)),
        language=str(chosen.get("language", "en")),
        keep=dict(chosen.get("keep", {})),
        recalling=tuple(chosen.get("recalling", ())),
    )
