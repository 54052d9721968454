"""Details of the audit log in words of whoever reads it: what is kept of an act is in no language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.messages.labels import Labels, labels_said
from bot.messages.workspace_settings import rule_named
from stories import speaking
from stories.channels import StopReason
from stories.language import _
from stories.routing.rule import rule_of
from stories.routing.saying import said as rule_said


def labels_kept(labels: Labels) -> dict[str, Any]:
    """A story's labels as the log keeps them, without names."""
    return {
        "account_only": labels.account_only,
        "not_before": labels.not_before.isoformat() if labels.not_before else None,
        "team": None if labels.team is None else len(labels.team),
    }


def detail_said(name: str, value: object) -> str:
    """A detail in words; one that is kept in words, as those of earlier days are, as it stands."""
    if isinstance(value, Mapping):
        return rule_said(rule_of(value)) if name == "rule" else _labels(value)
    if isinstance(value, list):
        return speaking.listed(_one(name, str(part)) for part in value) or _("nothing")
    return _one(name, str(value))


def _labels(kept: Mapping[str, Any]) -> str:
    day, team = kept.get("not_before"), kept.get("team")
    return labels_said(
        Labels(
            account_only=bool(kept.get("account_only")),
            not_before=date.fromisoformat(day) if day else None,
            team=None if team is None else ("",) * team,
        )
    )


def _one(name: str, value: str) -> str:
    match name:
        case "changed":
            return rule_named(value)
        case "allowed":
            return _allowed().get(value, value)
        case "agreed":
            named = {"followed": _("being followed"), "photo": _("photo"), "voice": _("voice")}
            return named.get(value, value)
        case "outcome":
            return {"put_back": _("put back"), "kept_hidden": _("kept hidden")}.get(value, value)
        case "why":
            return _reasons().get(value, value)
    return value


def _allowed() -> dict[str, str]:
    return {
        "verbatims": _("comments may be shown"),
        "no_verbatims": _("comments are not shown"),
        "avatars": _("avatars may quote them"),
        "no_avatars": _("avatars may not quote them"),
        "counted": _("scores count"),
        "not_counted": _("scores are left out"),
    }


def _reasons() -> dict[str, str]:
    return {
        StopReason.SHARED: _("it is shared with another company"),
        StopReason.ARCHIVED: _("it was archived"),
        StopReason.LEFT: _("Firsthand was taken out of it"),
        StopReason.DELETED: _("it was deleted"),
        StopReason.GUESTS: _("guests read along"),
        StopReason.LARGE: _("it is a very large channel"),
    }
