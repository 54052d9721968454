"""Known holes in dependencies are found, and nothing passes silently when nobody could be asked."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tools.audit import LOCK, audit, pinned

LOCKED = (
    "aiohttp==3.9.0 \\\n    --hash=sha256:00\nzope-interface==6.1 ; python_version > '3'\n# a remark==1\n"
)


def osv(**answers: Any) -> httpx.Client:
    """A service that knows holes of these packages."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked = [query["package"]["name"] for query in json.loads(request.content)["queries"]]
        return httpx.Response(200, json={"results": [answers.get(name, {}) for name in asked]})

    return httpx.Client(transport=httpx.MockTransport(answer))


def away(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no network")


def test_every_locked_package_is_asked_about() -> None:
    assert pinned(LOCKED) == (("aiohttp", "3.9.0"), ("zope-interface", "6.1"))
    assert len(pinned(LOCK.read_text())) > 20


def test_a_known_hole_fails_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit(LOCKED, osv(aiohttp={"vulns": [{"id": "GHSA-1"}]}), offline=True) == 1
    assert "aiohttp 3.9.0: GHSA-1" in capsys.readouterr().out


def test_without_holes_all_is_well() -> None:
    assert audit(LOCKED, osv(), offline=False) == 0


@pytest.mark.parametrize(("offline", "code"), [(True, 0), (False, 1)])
def test_without_network_it_says_so_loudly(
    capsys: pytest.CaptureFixture[str], offline: bool, code: int
) -> None:
    client = httpx.Client(transport=httpx.MockTransport(away))
    assert audit(LOCKED, client, offline=offline) == code
    assert "NOT audited" in capsys.readouterr().out


def test_half_an_answer_is_none() -> None:
    half = httpx.MockTransport(lambda _: httpx.Response(200, json={"results": []}))
    assert audit(LOCKED, httpx.Client(transport=half), offline=False) == 1
