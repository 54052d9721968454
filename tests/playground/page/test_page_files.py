"""Files on the page: brought by a person, shown to whoever may see them."""

from __future__ import annotations

from typing import Any

import httpx

from tests.playground.page.conftest import Page

PNG = b"\x89PNG\r\n\x1a\n"


async def bring(page: Page, name: str, data: bytes, **headers: str) -> httpx.Response:
    return await page.http.post(
        "/page/upload",
        params={"as": "ana", "name": name},
        content=data,
        headers={"content-type": "application/octet-stream", **headers},
    )


async def test_a_file_is_brought_shown_and_saved(page: Page) -> None:
    file: Any = (await bring(page, "<b>cat.png", PNG)).json()
    room = page.room("pilot")
    await page.post("send", channel=room, text="", files=[file["id"]])
    (item,) = (await page.get("messages", channel=room))["items"]
    assert "&lt;b&gt;cat.png" in item["html"]
    assert f'<img src="/page/file?as={page.ws.handles["ana"]}&id={file["id"]}"' in item["html"].replace(
        "&amp;", "&"
    )
    seen = await page.http.get("/page/file", params={"as": "ben", "id": file["id"], "download": "1"})
    assert (seen.content, seen.headers["content-type"]) == (PNG, "image/png")
    assert "attachment" in seen.headers["content-disposition"]


async def test_a_file_full_of_script_runs_nothing_here(page: Page) -> None:
    file = (await bring(page, "page.html", b"<script>alert(1)</script>")).json()
    seen = await page.http.get("/page/file", params={"as": "ana", "id": file["id"]})
    assert seen.headers["content-type"].startswith("text/plain")
    assert seen.headers["content-security-policy"].startswith("sandbox")
    assert seen.headers["x-content-type-options"] == "nosniff"


async def test_files_are_for_those_who_are_where_they_were_shared(page: Page) -> None:
    file = (await bring(page, "plan.txt", b"x")).json()
    await page.post("send", channel=page.room("secret"), text="ours", files=[file["id"]])
    for who, status in (("ana", 200), ("ben", 404), ("nobody", 400)):
        answer = await page.http.get("/page/file", params={"as": who, "id": file["id"]})
        assert answer.status_code == status
    assert "error" in await page.post("send", "ben", channel=page.room("pilot"), text="", files=[file["id"]])


async def test_another_site_cannot_bring_a_file(page: Page) -> None:
    assert (await bring(page, "a.txt", b"x", origin="https://elsewhere.example")).status_code == 400
    as_form = await bring(page, "a.txt", b"x", **{"content-type": "text/plain"})
    assert as_form.status_code == 400
    assert "is empty" in (await bring(page, "a.txt", b"")).json()["error"]
