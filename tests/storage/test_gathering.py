"""Questions that wait together are asked together, and nobody pays for a neighbour."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from storage.gathering import MOST_TOGETHER, Gathering


class Doubling:
    """Doubles numbers, one batch at a time, and remembers the batches; cannot do the number 13."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []

    async def __call__(self, items: Sequence[int]) -> list[int]:
        self.batches.append(list(items))
        await asyncio.sleep(0)
        if 13 in items:
            raise ArithmeticError("unlucky")
        return [2 * item for item in items]


async def test_what_waits_is_asked_together_and_answered_in_order() -> None:
    work = Doubling()
    gathering: Gathering[int, int] = Gathering(work)
    assert await asyncio.gather(*map(gathering.ask, range(5))) == [0, 2, 4, 6, 8]
    assert work.batches == [[0, 1, 2, 3, 4]]


async def test_a_long_queue_goes_in_parts() -> None:
    work = Doubling()
    gathering: Gathering[int, int] = Gathering(work)
    await asyncio.gather(*(gathering.ask(100 + n) for n in range(MOST_TOGETHER + 1)))
    assert [len(batch) for batch in work.batches] == [MOST_TOGETHER, 1]


async def test_two_with_the_same_key_go_one_after_the_other() -> None:
    work = Doubling()
    gathering: Gathering[int, int] = Gathering(work)
    asked = (gathering.ask(number, key=key) for number, key in ((1, "a"), (2, "a"), (3, "b"), (4, "a")))
    assert await asyncio.gather(*asked) == [2, 4, 6, 8]
    assert work.batches == [[1, 3], [2], [4]]


async def test_one_that_fails_is_told_alone() -> None:
    gathering: Gathering[int, int] = Gathering(Doubling())
    answers = await asyncio.gather(*map(gathering.ask, (1, 13, 3)), return_exceptions=True)
    assert (answers[0], answers[2]) == (2, 6)
    assert isinstance(answers[1], ArithmeticError)
    assert await gathering.ask(4) == 8


async def test_who_gives_up_takes_the_question_back() -> None:
    work = Doubling()
    gathering: Gathering[int, int] = Gathering(work)
    first, second = asyncio.ensure_future(gathering.ask(1)), asyncio.ensure_future(gathering.ask(2, key="x"))
    third = asyncio.ensure_future(gathering.ask(3, key="x"))
    await asyncio.sleep(0)
    third.cancel()
    with pytest.raises(asyncio.CancelledError):
        await third
    assert (await first, await second) == (2, 4)
    await gathering.close()
    assert work.batches == [[1, 2]]


async def test_who_gave_up_is_not_tried_again_when_the_rest_are() -> None:
    work = Doubling()
    gathering: Gathering[int, int] = Gathering(work)
    first, unlucky = asyncio.ensure_future(gathering.ask(1)), asyncio.ensure_future(gathering.ask(13))
    while not work.batches:
        await asyncio.sleep(0)
    unlucky.cancel()
    assert await first == 2
    await gathering.close()
    assert work.batches == [[1, 13], [1]]
