"""A port that somebody else has is said once, in our words."""

from __future__ import annotations

import socket

import pytest
from starlette.applications import Starlette

from bot.front import serving
from bot.settings import StartError


async def test_a_taken_port_is_said_by_us_alone(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(
            StartError, match=f"Port {port} on 127.0.0.1 is taken.*If not, set FIRSTHAND_PORT"
        ):
            async with serving(Starlette(), "127.0.0.1", port, setting="FIRSTHAND_PORT"):
                raise AssertionError("the port is taken")
    assert caplog.records == []
    assert capfd.readouterr().err == ""
