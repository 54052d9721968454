"""What a workspace settles for everybody, and what follows for a story."""

from __future__ import annotations

from stories.workspace_rules import WorkspaceRules, rules_of


def test_by_default_an_authors_yes_is_enough_and_what_watches_is_on() -> None:
    rules = rules_of({})
    assert not rules.needs_editor("small business")
    assert rules.drift
    assert rules.participation


def test_a_sensitive_kind_of_customer_always_needs_an_editor_however_it_is_written() -> None:
    rules = WorkspaceRules(sensitive=("Hospitals",))
    assert rules.needs_editor("hospitals")
    assert not rules.needs_editor("bakeries")
    assert not rules.needs_editor("")


def test_an_editors_yes_for_all_holds_for_customers_of_no_kind() -> None:
    assert WorkspaceRules(editors_yes=True).needs_editor("")


def test_rules_come_back_as_they_were_stored_and_say_what_changed() -> None:
    rules = WorkspaceRules(editors_yes=True, sensitive=("hospitals",), drift=False, participation=False)
    assert rules_of(rules.as_chosen()) == rules
    assert rules.changed(WorkspaceRules(editors_yes=True)) == ("sensitive", "drift", "participation")
