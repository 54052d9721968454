"""Who may do what."""

from __future__ import annotations

import pytest

from bot.permissions import Act, Actor, Role, Thing, may

ANA = Actor(user_id="UANA")
EDITOR = Actor(user_id="UED", roles={Role.EDITOR})
PRIVACY = Actor(user_id="UPRIV", roles={Role.PRIVACY})
MANAGER = Actor(user_id="UMAN", roles={Role.MANAGER})
ADMIN = Actor(user_id="UADMIN", roles={Role.ADMIN})
GUEST = Actor(user_id="UANA", roles={Role.ADMIN}, guest=True)
HERS = Thing(owner_id="UANA")


@pytest.mark.parametrize("act", sorted(set(Act) - {Act.SNOOZE_CHANNEL, Act.READ}))
def test_guests_may_nothing_but_read_and_snooze_even_on_what_was_theirs(act: Act) -> None:
    assert not may(GUEST, act, HERS)


@pytest.mark.parametrize("act", [Act.SNOOZE_CHANNEL, Act.READ])
def test_guests_read_what_stands_before_them_and_snooze_it(act: Act) -> None:
    assert may(GUEST, act)


@pytest.mark.parametrize("act", [Act.SUBMIT, Act.SHARE, Act.READ, Act.REACT, Act.REPORT])
def test_every_colleague_writes_up_reads_answers_reports_and_shares(act: Act) -> None:
    assert may(ANA, act)


def test_only_its_author_reads_and_edits_what_is_kept() -> None:
    for act in (Act.READ_OWN, Act.EDIT):
        assert [may(actor, act, HERS) for actor in (ANA, EDITOR, ADMIN)] == [True, False, False]


def test_authors_and_editors_take_a_story_back() -> None:
    stranger = Actor(user_id="UBEN")
    allowed = [may(actor, Act.WITHDRAW, HERS) for actor in (ANA, EDITOR, ADMIN, stranger)]
    assert allowed == [True, True, True, False]


def test_editors_settle_reports_and_let_guests_read_along() -> None:
    for act in (Act.SETTLE_REPORT, Act.READ_REPORTS, Act.ALLOW_GUESTS):
        assert [may(actor, act) for actor in (ANA, EDITOR, ADMIN)] == [False, True, True]


def test_a_channel_is_tuned_by_its_managers_and_by_anybody_while_it_has_none() -> None:
    assert may(ANA, Act.TUNE_CHANNEL)
    managed = Thing(managers=("UBEN",))
    assert [may(actor, Act.TUNE_CHANNEL, managed) for actor in (ANA, EDITOR, ADMIN)] == [False, False, True]
    assert may(Actor(user_id="UBEN"), Act.TUNE_CHANNEL, managed)


@pytest.mark.parametrize("act", [Act.NAME_PEOPLE, Act.SET_WORKSPACE])
def test_only_admins_name_people_and_settle_what_holds_for_all(act: Act) -> None:
    everybody = (ANA, EDITOR, PRIVACY, MANAGER, ADMIN)
    assert [may(actor, act) for actor in everybody] == [False, False, False, False, True]


@pytest.mark.parametrize("act", [Act.READ_AUDIT, Act.ERASE, Act.EXPORT])
def test_privacy_reads_the_log_erases_and_exports(act: Act) -> None:
    everybody = (ANA, EDITOR, PRIVACY, MANAGER, ADMIN)
    assert [may(actor, act) for actor in everybody] == [False, False, True, False, True]


def test_managers_see_their_part_and_nothing_else_of_an_editors() -> None:
    assert [may(actor, Act.READ_PART) for actor in (ANA, EDITOR, PRIVACY, MANAGER)] == [
        False,
        False,
        False,
        True,
    ]
    assert not any(may(MANAGER, act) for act in (Act.SETTLE_REPORT, Act.APPROVE, Act.READ_OWN, Act.EDIT))


def test_authors_and_editors_label_a_story() -> None:
    stranger = Actor(user_id="UBEN")
    assert [may(actor, Act.LABEL, HERS) for actor in (ANA, EDITOR, stranger)] == [True, True, False]
