"""Every secret is written anew under a newer key, on both databases, and then the older one opens nothing."""

from __future__ import annotations

import pytest
from cryptography.fernet import InvalidToken
from slack_sdk.oauth.installation_store import Installation
from sqlalchemy import select, text

from storage import rekeying
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.installations import InstallationStore
from storage.rekeying import renew
from storage.tables import CustomerRow
from tests.storage.isolation.two_workspaces import OURS, fill

OLD, NEW = new_key(), new_key()
TOKEN = "xoxb-secret-of-the-bot"


async def contact(url: str, keyring: Keyring) -> str | None:
    database = open_database(url, keyring)
    try:
        async with database.read() as session:
            query = select(CustomerRow.contact).where(CustomerRow.id == OURS.ids["customers"][0])
            found = (await session.execute(query)).scalar_one()
            bot = await InstallationStore("1.2", database).async_find_bot(enterprise_id=None, team_id="T1")
    finally:
        await database.close()
    assert bot is not None
    assert bot.bot_token == TOKEN
    return found


async def test_secrets_are_written_anew_once(any_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rekeying, "AT_ONCE", 1)
    database = open_database(any_url, Keyring([OLD]))
    await fill(database)
    kept = Installation(
        app_id="A1",
        team_id="T1",
        user_id="U1",
        bot_token=TOKEN,
        bot_id="B1",
        bot_user_id="U0",
        installed_at=1.0,
    )
    await InstallationStore("1.2", database).async_save(kept)
    await database.close()
    before = await contact(any_url, Keyring([OLD]))

    both = Keyring([NEW, OLD])
    database = open_database(any_url, both)
    told = [one async for one in renew(database, both)]
    assert {one.column for one in told} >= {"customers.contact", "slack_bots.bot_token", "nps_sources.secret"}
    assert all(one.renewed for one in told if not one.column.startswith("slack_"))
    assert sum(one.current + one.lost for one in told) == 0
    again = [one async for one in renew(database, both)]
    assert sum(one.renewed for one in again) == 0
    assert sum(one.current for one in again) == sum(one.renewed for one in told)
    await database.close()

    assert await contact(any_url, Keyring([NEW])) == before
    with pytest.raises(InvalidToken):
        await contact(any_url, Keyring([OLD]))


async def test_what_no_key_reads_is_counted_and_left(database_url: str) -> None:
    database = open_database(database_url, Keyring([OLD]))
    await fill(database)
    await database.close()
    stranger = Keyring([NEW, new_key()])
    database = open_database(database_url, stranger)
    told = [one async for one in renew(database, stranger)]
    assert sum(one.renewed for one in told) == 0
    assert {one.lost for one in told if one.column == "customers.contact"} == {4}
    async with database.read() as session:
        secret = (await session.execute(text("SELECT contact FROM customers LIMIT 1"))).scalar_one()
    assert Keyring([OLD]).decrypt(secret)
    await database.close()
