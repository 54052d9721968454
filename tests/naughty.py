"""Texts that people type, paste and send with bad luck or bad will; and what must not come of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NAUGHTY = (
    "",
    "   \n\t  ",
    "\x00",
    "a\x00b\x01c\x1b[31mred\x1b[0m\x7f\x85\x9f",
    "\u202egnp.exe\u202c and \u2066isolated\u2069",
    "\u200e\u200f\u061c marks that only steer",
    "\ufeffa mark at the beginning",
    "\ud800 half a pair",
    "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324\u031e\u0349\u035a\u032f\u031e\u0320\u034da"
    * 40,
    "مرحبا بالعالم and שלום עולם",
    "👩‍👩‍👧‍👦🏳️‍🌈" * 50,
    "I" * 40_000,
    "word " * 8_000,
    "line\n" * 5_000,
    "{{ 7 * 7 }} {% for x in y %} {# no #} ${HOME} %(name)s %s {name} {0} {",
    "<!channel> <!here> <!everyone> <!subteam^S123|@all> @channel @here @everyone @CHANNEL",
    "<@U0ADMIN> <#C0SECRET> <#C0SECRET|general>",
    "<http://evil.example|https://bank.example> <mailto:a@b.example|write>",
    "<http://evil.example> https://evil.example/?q=<script>",
    "<!date^0^{date}^https://evil.example|never>",
    "*bold* _it_ ~no~ `code` ```block``` > quoted :tada: &amp; &lt;!here&gt; &#60;!here&#62;",
    "</title><script>alert(1)</script><img src=x onerror=alert(1)>",
    "=cmd|' /C calc'!A0",
    "+SUM(1;2)",
    "-2+3",
    "@SUM(A1:A9)",
    "\t=1+1",
    "'; DROP TABLE stories; --",
    '" OR 1=1 MATCH "NEAR(a b',
    "\\u003c!channel\\u003e \\n \\x00",
    "%00%0d%0aSet-Cookie:%20a=b",
    "../../../../etc/passwd",
    "NaN Infinity 1e309 -0 0x10 ٣",
    "\u2028\u2029\u0085\u000b\u000c",
    "\u00ad\u2060\u200b\u200c\u200d\u3164\u115f",
    "ﷺ" * 500,
    "ﬀ ① ｆｕｌｌ ｗｉｄｔｈ ＜！channel＞",
)
"""Control and direction characters, towers of marks, 40,000 characters, templates, mentions, disguised links,
formulas, quotes of databases and paths: of our own writing."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TOLD_APART = re.compile("\u2068([^\u2066-\u2069]*)\u2069")
_MARK = re.compile(r"<([^>]*)>")
_OURS = re.compile(r"@U\d+|#C\d+|!date\^\d+\^\{[^<>^]*\|[^<>]*")
_CALLS = re.compile(r"@(?:channel|here|everyone)\b", re.IGNORECASE)


def wrong_with(payload: dict[str, Any]) -> list[str]:
    """What in a message or view Slack would obey that nobody of ours wrote; empty when all is well.

    In texts that Slack reads marks in, only mentions of people and channels by our made-up ids ("U1", "C1")
    and days are ours. Nowhere may a control or direction character stand.
    """
    wrong = [f"control character in {text[:60]!r}" for text in _strings(payload) if _steers(text)]
    for text in _obeyed(payload):
        wrong += [f"mark {mark!r}" for mark in _MARK.findall(text) if not _OURS.fullmatch(mark)]
        wrong += [f"calls everybody: {text[:60]!r}" for _ in _CALLS.findall(text)]
        wrong += ["an open mark"] if "<" in _MARK.sub("", text) else []
    return wrong


def _steers(text: str) -> bool:
    # Our own templates tell right-to-left writing apart from the line it stands in, always in pairs.
    return bool(_CONTROL.search(_TOLD_APART.sub(r"\1", text)))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list | tuple) else ():
        yield from _strings(inner)


def _obeyed(payload: Any, *, top: bool = True) -> Iterator[str]:
    """Every text in which Slack reads marks: mrkdwn objects, and a message's own text."""
    if isinstance(payload, list):
        for inner in payload:
            yield from _obeyed(inner, top=False)
    if not isinstance(payload, dict):
        return
    if payload.get("type") == "mrkdwn":
        yield payload["text"]
    if top and isinstance(payload.get("text"), str):
        yield payload["text"]
    for inner in payload.values():
        yield from _obeyed(inner, top=False)
