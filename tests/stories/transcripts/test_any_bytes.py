"""Whatever a file holds, it is read or refused with a sentence, in time, and says the same twice."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stories.errors import UserError
from stories.transcripts import ENDINGS, MOST_SPEAKERS, Transcript, read_transcript
from stories.transcripts.limits import LONGEST_NAME

TODAY = date(2026, 11, 22)
PIECES = (
    "WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n", "0:0:1.0 --> 0:0:3.5\n", "<v Ana>", "</v>", "<v ",
    "&lt;", "Ana Souza  0:12\n", "[Tom] 10:02:11\n", "Tom: ", "**Ana:** ", "Ana,0:01,hi there you\n",
    "speaker;text\n", "\n", "\n\n", "1\n", ">> ", "# Transcript\n", "Attendees\n", "0:21\n", "Is it?\n",
    "We bake bread. ", '"', "\t", "\u202e", "\u0301" * 9, "語", "\x00", "\ufeff", "2024-03-05T14:00:00Z,",
    "\ud7ff", "--", "|", "99:99:99,999", "-->",
)  # fmt: skip
WHO = st.sampled_from(["Ana Souza", "Tom Beck", "Lena Vogt"])
WORDS = st.sampled_from(["We bake.", "Is it so?", "No!"])
SOUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=60).map("".join)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(name: str, data: bytes) -> Transcript | None:
    """What is read; None for what is refused in words that name the file."""
    try:
        return read_transcript(name, data, today=TODAY)
    except UserError as error:
        refusal = error.message
    assert name in refusal
    return None


def zipped(document: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return file.getvalue()


def holds(read_: Transcript) -> None:
    """What is true of every talk."""
    assert read_.turns
    assert all(turn.text.strip() and turn.line >= 1 for turn in read_.turns)
    assert all(len(turn.who) <= LONGEST_NAME and "\n" not in turn.who for turn in read_.turns)
    assert all(turn.at is None or turn.at >= timedelta() for turn in read_.turns)
    assert {turn.who.casefold() for turn in read_.turns} >= {voice.who.casefold() for voice in read_.voices}
    assert 1 <= len(read_.voices) <= MOST_SPEAKERS
    assert abs(sum(voice.share for voice in read_.voices) - 1) < 0.11
    assert all(0 <= voice.share <= 1 and 0 <= voice.asks <= 1 for voice in read_.voices)
    assert read_.title.value.strip()
    assert read_.day is None or read_.day.value <= TODAY + timedelta(days=1)


@pytest.mark.parametrize("ending", sorted(ENDINGS))
@SLOW
@given(data=st.binary(max_size=400) | SOUP.map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(ending: str, data: bytes) -> None:
    name = f"talk{ending}"
    found = read(name, data)
    if found is not None:
        holds(found)
        assert read(name, data) == found


@SLOW
@given(data=st.binary(max_size=200) | SOUP.map(lambda text: text.encode("utf-8", "replace")))
def test_any_words_part_of_a_word_file_is_read_or_refused(data: bytes) -> None:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    read("talk.docx", zipped(data))
    text = data.decode("utf-8", "replace").replace("&", "").replace("<", "").replace("\x00", "")
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    found = read("talk.docx", zipped(b"<w:document %s>%s</w:document>" % (space, paragraphs.encode())))
    if found is not None:
        holds(found)


@SLOW
@given(cut=st.integers(0, 400), flipped=st.integers(0, 255))
def test_a_damaged_word_file_is_read_or_refused(cut: int, flipped: int) -> None:
    data = bytearray(zipped(b"<w:document>Ana</w:document>" * 3))
    data[cut % len(data)] ^= flipped
    read("talk.docx", bytes(data))
    read("talk.docx", bytes(data[: cut % len(data)]))


@SLOW
@given(said=st.lists(st.tuples(WHO, WORDS), min_size=4, max_size=30))
def test_every_word_of_a_talk_is_in_its_turns_in_order(said: list[tuple[str, str]]) -> None:
    cues = (
        f"00:{at:02}:00.000 --> 00:{at:02}:50.000\n<v {who}>{words}</v>\n\n"
        for at, (who, words) in enumerate(said)
    )
    found = read("talk.vtt", ("WEBVTT\n\n" + "".join(cues)).encode())
    assert found is not None
    assert " ".join(turn.text for turn in found.turns) == " ".join(words for _who, words in said)
    assert sum(voice.words for voice in found.voices) == sum(len(words.split()) for _who, words in said)
