"""A message to a customer about what came of what they said, for its owner to send in their own name."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote as percent

from babel.dates import format_skeleton

from bot.endings.draft_words import DRAFT_WORDS, ENGLISH
from stories.values import dataclass

LONGEST_QUOTE = 300
_LONGEST_MAIL = 1_500
"""Characters of a mailto link's text: mail programs cut longer ones off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a draft is made of. `name` and `quote` are empty where its sender may not know them.

    `in_person`: the sender had the conversation. `promised` is empty for what nobody had promised. `language`
    is that of the write-up (ISO 639-1), "" for an unknown one.
    """

    name: str
    quote: str
    talked_on: date
    in_person: bool
    promised: str
    closing: str
    language: str = ""


def language_of_draft(language: str) -> str:
    """The language a draft is in: the one asked for where its sentences are known, else English."""
    return language if language in DRAFT_WORDS else "en"


def draft(told: Told) -> str:
    """The message, in plain text: what was said, what was promised, what has changed, and thanks."""
    code = language_of_draft(told.language)
    words = DRAFT_WORDS.get(code, ENGLISH)
    day = format_skeleton("MMMMd", told.talked_on, locale=code)
    met = words.we_talked if told.in_person else words.a_colleague_talked
    lines = [
        words.hello_name.format(name=told.name) if told.name else words.hello,
        "",
        met.format(day=day),
        *([words.you_said.format(quote=told.quote)] if told.quote else []),
        *([words.promised.format(what=told.promised)] if told.promised else []),
        "",
        words.changed.format(closing=told.closing),
        "",
        words.thanks,
    ]
    return "\n".join(lines)


def mailto(address: str, message: str) -> str:
    """A link that opens a mail program with the message in it; "" for what is no address."""
    if address.count("@") != 1 or any(mark in address for mark in "<>|?& \n\t\"'`"):
        return ""
    return f"mailto:{percent(address, safe='@.+-_')}?body={percent(message[:_LONGEST_MAIL])}"
