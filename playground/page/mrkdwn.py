"""Slack's mrkdwn, already escaped by Slack's rules (`&amp; &lt; &gt;`), to HTML that is safe to show.

Everything that is not a mark known here is escaped, so nothing a person or bot typed becomes markup.
Rules: https://docs.slack.dev/messaging/formatting-message-text
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from playground.page.dates import slack_date
from playground.page.emoji import emoji_character
from playground.page.reading import Reading

# Two private-use characters bracket the number of a piece already drawn; typed ones are taken out first.
_OPEN, _SHUT = "\ue000", "\ue001"
_PIECE = re.compile(f"{_OPEN}(\\d+){_SHUT}")
_PRE = re.compile(r"```\n?(.+?)\n?```", re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_CONTROL = re.compile(r"<([^<>\n]+)>")
_EMOJI = re.compile(r":([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")
_STYLE = re.compile(
    r"(?<![\w*_~])(?:"
    r"\*(?P<b>[^\s*](?:[^*\n]*[^\s*])?)\*|_(?P<i>[^\s_](?:[^_\n]*[^\s_])?)_|~(?P<s>[^\s~](?:[^~\n]*[^\s~])?)~"
    r")(?!\w)"
)
_QUOTE = re.compile(r"^(?:&gt;|>) ?")
_LONG_QUOTE = re.compile(r"^(?:&gt;|>){3} ?")
_SAFE_ADDRESS = re.compile(r"^(?:https?://|mailto:|tel:)", re.IGNORECASE)
_TAGS = {"b": Markup("<b>{}</b>"), "i": Markup("<i>{}</i>"), "s": Markup("<s>{}</s>")}
_BROADCASTS = frozenset({"here", "channel", "everyone", "group"})


def unescape(text: str) -> str:
    """Undo Slack's three escapes, and no other entity."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def safe_address(address: str) -> bool:
    """Tell whether an address may become a link: web, mail or telephone, never a script."""
    return _SAFE_ADDRESS.match(address) is not None


def anchor(address: str, label: str | Markup) -> Markup:
    """Return a link that opens apart and tells the other side nothing; the label alone if it is unsafe."""
    if not safe_address(address):
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(address, label)


def user_mention(user_id: str, reading: Reading, label: str = "") -> Markup:
    """Return `@name` for a person, marked when it is the reader."""
    mine = " mention-me" if user_id == reading.viewer_id else ""
    name = reading.user_name(user_id) or label or user_id
    return Markup('<span class="mention{}" data-user="{}">@{}</span>').format(mine, user_id, name)


def channel_mention(channel_id: str, reading: Reading, label: str = "") -> Markup:
    """Return `#name` for a channel, which opens it."""
    name = reading.channel_name(channel_id) or label or channel_id
    shape = Markup('<a href="#{}" class="mention" data-open-channel="{}">#{}</a>')
    return shape.format(channel_id, channel_id, name)


def broadcast_mention(name: str) -> Markup:
    """Return `@here`, `@channel` or `@everyone`."""
    return Markup('<span class="mention mention-me">@{}</span>').format(name)


def _special(body: str, label: str, reading: Reading) -> Markup | None:
    command, _, rest = body.partition("^")
    if command in _BROADCASTS:
        return broadcast_mention(command)
    if command == "subteam":
        name = label.lstrip("@") or reading.usergroup_name(rest) or rest
        return Markup('<span class="mention">@{}</span>').format(name)
    if command == "date" and rest:
        stamp, _, more = rest.partition("^")
        pattern, _, address = more.partition("^")
        shown = slack_date(stamp, pattern, reading) or label
        return anchor(address, shown) if address else Markup("<time>{}</time>").format(shown)
    return None


def _control(body: str, reading: Reading) -> Markup | None:
    target, _, label = body.partition("|")
    target, label = unescape(target), unescape(label)
    if re.fullmatch(r"@[UW][A-Z0-9]+", target):
        return user_mention(target[1:], reading, label)
    if re.fullmatch(r"#C[A-Z0-9]+", target):
        return channel_mention(target[1:], reading, label)
    if target.startswith("!"):
        return _special(target[1:], label, reading)
    return anchor(target, label or target.removeprefix("mailto:")) if safe_address(target) else None


