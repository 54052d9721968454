"""What is said later: kept in no language, read in the reader's."""

from __future__ import annotations

import pytest

from stories.kept_sentences import KEEPING, is_kept, read
from stories.language import _, ngettext, speaking


def kept() -> str:
    with speaking(KEEPING):
        first = _("its server answers with {status}").format(status=503)
        second = ngettext("{count:,} new answer", "{count:,} new answers", 1234).format(count=1234)
        return f"beyond: {_('{file}: {size:.1f} MB, checked.').format(file=first, size=1.5)} {second}"


def test_a_kept_sentence_is_read_in_the_language_of_its_reader() -> None:
    text = kept()
    assert is_kept(text)
    assert read(text) == "beyond: its server answers with 503: 1.5 MB, checked. 1,234 new answers"
    with speaking("de-DE"):
        assert read(text).endswith(": 1,5 MB, geprüft. 1.234 neue Antworten")
        assert "503" in read(text)
        assert "its server" not in read(text)


def test_a_sentence_without_places_and_other_text_are_read_too() -> None:
    with speaking(KEEPING):
        plain = _("Save")
    with speaking("de"):
        assert read(plain) == "Speichern"
        assert read("Slack says {no}") == "Slack says {no}"
    assert not is_kept("Slack says {no}")


@pytest.mark.parametrize(
    "text",
    [
        '{"sentence": oh',
        '{"sentence": "{a:>999999999}", "values": {"a": "x"}}',
        '{"sentence": "{a.__class__}", "values": {"a": "x"}}',
        '{"sentence": "{a}", "values": {"a": [1]}}',
        '{"sentence": "{a}"}',
        '{"sentence": 7}',
    ],
)
def test_what_looks_like_one_and_is_none_stays(text: str) -> None:
    assert read(text) == text
