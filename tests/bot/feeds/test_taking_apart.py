"""Feeds are taken apart by a process without our settings, which may break as it likes."""

from __future__ import annotations

import pytest

from bot.feeds.taking_apart import NoFeed, take_apart

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Clinic News</title>
<item><title>A &lt;b&gt;new&lt;/b&gt; form</title><link>https://news.example/form</link>
<guid>g1</guid><pubDate>Mon, 16 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tech</title><entry><id>urn:1</id>
<title>Hello</title><link href="https://tech.example/1"/><updated>2026-11-15T10:00:00Z</updated></entry></feed>"""


async def test_rss_and_atom_are_read() -> None:
    rss, atom = await take_apart(RSS.encode()), await take_apart(ATOM.encode())
    assert (rss.title, rss.entries[0].link) == ("Clinic News", "https://news.example/form")
    assert rss.entries[0].published == 1794816000
    assert (atom.entries[0].id, atom.entries[0].title) == ("urn:1", "Hello")


BOMB = "".join('<!ENTITY a{} "{}">'.format(n, f"&a{n - 1};" * 50) for n in range(1, 9))
HOSTILE = {
    "a page": b"<!doctype html><html><body>Hello</body></html>",
    "nothing": b"",
    "noise": bytes(range(256)) * 40,
    "a bomb": f'<!DOCTYPE x [<!ENTITY a0 "ha">{BOMB}]><rss version="2.0"><title>&a8;</title></rss>'.encode(),
    "our files": (
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>T</title>'
        b"<item><title>&e;</title><link>https://a.example/1</link></item></channel></rss>"
    ),
}


async def test_what_is_no_feed_or_meant_to_harm_tells_nothing() -> None:
    for name, body in HOSTILE.items():
        try:
            apart = await take_apart(body)
        except NoFeed:
            continue
        assert name in ("a bomb", "our files")
        assert "root:" not in str(apart)
        assert len(str(apart)) < 10_000


async def test_one_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(NoFeed, match="too long"):
        await take_apart(RSS.encode(), seconds=0.0)
