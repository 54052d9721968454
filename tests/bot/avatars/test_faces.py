"""An avatar's picture: brought in its form, served as nothing but a picture, and taken away again."""

from __future__ import annotations

import httpx
import pytest
from starlette.applications import Starlette

from bot import ids
from bot.avatars.face_page import face_routes
from bot.delivery.asking import consent_asked
from bot.settings import Settings
from playground.controlling import PATIENCE_SECONDS
from storage.database import Database
from storage.sending import Claimed
from tests.bot.avatars.conftest import QUOTABLE, House
from tests.bot.avatars.test_why import project_of, set_up
from tests.conftest import NOW
from tests.stories.test_pictures import SECRET, chunk, png

ADDRESS = "https://firsthand.example.com"
PICTURE = png(8, 8, more=chunk(b"tEXt", SECRET))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A copy that can be reached."""
    return settings.model_copy(update={"firsthand_address": ADDRESS})


async def bring(house: House, name: str, data: bytes) -> None:
    """Ben chooses this file in the project's form."""
    ben = house.person("ben")
    await ben.command("/why", channel="pilot")
    await ben.click(await ben.modal(), ids.WHY_PROJECT)
    modal = await ben.modal()
    await modal.fill({"picture": (name, data)})
    await modal.submit()


async def picture_of(house: House, other_than: str | None = None) -> str:
    """The name of the avatar's picture, once it has (another) one."""

    async def look() -> str | None:
        name = (await project_of(house)).face.picture
        return name if name != other_than else None

    return await house.world.control.until(look, "a picture", seconds=PATIENCE_SECONDS)


async def test_a_picture_is_kept_without_what_is_no_picture_and_served_to_whoever_knows_its_name(
    house: House,
) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    await bring(house, "maya.png", PICTURE)
    name = await picture_of(house)
    web = httpx.ASGITransport(app=Starlette(routes=face_routes(house.desk)))
    async with httpx.AsyncClient(transport=web, base_url=ADDRESS) as browser:
        seen = await browser.get(f"/avatars/{name}")
        assert (seen.status_code, seen.content) == (200, png(8, 8))
        assert seen.headers["content-type"] == "image/png"
        assert seen.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in seen.headers["content-security-policy"]
        other = "A" * 32
        for wrong in (f"{other}.png", f"{name}.html", "..%2f..%2fetc%2fpasswd", name[:-1]):
            assert (await browser.get(f"/avatars/{wrong}")).status_code == 404

        await bring(house, "again.png", png(4, 4))
        again = await picture_of(house, name)
        ben = house.person("ben")
        await ben.command("/why", channel="pilot")
        await ben.click(await ben.modal(), ids.WHY_PROJECT)
        await (await ben.modal()).submit({"picture_gone": ["Take the picture away; show the emoji again"]})
        await ben.modal()
        assert (await project_of(house)).face.picture is None
        assert (await browser.get(f"/avatars/{again}")).status_code == 404


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'>" * 9, b"GIF89a" + bytes(60)])
async def test_what_is_no_picture_is_said_in_the_window(house: House, data: bytes) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    await bring(house, "maya.png", data)

    async def look() -> bool:
        seen = await house.person("ben").modal()
        # The project stands: its form once more would set up a second one.
        return "no PNG or JPEG picture" in seen.words() and ids.WHY_PROJECT in seen.actions()

    assert await house.world.control.until(look, "a word on it", seconds=PATIENCE_SECONDS)
    assert (await project_of(house)).face.picture is None


async def test_a_large_file_is_refused_beside_its_field(house: House) -> None:
    await house.story(QUOTABLE)
    await set_up(house)
    await bring(house, "maya.png", png() + bytes(1_000_000))
    assert "1 MB" in (await house.person("ben").errors())["picture"]


@pytest.mark.parametrize("address", [ADDRESS, None])
async def test_a_post_shows_the_picture_from_where_this_copy_is_or_the_emoji(
    house: House, database: Database, address: str | None
) -> None:
    payload = {"text": "x", "icon_emoji": ":bread:", "icon_url": "/avatars/abc.png", "username": "Maya"}
    claimed = Claimed(
        id=1,
        workspace_id="T1",
        channel_id="C1",
        kind="avatar",
        method="chat.postMessage",
        payload=payload,
        thread_ts=None,
        target_ts=None,
        posted_in=None,
        attempt=1,
        sending_at=NOW,
        lease_until=NOW,
        created_at=NOW,
    )
    settings = house.desk.settings.model_copy(update={"firsthand_address": address})
    desk = type(house.desk)(settings, database, house.clock, house.desk.connections)
    async with database.begin() as session:
        said = (await consent_asked(desk)(session, [claimed]))[1]
    shown = {"icon_url": f"{ADDRESS}/avatars/abc.png"} if address else {"icon_emoji": ":bread:"}
    assert said == {"text": "x", "username": "Maya", **shown}
