from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages import Catalog

from tests.tools.tree import module
from tools import words
from tools.check_catalogues import faults
from tools.short_sentences import room_for

ROOT = Path(__file__).parents[2]


def said(sentence: str | tuple[str, str], translation: str | tuple[str, ...], room: int = 0) -> list[str]:
    message = Catalog(locale="de").add(sentence, string=translation)
    first = sentence if isinstance(sentence, str) else sentence[0]
    return list(faults(message, {first: room} if room else {}))


def test_every_sentence_of_every_catalogue_is_translated_and_can_be_filled_in() -> None:
    for path in words.catalogues(ROOT):
        wrong = [
            f"{path.name}: {message.id}: {fault}"
            for message in words.read(path)
            if message.id
            for fault in faults(message, {})
        ]
        assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize(
    ("sentence", "translation"),
    [
        ("{who} is here", "{who} ist da"),
        ("*Done:* `{command} top`", "*Fertig:* `{command} top`"),
        (("one story", "{number} stories"), ("eine Geschichte", "{number} Geschichten")),
        (("one story", "{number} stories"), ("{number} Geschichte", "{number} Geschichten")),
        ("As of %(clock)s", "Stand %(clock)s"),
    ],
)
def test_a_translation_that_can_be_filled_in_is_taken(
    sentence: str | tuple[str, str], translation: str | tuple[str, ...]
) -> None:
    assert said(sentence, translation) == []


@pytest.mark.parametrize(
    ("sentence", "translation", "fault"),
    [
        ("Save", "", "has no translation"),
        ("{who} is here", "{wer} ist da", "is filled in with"),
        ("{count:,} rows", "{count} Zeilen", "is filled in with"),
        ("{who} is here", "{who ist da", "braces"),
        ("As of %(clock)s", "Stand %(uhr)s", "is filled in with"),
        ("*Done* now", "Fertig jetzt", "other stars"),
        ("_Done_ now", "Fertig jetzt", "other underscores"),
        ("Type `mine`", "Tippe `meine`", "backticks"),
        (":warning: Look", ":warnung: Sieh", "other emoji"),
        ("• one", "eins", "other bullets"),
        ("a\nb", "a b", "other line breaks"),
        (" and ", "und", "other blanks"),
        ("*Themes* of it", "Alle*Themen*davon", "between two letters"),
        ("<@{who}> did", "{who} tat es", "other mentions"),
        (("one day", "{n} days"), ("ein Tag", ""), "has no translation"),
        (("one day", "{n} days"), ("ein Tag", "{m} Tage"), "is filled in with"),
    ],
)
def test_one_that_breaks_when_it_is_filled_in_or_shown_is_found(
    sentence: str | tuple[str, str], translation: str | tuple[str, ...], fault: str
) -> None:
    assert any(fault in one for one in said(sentence, translation))


def test_a_title_has_to_fit_into_its_window() -> None:
    view = module("blocks.modal(_('Everything'), [], callback_id='x', close=_('Close'), submit=_('Go'))")
    assert room_for([view]) == {"Everything": 24, "Close": 24, "Go": 24}
    assert said("Everything", "Alles, was du je gewollt hast", 24) == [
        "has room for 24 characters, and “Alles, was du je gewollt hast” has 29"
    ]
    assert said("Everything", "Alles", 24) == []


def test_a_catalogue_follows_the_code_and_keeps_what_was_translated() -> None:
    code = Catalog(locale="de", fuzzy=False)
    code.add("Save", locations=[("bot/a.py", 0)])
    code.add("New", locations=[("bot/b.py", 0)])
    catalogue = Catalog(locale="de", fuzzy=False)
    catalogue.add("Save", string="Speichern")
    catalogue.add("Gone", string="Weg")
    text = words.written(words.brought_up_to_date(catalogue, code)).decode()
    assert 'msgid "Save"\nmsgstr "Speichern"' in text
    assert 'msgid "New"\nmsgstr ""' in text
    assert "Gone" not in text
    assert "Creation-Date" not in text
