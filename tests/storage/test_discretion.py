"""What goes wrong is logged; whom it was about is not."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import SQLAlchemyError

from storage import interviews
from storage.database import Database
from tests.bot.stories.conftest import BAKER
from tests.conftest import NOW, WORKSPACE


async def test_an_error_does_not_repeat_a_customers_name_or_words(either: Database) -> None:
    async def store() -> None:
        async with either.begin() as session:
            await interviews.store_new(session, WORKSPACE, BAKER, source_key="same", author_id="U1", now=NOW)

    await store()
    with pytest.raises(SQLAlchemyError) as told:
        await store()
    assert not [words for words in (BAKER.name, BAKER.happened, BAKER.quotes[0]) if words in str(told.value)]
