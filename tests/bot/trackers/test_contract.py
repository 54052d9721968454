"""What every tracker has to do: the same suite for GitHub and for one that was written for it in one file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest

from bot.guarded_addresses import Allowed
from bot.guarded_client import GuardedClient, OutgoingFailed
from bot.trackers.known import KNOWN, tracker_of
from bot.trackers.tracker import Call, CommentGone, ItemGone, Line, Place, PutOff, ToMend, Tracker, Unreadable
from stories.errors import UserError
from stories.trackers import What
from tests.bot.trackers.fake_board import FakeBoard
from tests.bot.trackers.fake_github import FakeGitHub
from tests.bot.trackers.server import Answer, Fault, Server, serving

SECRET = "a secret"
LABEL = "customer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A tracker beside a server of its kind, with one item that carries the label."""

    tracker: Tracker
    server: Server
    line: Line
    key: str
    ref: str
    told: Callable[[], Call]
    end: Callable[[], None]
    publish: Callable[[], None]


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    """The second tracker is known for the length of a test: one line."""
    KNOWN["board"] = "tests.bot.trackers.board"
    yield
    del KNOWN["board"]


@asynccontextmanager
async def _github() -> AsyncIterator[dict[str, Any]]:
    fake = FakeGitHub()
    async with serving(fake.server, fake.answer):
        issue = fake.issue(labels=[LABEL])

        def told() -> Call:
            headers, body = fake.about("labeled", issue, SECRET, label={"name": LABEL})
            return Call(headers=headers, body=body)

        yield {
            "server": fake.server,
            "token": fake.token,
            "place": Place(site=fake.server.url, name="acme/app"),
            "key": "7",
            "ref": "acme/app#12",
            "told": told,
            "end": lambda: setattr(issue, "deleted", True),
            "publish": lambda: setattr(fake.app, "private", False),
        }


@asynccontextmanager
async def _board() -> AsyncIterator[dict[str, Any]]:
    fake = FakeBoard()
    async with serving(fake.server, fake.answer):

        def told() -> Call:
            headers, body = fake.call("tag", SECRET)
            return Call(headers=headers, body=body)

        yield {
            "server": fake.server,
            "token": fake.token,
            "place": Place(site=fake.server.url, name="APP"),
            "key": "b1",
            "ref": "APP-12",
            "told": told,
            "end": lambda: setattr(fake, "gone", True),
            "publish": lambda: fake.place.update(hidden=False),
        }


@pytest.fixture(params=[("github", _github), ("board", _board)], ids=["github", "board"])
async def trial(request: pytest.FixtureRequest) -> AsyncIterator[Trial]:
    kind, beginning = request.param
    async with beginning() as known, GuardedClient(Allowed.of([known["server"].place])) as client:
        line = Line(client=client, place=known.pop("place"), token=known.pop("token"))
        yield Trial(tracker=tracker_of(kind), line=line, **known)


async def test_it_knows_who_it_is_and_where(trial: Trial) -> None:
    assert await trial.tracker.account(trial.line)
    readers = await trial.tracker.readers(trial.line)
    assert (readers.name, readers.key, readers.public) == (trial.line.place.name, trial.key, False)
    assert not await trial.tracker.outsiders(trial.line)
    trial.publish()
    assert (await trial.tracker.readers(trial.line)).public


async def test_a_place_is_read_from_what_people_type_and_nonsense_is_refused_beside_the_field(
    trial: Trial,
) -> None:
    place = trial.line.place
    assert trial.tracker.place(f" {place.site}/{place.name} ") == place
    for typed in ("", "nonsense", "://", "https://"):
        with pytest.raises(UserError) as refused:
            trial.tracker.place(typed)
        assert refused.value.field == "place"


def test_what_is_asked_of_people_is_said(trial: Trial) -> None:
    said = trial.tracker.said()
    assert all((said.place, said.example, said.token, said.webhook, trial.tracker.title))
    assert trial.ref.split("#")[0] in trial.tracker.address(trial.line.place, trial.ref)


def test_calls_are_signed_named_and_read(trial: Trial) -> None:
    call, other = trial.told(), trial.told()
    assert trial.tracker.is_signed(call, SECRET)
    assert not trial.tracker.is_signed(call, "another secret")
    assert not trial.tracker.is_signed(Call(headers=call.headers, body=call.body + b" "), SECRET)
    assert not trial.tracker.is_signed(Call(headers={}, body=call.body), SECRET)
    assert trial.tracker.name_of(call) != trial.tracker.name_of(other)
    told = trial.tracker.read(call, trial.key)
    assert told is not None
    assert told.event.item is not None
    assert (told.event.what, told.event.label, told.place) == (What.LABELLED, LABEL, trial.line.place.name)
    assert told.event.item.carries(LABEL)
    assert (told.event.item.ref, told.event.item.public, told.event.item.open) == (trial.ref, False, True)
    assert told.event.item.key
    assert trial.tracker.read(call, "another place") is None


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"repository": {"id": 7}, "board": 3}'])
def test_calls_in_another_shape_are_unreadable_or_no_business_of_ours(trial: Trial, body: bytes) -> None:
    headers = trial.told().headers
    with suppress(Unreadable):
        assert trial.tracker.read(Call(headers=headers, body=body), trial.key) is None


async def test_a_comment_is_made_found_changed_and_deleted(trial: Trial) -> None:
    tracker, line = trial.tracker, trial.line
    number = await tracker.comment(line, trial.ref, "hello\n\n<!-- firsthand:1:abc -->")
    assert (await tracker.comments(line, trial.ref, None))[number].endswith("<!-- firsthand:1:abc -->")
    await tracker.edit_comment(line, trial.ref, number, "other words")
    assert await tracker.comments(line, trial.ref, None) == {number: "other words"}
    await tracker.delete_comment(line, trial.ref, number)
    assert await tracker.comments(line, trial.ref, None) == {}
    with pytest.raises(CommentGone):
        await tracker.delete_comment(line, trial.ref, number)
    with pytest.raises(CommentGone):
        await tracker.edit_comment(line, trial.ref, number, "x")


async def test_an_item_is_looked_at_and_one_that_is_deleted_is_gone(trial: Trial) -> None:
    item = await trial.tracker.item(trial.line, trial.ref)
    assert (item.ref, item.place, item.open) == (trial.ref, trial.line.place.name, True)
    assert item.carries(LABEL.upper())
    trial.end()
    with pytest.raises(ItemGone):
        await trial.tracker.item(trial.line, trial.ref)
    with pytest.raises(ItemGone):
        await trial.tracker.comment(trial.line, trial.ref, "x")


async def test_refusals_say_what_is_to_be_done(trial: Trial) -> None:
    path = r"."
    refused = {"message": "no"}
    for status, headers, raised in (
        (401, {}, ToMend),
        (403, {}, ToMend),
        (429, {"retry-after": "5"}, PutOff),
        (500, {}, OutgoingFailed),
    ):
        trial.server.faults.append(Fault("POST", path, Answer(status=status, headers=headers, body=refused)))
        with pytest.raises(raised):
            await trial.tracker.comment(trial.line, trial.ref, "x")
    assert trial.server.count("POST", ".") == 4, "a comment is asked for once each time"


async def test_a_lost_answer_is_no_answer(trial: Trial) -> None:
    trial.server.faults.append(Fault("POST", ".", lost=True))
    with pytest.raises(OutgoingFailed):
        await trial.tracker.comment(trial.line, trial.ref, "x")
    assert len(await trial.tracker.comments(trial.line, trial.ref, None)) == 1
