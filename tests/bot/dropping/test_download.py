"""Files are fetched from Slack alone, within limits; the token goes nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.dropping.download import NotNow, SharedFile, fetch, is_slacks
from stories.errors import UserError

SLACK = "https://slack.com/api/"


class Host:
    """A web server on loopback that answers as it is told and remembers who asked with which token."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answers: list[web.Response] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        """The next of the answers; the last one again and again."""
        self.asked.append(request.headers.get("Authorization", ""))
        return self.answers.pop(0) if len(self.answers) > 1 else self._copy(self.answers[0])

    def _copy(self, response: web.Response) -> web.Response:
        return web.Response(
            status=response.status,
            body=response.body,
            headers={"Location": response.headers.get("Location", "/")},
            content_type=response.content_type,
        )

    async def fetch(self, *answers: web.Response, name: str = "talk.vtt", most: int = 1000) -> bytes:
        """What is fetched when it answers like this."""
        self.answers = list(answers)
        file = SharedFile(id="F1", name=name, size=5, url=f"{self.url}/files-pri/T-F1/{name}")
        return await fetch(file, token="xoxb-secret", api_url=f"{self.url}/api/", most=most, pause=0)


@pytest.fixture
async def host() -> AsyncIterator[Host]:
    """A server of the test's own."""
    serving = Host()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", serving.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    serving.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield serving
    await runner.cleanup()


@pytest.mark.parametrize(
    ("url", "api", "ours"),
    [
        ("https://files.slack.com/files-pri/T1-F1/download/talk.vtt", SLACK, True),
        ("https://slack.com/x", SLACK, True),
        ("http://files.slack.com/x", SLACK, False),
        ("https://files.slack.com:8443/x", SLACK, False),
        ("https://slack.com.evil.example/x", SLACK, False),
        ("https://evilslack.com/x", SLACK, False),
        ("https://files.slack.com@evil.example/x", SLACK, False),
        ("http://127.0.0.1:8765/files-pri/x", SLACK, False),
        ("http://127.0.0.1:8765/files-pri/x", "http://127.0.0.1:8765/api/", True),
        ("http://127.0.0.1:8766/files-pri/x", "http://127.0.0.1:8765/api/", False),
        ("https://files.slack.com/x", "http://127.0.0.1:8765/api/", False),
    ],
)
def test_only_slacks_own_addresses_are_asked(url: str, api: str, ours: bool) -> None:
    assert is_slacks(url, api) is ours


async def test_the_token_is_sent_to_nobody_else(host: Host) -> None:
    host.answers = [web.Response(body=b"hello")]
    file = SharedFile(id="F1", name="talk.vtt", size=5, url=f"{host.url}/talk.vtt")
    with pytest.raises(UserError, match="isn’t kept in Slack"):
        await fetch(file, token="xoxb-secret", api_url=SLACK, most=1000)
    assert host.asked == []


async def test_the_bytes_come_with_the_token(host: Host) -> None:
    assert await host.fetch(web.Response(body=b"hello")) == b"hello"
    assert host.asked == ["Bearer xoxb-secret"]


async def test_more_bytes_than_announced_are_not_taken(host: Host) -> None:
    with pytest.raises(UserError, match="larger than Slack says"):
        await host.fetch(web.Response(body=b"x" * 200_000))
    assert len(host.asked) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_token_that_may_not_read_is_said_with_its_fix(host: Host, status: int) -> None:
    with pytest.raises(UserError, match="files:read"):
        await host.fetch(web.Response(status=status))


async def test_a_sign_in_page_is_no_transcript_and_no_redirect_is_followed(host: Host) -> None:
    with pytest.raises(UserError, match="files:read"):
        await host.fetch(web.Response(status=302, headers={"Location": f"{host.url}/elsewhere"}))
    with pytest.raises(UserError, match="files:read"):
        await host.fetch(web.Response(text="<html>Sign in</html>", content_type="text/html"))
    assert len(host.asked) == 2


async def test_a_file_that_is_gone_is_not_asked_for_again(host: Host) -> None:
    with pytest.raises(UserError, match="deleted before I could read it"):
        await host.fetch(web.Response(status=404))
    assert len(host.asked) == 1


async def test_trouble_is_waited_out_three_times(host: Host) -> None:
    assert (
        await host.fetch(web.Response(status=500), web.Response(status=502), web.Response(body=b"ok"))
        == b"ok"
    )
    with pytest.raises(NotNow):
        await host.fetch(web.Response(status=503))
    assert len(host.asked) == 6
