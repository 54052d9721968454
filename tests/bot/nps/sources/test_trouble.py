"""What goes wrong with a survey tool is waited out, said in words, and gone on from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.guarded_addresses import Allowed
from bot.guarded_client import GuardedClient
from bot.nps.sources.pulling import CLAIMED_FOR, EVERY, Puller
from bot.nps.sources.tools import checked, tool_of
from stories.errors import UserError
from tests.bot.nps.sources.conftest import Bench
from tests.bot.nps.sources.server import Answers, Asked
from tests.bot.nps.sources.test_tools import TypeformServer, typeform_row
from tests.conftest import NOW, WORKSPACE

ROWS = [typeform_row(number, 9) for number in range(30)]


def faulty(*faults: Answers) -> Callable[[Asked], Answers]:
    """The first answers are these, then all is well."""
    left, well = list(faults), TypeformServer(ROWS)
    return lambda asked: left.pop(0) if left else well(asked)


async def test_a_tool_that_wants_less_is_given_the_time_it_asks_for(bench: Bench) -> None:
    handler = faulty(Answers(status=429, headers={"retry-after": "7"}, body={}), Answers(status=503, body={}))
    async with bench.tool("typeform", handler, form="abc") as tool:
        assert (await tool.pull()).taken.new == 30
        assert 7.0 in tool.rested
        source = await tool.source()
        assert (source.trouble, source.failures, source.succeeded_at) == ("", 0, NOW)
        assert source.due_at == NOW + EVERY


async def test_a_long_wait_is_another_pulls(bench: Bench) -> None:
    handler = faulty(Answers(status=429, headers={"retry-after": "3600"}, body={}))
    async with bench.tool("typeform", handler, form="abc") as tool:
        assert "asked less often" in (await tool.pull()).trouble
        assert (await tool.source()).due_at == NOW + timedelta(hours=1)


async def test_trouble_of_the_tools_own_is_tried_again_later_and_later(bench: Bench) -> None:
    def broken(_asked: Asked) -> Answers:
        return Answers(status=500, body={})

    async with bench.tool("typeform", broken, form="abc") as tool:
        pauses = []
        for _attempt in range(3):
            assert "trouble of its own (500)" in (await tool.pull()).trouble
            due = (await tool.source()).due_at
            assert due is not None
            pauses.append(due - NOW)
        assert pauses == [EVERY, 2 * EVERY, 4 * EVERY]
        assert (await tool.source()).failures == 3


async def test_a_wrong_key_stops_pulling_until_somebody_mends_it(bench: Bench) -> None:
    def refusing(_asked: Asked) -> Answers:
        return Answers(status=401, body={})

    async with bench.tool("typeform", refusing, form="abc") as tool:
        assert "refuses the key (401)" in (await tool.pull()).trouble
        assert (await tool.source()).due_at is None
        assert len(tool.server.asked) == 1


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answers(body=b"<html>"), "no JSON"),
        (Answers(body={"items": "none"}), "no list “items”"),
        (Answers(body={"items": [{"token": "x", "submitted_at": "soon", "answers": []}]}), "no time"),
        (Answers(status=404, body={}), "check the source’s settings"),
        (Answers(status=302, headers={"location": "https://example.com"}, body={}), "must not go"),
        (Answers(body={}, dropped=True), "broke off"),
    ],
)
async def test_nonsense_is_said_in_words(bench: Bench, answer: Answers, words: str) -> None:
    async with bench.tool("typeform", lambda _asked: answer, form="abc") as tool:
        assert words in (await tool.pull()).trouble
        assert words in (await tool.source()).trouble


async def test_a_pull_that_was_cut_off_goes_on_where_it_was(bench: Bench) -> None:
    well = TypeformServer([typeform_row(number, 9) for number in range(2100)])
    broken = [False]

    def handler(asked: Asked) -> Answers:
        return Answers(status=500, body={}) if broken[0] and "before" in asked.query else well(asked)

    async with bench.tool("typeform", handler, form="abc") as tool:
        broken[0] = True
        first = await tool.pull()
        assert (first.taken.new, first.pages) == (1000, 1)
        broken[0] = False
        assert "before" in (await tool.source()).cursor
        second = await tool.pull()
        assert (second.taken.new, second.taken.same) == (1100, 0)


async def test_a_long_pull_keeps_others_away_to_its_end(bench: Bench) -> None:
    due: list[object] = []

    async def rest(_seconds: float) -> None:
        due.append((await tool.source()).due_at)

    rows = [typeform_row(number, 9) for number in range(1001)]
    async with (
        bench.tool("typeform", TypeformServer(rows), form="abc") as tool,
        GuardedClient(Allowed.of([tool.server.place])) as client,
    ):
        await Puller(tool.database, WORKSPACE, client, tool.clock, rest=rest).pull(await tool.source())
        assert due == [NOW + CLAIMED_FOR]
        assert (await tool.source()).due_at == NOW + EVERY


async def test_a_page_that_never_ends_is_noticed(bench: Bench) -> None:
    body = {"items": [typeform_row(1, 9)] * 1000}
    async with bench.tool("typeform", lambda _asked: Answers(body=body), form="abc") as tool:
        assert "again and again" in (await tool.pull()).trouble


async def test_only_what_is_due_is_pulled_and_by_one_process(bench: Bench) -> None:
    async with (
        bench.tool("typeform", TypeformServer(ROWS), form="abc") as tool,
        GuardedClient(Allowed.of([tool.server.place])) as client,
    ):
        puller = Puller(tool.database, WORKSPACE, client, tool.clock)
        assert await puller.pull_due() == 1
        assert await puller.pull_due() == 0
        tool.clock.advance(EVERY)
        assert await puller.pull_due() == 1


def test_settings_of_a_tool_are_checked() -> None:
    typeform = tool_of("typeform")
    with pytest.raises(UserError, match="also needs: form"):
        checked(typeform, {})
    with pytest.raises(UserError, match="no setting “shape”"):
        checked(typeform, {"form": "abc", "shape": "round"})
    with pytest.raises(UserError, match="formbricks, hubspot, retently, surveymonkey, typeform"):
        tool_of("carrier pigeon")
