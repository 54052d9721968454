"""Files: uploaded by the app, shared by people, read with the right token only."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.client import Playground, PlaygroundError
from playground.controlling import plain_http
from playground.files import MOST_BYTES
from playground.setup import Setup
from tests.playground.conftest import BRISK, bolt_in_world, client_of, granting, id_of, refused, without
from tests.playground.small_app import TRANSPORTS, asks, modal

WITH_FILES = granting("files:read", "files:write", events=("file_shared",))
NOTES = b"# Nia\n\nShe left in May.\n"


def with_files(setup: Setup = BRISK) -> Any:
    return Playground.start(setup, manifest=WITH_FILES)


async def fetched(url: str, token: str = "", **options: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    async with plain_http(headers=headers, **options) as http:
        return await http.get(url)


async def test_slacks_own_client_uploads_and_shares_a_file() -> None:
    async with with_files() as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        answer = await slack.files_upload_v2(
            channel=pilot, content=NOTES, filename="nia.md", title="Nia", initial_comment="From May"
        )
        file = answer["file"]
        message = await world.channel("pilot").wait_for("From May")
        assert (message.raw["subtype"], message.raw["files"][0]["id"]) == ("file_share", file["id"])
        assert (file["title"], file["filetype"], file["size"]) == ("Nia", "markdown", len(NOTES))
        assert file["shares"]["public"][pilot][0]["ts"] == message.ts
        assert (await slack.files_info(file=file["id"]))["file"] == file
        assert [f["id"] for f in (await slack.files_list(channel=pilot))["files"]] == [file["id"]]
        assert (await fetched(file["url_private"], world.bot_token)).content == NOTES


@TRANSPORTS
async def test_a_file_dropped_on_the_app_comes_as_a_file_share(transport: str) -> None:
    heard: list[Any] = []

    def wire(app: AsyncApp) -> None:
        async def keep(event: Any) -> None:
            heard.append(event)

        app.event({"type": "message", "subtype": "file_share"})(keep)
        app.event("file_shared")(keep)

    async with bolt_in_world(transport, wire, Setup(manifest=WITH_FILES, tuning=BRISK.tuning)) as world:
        said = await world.person("ana").share_file("Notes of May.md", NOTES, text="Here & there")

        async def both() -> bool:
            return len(heard) >= 2

        await world.until(both, "two events")
        by_type = {event["type"]: event for event in heard}
        event = by_type["message"]
        assert (event["channel_type"], event["subtype"], event["upload"]) == ("im", "file_share", False)
        assert (event["text"], event["ts"]) == ("Here &amp; there", said.ts)
        (file,) = event["files"]
        assert (file["mimetype"], file["mode"], file["ims"]) == ("text/plain", "snippet", [event["channel"]])
        assert by_type["file_shared"]["file_id"] == file["id"]
        answer = await fetched(file["url_private_download"], world.bot_token)
        assert answer.content == NOTES
        assert answer.headers["content-disposition"].startswith("attachment")


async def test_whoever_may_not_read_a_file_is_sent_to_a_page_instead() -> None:
    async with Playground.start(BRISK, manifest=granting("files:write")) as world:
        said = await world.person("ana").share_file("notes.txt", NOTES)
        url = said.raw["files"][0]["url_private_download"]
        for token in ("", "xoxb-not-ours", world.bot_token):
            answer = await fetched(url, token)
            assert (answer.status_code, NOTES in answer.content) == (302, False)
            assert answer.headers["location"].startswith("/?redir=%2Ffiles-pri%2F")
        page = await fetched(url, world.bot_token, follow_redirects=True)
        assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        with refused("missing_scope"):
            await client_of(world).files_info(file=said.raw["files"][0]["id"])


async def test_files_of_conversations_without_the_app_are_not_found() -> None:
    async with with_files() as world:
        said = await world.person("ana").share_file("secret.txt", NOTES, "backstage")
        with refused("file_not_found"):
            await client_of(world).files_info(file=said.raw["files"][0]["id"])
        assert (await fetched(said.raw["files"][0]["url_private"], world.bot_token)).status_code == 302


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"filename": "a.txt", "length": 0}, "missing_argument"),
        ({"filename": "", "length": 5}, "missing_argument"),
        ({"filename": "a.txt", "length": MOST_BYTES + 1}, "file_upload_size_restricted"),
        ({"filename": "a.txt", "length": 5, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
        ({"filename": "a.txt", "length": 1_000_001, "snippet_type": "text"}, "snippet_too_large"),
    ],
)
async def test_an_upload_is_refused_in_slacks_words(arguments: dict[str, Any], word: str) -> None:
    async with with_files() as world:
        with refused(word):
            await client_of(world).files_getUploadURLExternal(**arguments)


async def test_an_upload_is_completed_once_its_bytes_are_there() -> None:
    async with with_files() as world, plain_http() as http:
        slack: AsyncWebClient = client_of(world)
        begun = await slack.files_getUploadURLExternal(filename="../../a.txt", length=5)
        files = [{"id": begun["file_id"], "title": "A"}]
        with refused("file_not_found"):
            await slack.files_completeUploadExternal(files=files)
        assert (await http.post(begun["upload_url"], content=b"too many")).status_code == 400
        assert (await http.post(begun["upload_url"], files={"filename": b"12345"})).text == "OK - 5"
        with refused("not_in_channel"):
            await slack.files_completeUploadExternal(files=files, channel_id=await id_of(world, "general"))
        done = await slack.files_completeUploadExternal(files=files)
        assert (done["files"][0]["name"], done["files"][0]["channels"]) == ("a.txt", [])
        with refused("file_not_found"):
            await slack.files_completeUploadExternal(files=files)
        assert (await http.post(begun["upload_url"], content=b"12345")).status_code == 404


async def test_a_deleted_file_leaves_a_tombstone() -> None:
    async with with_files() as world:
        slack, pilot = client_of(world), await id_of(world, "pilot")
        file = (await slack.files_upload_v2(channel=pilot, content="x", filename="x.txt"))["file"]
        theirs = (await world.person("ana").share_file("y.txt", b"y", "pilot")).raw["files"][0]
        with refused("cant_delete_file"):
            await slack.files_delete(file=theirs["id"])
        await slack.files_delete(file=file["id"])
        with refused("file_deleted"):
            await slack.files_info(file=file["id"])
        shown = (await world.channel("pilot").messages())[0].raw["files"]
        assert shown == [{"id": file["id"], "mode": "tombstone"}]
        assert (await fetched(file["url_private"], world.bot_token)).status_code == 404


async def test_a_person_hears_what_is_wrong_with_a_file() -> None:
    async with Playground.start(BRISK, manifest=without("files:read")) as world:
        ana = world.person("ana")
        with pytest.raises(PlaygroundError, match=r"“empty\.txt” is empty"):
            await ana.share_file("empty.txt", b"")
        with pytest.raises(PlaygroundError, match="request_too_large"):
            await ana.share_file("big.bin", b"x" * (MOST_BYTES + 1))
        with pytest.raises(PlaygroundError, match="no longer there"):
            await ana.do("say", channel="pilot", files=["F404"])


@TRANSPORTS
async def test_a_modals_file_input_brings_file_objects(transport: str) -> None:
    got: list[Any] = []
    pick = asks("notes", {"type": "file_input", "filetypes": ["md", "txt"], "max_files": 1})

    def wire(app: AsyncApp) -> None:
        async def opened(ack: Any, body: Any, client: Any) -> None:
            await ack()
            await client.views_open(trigger_id=body["trigger_id"], view=modal(pick))

        async def told(ack: Any, body: Any) -> None:
            await ack()
            got.extend(body["view"]["state"]["values"]["notes"]["x"]["files"])

        app.command("/try")(opened)
        app.view("tell")(told)

    async with bolt_in_world(transport, wire, Setup(manifest=WITH_FILES, tuning=BRISK.tuning)) as world:
        ana = world.person("ana")
        await ana.command("/try")
        assert (await ana.submit({"notes": ("virus.exe", b"x")}))["errors"] == {
            "notes": "virus.exe can't be added: use .md, .txt."
        }
        assert (await ana.submit({"notes": [("nia.md", NOTES)]}))["ok"]
        assert (got[0]["name"], got[0]["user"]) == ("nia.md", ana.id)
        assert (await fetched(got[0]["url_private_download"], world.bot_token)).content == NOTES
