"""What the log keeps of an act is read in the language of whoever reads it."""

from __future__ import annotations

from datetime import date

import pytest

from bot.messages.audit_details import detail_said, labels_kept
from bot.messages.labels import Labels
from stories.channels import StopReason
from stories.language import speaking
from stories.routing.rule import Rule, as_kept


@pytest.mark.parametrize(
    ("name", "kept", "english", "german"),
    [
        (
            "rule",
            as_kept(Rule(theme="Billing", weekday=4)),
            "comments and stories about “Billing”, at most 5 every Friday at 09:00",
            "Kommentare und Geschichten über „Billing“, höchstens 5 jeden Freitag um 09:00",
        ),
        ("rule", "stories about “Billing”", "stories about “Billing”", "stories about “Billing”"),
        ("changed", ["drift", "keep"], "how long things are kept", "wie lange etwas aufbewahrt wird"),
        ("allowed", ["counted", "no_avatars"], "scores count", "Bewertungen zählen"),
        ("agreed", [], "nothing", "nichts"),
        ("agreed", ["photo"], "photo", "Foto"),
        ("outcome", "kept_hidden", "kept hidden", "verborgen gelassen"),
        ("name", "Lobby", "Lobby", "Lobby"),
        (
            "labels",
            labels_kept(Labels(account_only=True, team=("U1", "U2"), not_before=date(2026, 12, 1))),
            "account team only (2 people), not before 1 December 2026",
            "nur Kundenteam (2 Personen), nicht vor dem 1. Dezember 2026",
        ),
    ],
)
def test_a_detail_is_said_in_the_readers_language(name: str, kept: object, english: str, german: str) -> None:
    assert english in detail_said(name, kept)
    with speaking("de-DE"):
        assert german in detail_said(name, kept)


def test_no_names_are_kept_of_an_accounts_team() -> None:
    assert "U0ANA" not in str(labels_kept(Labels(account_only=True, team=("U0ANA",))))


@pytest.mark.parametrize("reason", StopReason)
def test_every_reason_to_stop_has_words(reason: StopReason) -> None:
    assert len(detail_said("why", reason.value).split()) > 2