class _Pieces:
    """What is drawn already, kept out of the way of the marks that are looked for next."""

    def __init__(self) -> None:
        self._drawn: list[Markup] = []

    def keep(self, drawn: Markup) -> str:
        self._drawn.append(drawn)
        return f"{_OPEN}{len(self._drawn) - 1}{_SHUT}"

    def put_back(self, text: str) -> Markup:
        out, end = Markup(""), 0
        for piece in _PIECE.finditer(text):
            out += escape(unescape(text[end : piece.start()])) + self._drawn[int(piece[1])]
            end = piece.end()
        return out + escape(unescape(text[end:]))


def _styled(text: str, pieces: _Pieces) -> Markup:
    out, end = Markup(""), 0
    for mark in _STYLE.finditer(text):
        tag = mark.lastgroup or "b"
        inner = _styled(mark[tag], pieces)
        out += pieces.put_back(text[end : mark.start()]) + _TAGS[tag].format(inner)
        end = mark.end()
    return out + pieces.put_back(text[end:])


def emoji_markup(name: str) -> Markup | None:
    """Return an emoji by name, read out by its name; None when it is not known."""
    character = emoji_character(name)
    if character is None:
        return None
    return Markup('<span class="emoji" role="img" aria-label="{}" title=":{}:">{}</span>').format(
        name.partition("::")[0].replace("_", " "), name, character
    )


def _inline(text: str, reading: Reading) -> Markup:
    pieces = _Pieces()

    def keep(drawn: Markup | None, match: re.Match[str]) -> str:
        return match[0] if drawn is None else pieces.keep(drawn)

    text = _CODE.sub(lambda m: pieces.keep(Markup("<code>{}</code>").format(unescape(m[1]))), text)
    text = _CONTROL.sub(lambda m: keep(None if _OPEN in m[1] else _control(m[1], reading), m), text)
    text = _EMOJI.sub(lambda m: keep(emoji_markup(m[1]), m), text)
    return _styled(text, pieces)


def _quotes_and_lines(text: str, reading: Reading) -> Markup:
    out: list[Markup] = []
    lines = text.split("\n")
    plain: list[str] = []
    quote: list[str] = []

    def flush() -> None:
        if plain:
            out.append(Markup("<br>").join(_inline(line, reading) for line in plain))
        if quote:
            lines_in = Markup("<br>").join(_inline(line, reading) for line in quote)
            out.append(Markup("<blockquote>{}</blockquote>").format(lines_in))
        plain.clear()
        quote.clear()

    for number, line in enumerate(lines):
        if _LONG_QUOTE.match(line):
            flush()
            quote.extend([_LONG_QUOTE.sub("", line), *lines[number + 1 :]])
            break
        quoted = _QUOTE.match(line) is not None
        if (quoted and plain) or (not quoted and quote):
            flush()
        (quote if quoted else plain).append(_QUOTE.sub("", line) if quoted else line)
    flush()
    return Markup("").join(out)


def mrkdwn(text: str, reading: Reading) -> Markup:
    """Draw one mrkdwn text: styles, code, quotes, links, mentions, dates and emoji; the rest escaped."""
    text = text.replace(_OPEN, "\ufffd").replace(_SHUT, "\ufffd")
    out, end = Markup(""), 0
    for block in _PRE.finditer(text):
        before = text[end : block.start()].removesuffix("\n")
        out += _quotes_and_lines(before, reading) if before else Markup("")
        out += Markup("<pre>{}</pre>").format(unescape(block[1]))
        end = block.end()
    rest = text[end:].removeprefix("\n") if end else text
    return out + (_quotes_and_lines(rest, reading) if rest else Markup(""))


def plain(text: str, *, emoji: bool = True) -> Markup:
    """Draw plain_text, escaped by Slack's rules too: line breaks, emoji unless switched off; nothing else."""
    out, end = Markup(""), 0
    for name in _EMOJI.finditer(text) if emoji else ():
        drawn = emoji_markup(name[1])
        if drawn is not None:
            out += escape(unescape(text[end : name.start()])) + drawn
            end = name.end()
    return (out + escape(unescape(text[end:]))).replace("\n", Markup("<br>"))
