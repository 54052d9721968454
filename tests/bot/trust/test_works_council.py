"""The page for the works council says all that is kept about employees, and nothing that is not there."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Table

from bot.messages.workspace_settings import workspace_modal
from bot.permissions import PRIVILEGED, Act, Role
from storage.schema import metadata
from stories.workspace_rules import WorkspaceRules
from tests.bot.stories.conftest import ROOT

PAGE = (ROOT / "docs" / "works-council.md").read_text()
NAMED = set(re.findall(r"`([a-z_]+)`", PAGE)) & {*metadata.tables, *re.findall(r"`([a-z]+_[a-z_]+)`", PAGE)}
NAMES_EMPLOYEES = re.compile(r"(?:^|_)(?:author_id|user_id|owner_id|actor_id|reporter_id|reader_id|by)$")

CUSTOMERS = {
    "customers": "about customers; who wrote one down first is who wrote the conversation up",
    "slack_bots": "the bot's own user",
}
"""Tables with a column of that name that are about somebody else, and why."""


def names_employees(table: Table) -> bool:
    return any(NAMES_EMPLOYEES.search(column.name) for column in table.c)


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_table_that_names_employees_is_on_the_page(table: Table) -> None:
    assert not names_employees(table) or table.name in NAMED | CUSTOMERS.keys(), (
        f"say in docs/works-council.md what {table.name} keeps, why, who sees it and how long"
    )


def test_nothing_is_on_the_page_that_is_not_there() -> None:
    assert NAMED - set(metadata.tables) == set()
    assert len(NAMED) > 20


def test_each_thing_that_watches_has_an_off_where_the_page_says() -> None:
    offered = str(workspace_modal(WorkspaceRules(drift=False, participation=False, rota=False), ()))
    assert "'drift'" in offered
    assert "'participation'" in offered
    assert "initial_options" not in offered
    assert "/firsthand workspace" in PAGE


def test_the_page_promises_of_roles_what_the_code_holds() -> None:
    assert {role.value for role in Role} == {"admin", "editor", "privacy", "manager"}
    assert Act.READ_OWN not in PRIVILEGED, "nobody but its author reads what is kept"
