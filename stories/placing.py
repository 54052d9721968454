"""Where long writing goes: cut to fit a field, and what of it stands in no field yet."""

from __future__ import annotations

import re

from stories.forms import Form
from stories.text import clean, says_something

_SENTENCE = re.compile(r"(?<=[.!?…。！？؟])[\"'”’»)]*\s+")
_ENDS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), _SENTENCE, re.compile(r"\s"))
_NO_WORD = re.compile(r"\W+")


def cut(text: str, most: int) -> tuple[str, str]:
    """The beginning of a text in at most `most` characters, and the rest.

    Cut after a paragraph, else a line, a sentence, a word: the first that leaves at least half of `most`.
    """
    if len(text) <= most:
        return text, ""
    for end in _ENDS:
        places = [found.end() for found in end.finditer(text, 0, most + 1)]
        if places and places[-1] >= most // 2:
            return text[: places[-1]].rstrip(), text[places[-1] :].lstrip()
    return text[:most], text[most:]


def parts_of(text: str, most: int) -> list[str]:
    """The whole text in parts of at most `most` characters; none for an empty one."""
    parts = []
    while text:
        part, text = cut(text, most)
        parts.append(part)
    return parts


def unplaced(notes: str, form: Form) -> str:
    """The sentences of these notes that stand in no field of the form, in their order, line by line.

    Empty when nothing is left but headings.
    """
    fields = (form.name, form.title, form.trying_to, form.happened, form.meaning, *form.quotes)
    placed = _words(" ".join((*fields, form.company, form.promise, form.consent_words)))
    lines = [left for line in clean(notes).splitlines() if (left := _left_of(line, placed))]
    return "" if all(line.startswith("#") for line in lines) else "\n".join(lines)


def _left_of(line: str, placed: str) -> str:
    units = [unit for unit in _SENTENCE.split(line) if says_something(unit)]
    return " ".join(unit for unit in units if _words(unit) not in placed)


def _words(text: str) -> str:
    return f" {_NO_WORD.sub(' ', text.casefold()).strip()} "
