"""What a process keeps of people's words to be quicker."""

from __future__ import annotations

from bot.avatars import asking
from bot.desk import Desk
from bot.memories import KEPT, Memories
from storage import erasing
from storage.holdings import About
from stories import hiding, name_forms, names
from stories.names import NamesOf
from tests.conftest import NOW, WORKSPACE


async def test_words_that_were_kept_at_hand_go_when_an_erasure_begins(desk: Desk) -> None:
    memories, somebody = Memories(), NamesOf(full_name="Nell Prothero", company="")
    await memories.let_erased_go(desk)
    hiding._found("Nell Prothero called.", somebody)
    names.hide_names("Nell Prothero called.", somebody, alias="a night nurse")
    await memories.let_erased_go(desk)
    of_names = (names._needed, names._compared, names._harmless)
    kept = (hiding._found, *of_names, name_forms._compiled, name_forms.person_forms)
    assert all(one.cache_info().currsize for one in kept), "nobody was erased meanwhile"
    async with desk.begin() as session:
        await erasing.begin(session, WORKSPACE, About.RESPONDENT, "a key", needles=(), by="U1", now=NOW)
    await memories.let_erased_go(desk)
    assert not any(one.cache_info().currsize for one in kept)
    assert asking.let_go in KEPT
