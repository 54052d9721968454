"""Keys that open nothing of what is secret are seen by one small statement, on both databases."""

from __future__ import annotations

from storage import customers
from storage.database import Database
from storage.encryption import Keyring, new_key
from storage.secrets_held import closed
from tests.conftest import NOW, WORKSPACE


async def test_a_secret_under_another_key_is_named_by_its_column(either: Database, keyring: Keyring) -> None:
    async with either.begin() as session:
        assert await closed(session, keyring) == ()
        for name, contact in (("Nia", "nia@example.com"), ("Ivo", "")):
            await customers.create(
                session,
                WORKSPACE,
                name=name,
                alias="",
                company="",
                segment="",
                created_by="U1",
                now=NOW,
                contact=contact,
            )
    async with either.read() as session:
        assert await closed(session, keyring) == ()
        assert "customers.contact" in await closed(session, Keyring([new_key()]))
