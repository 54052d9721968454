"""Names and kinds of customers are the same in small letters and in capitals, also beyond ASCII."""

from __future__ import annotations

import pytest

from storage import customers, offers
from storage.database import Database
from tests.conftest import NOW, WORKSPACE


@pytest.mark.parametrize("typed", ["Österreich Äpfel", "österreich äpfel", "ÖSTERREICH ÄPFEL"])
async def test_a_company_is_the_same_however_its_letters_are_written(database: Database, typed: str) -> None:
    async with database.begin() as session:
        known = await customers.create(
            session, WORKSPACE, name="Ana Berg", alias="", company="Österreich Äpfel", segment="",
            created_by="U1", now=NOW,
        )  # fmt: skip
        found = await customers.named(session, WORKSPACE, "ana berg", typed)
        assert found is not None
        assert found.id == known
        offered = await offers.customers_named(session, WORKSPACE, "Ana Berg", typed, user_id="U1", most=5)
        assert [one.customer.id for one in offered] == [known]
        assert await customers.named(session, WORKSPACE, "Ana Berg", "Österreich") is None
        begun = await offers.customers_like(session, WORKSPACE, "Äpfel", user_id="U1", most=5)
        assert [one.customer.id for one in begun] == [known]
