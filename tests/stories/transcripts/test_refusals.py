"""Files that nobody should have to suffer from: each is refused with its name, the limit and the fix."""

from __future__ import annotations

import io
import signal
import struct
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache

import pytest

from stories.errors import UserError
from stories.transcripts import MOST_BYTES, MOST_CUES, NoTalk, Transcript, check_size, read_transcript
from stories.transcripts.docx import MOST_XML

TODAY = date(2026, 11, 22)
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENDLESS_SECONDS = 60
"""Of work of this process alone, however busy the machine is; the largest files take one or two."""


@contextmanager
def not_for_ever() -> Iterator[None]:
    """Breaks off what would otherwise hold up all tests after it."""

    def give_up(*_: object) -> None:
        raise RuntimeError("still reading")

    before = signal.signal(signal.SIGVTALRM, give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(name: str, data: bytes | str) -> Transcript:
    return read_transcript(name, data.encode() if isinstance(data, str) else data, today=TODAY)


def refused(name: str, data: bytes | str) -> str:
    """The reason; it names the file, and comes at all."""
    with not_for_ever(), pytest.raises(UserError) as caught:
        read(name, data)
    assert name in caught.value.message
    return caught.value.message


def word(paragraphs: str, *, document: str | None = None, name: str = "word/document.xml") -> bytes:
    text = document or f"<w:document {SPACE}><w:body>{paragraphs}</w:body></w:document>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return file.getvalue()


def said(*lines: str) -> str:
    return "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)


@cache
def bomb_of_one_letter() -> bytes:
    """A Word file that unpacks to a little more than one may hold."""
    return word(said("a" * (MOST_XML + 1)))


def heading(words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Heading2"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


TALK = said("Ana: Hi there.", "Tom: Hello?", "Ana: We bake bread.", "Tom: Is it good?", "Ana: It is.")


def test_five_hundred_megabytes_are_refused_by_their_size_alone() -> None:
    with pytest.raises(UserError, match=r"“talk.vtt” is 500.0 MB; a transcript may have up to 10 MB"):
        check_size("talk.vtt", 500 * 1024 * 1024)
    check_size("talk.vtt", MOST_BYTES)
    assert "up to 10 MB" in refused("talk.csv", b"x" * (MOST_BYTES + 1))


@pytest.mark.parametrize("ending", ["vtt", "srt", "docx", "csv", "txt", "md"])
def test_an_empty_file_says_so(ending: str) -> None:
    assert "is empty" in refused(f"talk.{ending}", b" \n")


@pytest.mark.parametrize("ending", ["vtt", "srt", "csv", "txt", "md"])
def test_what_is_no_text_is_named(ending: str) -> None:
    name = f"talk.{ending}"
    assert "is not text" in refused(name, bytes(range(256)) * 20)
    assert "is a PDF file" in refused(name, b"%PDF-1.7 and so on")
    assert "is a MP4 file" in refused(name, b"\x00\x00\x00\x20ftypisom and so on")
    assert "is a zip or Office file" in refused(name, word(TALK))


def test_more_cues_than_a_day_of_talk_stop_at_the_limit() -> None:
    cues = "0:00.000 --> 0:01.000\nab\n\n" * (MOST_CUES + 1)
    assert f"more than {MOST_CUES:,} subtitles" in refused("talk.vtt", f"WEBVTT\n\n{cues}")
    assert f"more than {MOST_CUES:,} subtitles" in refused(
        "talk.csv", "Ana,0:01,ja ja ja\n" * (MOST_CUES + 1)
    )


def test_more_letters_than_a_week_of_talk_are_refused() -> None:
    cue = "00:00:00.000 --> 00:00:01.000\n" + "word " * 100_000 + "\n\n"
    assert "more than 3,000,000 letters" in refused("talk.vtt", "WEBVTT\n\n" + cue * 7)


def test_a_list_of_thousands_is_no_talk() -> None:
    rows = "speaker,text\n" + "".join(f"Person {n},hello to all of you\n" for n in range(3000))
    assert "names 3,000 speakers" in refused("staff.csv", rows)


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = bomb_of_one_letter()
    assert len(bomb) < 200_000
    assert "unpacks to far more" in refused("talk.docx", bomb)
    assert "packed no more than 120 times" in refused("talk.docx", word(said("a" * 3_000_000)))


def test_a_bomb_that_lies_about_its_size_is_refused_too() -> None:
    data = bytearray(bomb_of_one_letter())
    around = len(f"<w:document {SPACE}><w:body>{said('')}</w:body></w:document>")
    true_size = struct.pack("<I", around + MOST_XML + 1)
    assert data.count(true_size) == 2
    assert "damaged" in refused("talk.docx", bytes(data.replace(true_size, struct.pack("<I", 5000))))


def test_a_bomb_in_another_part_of_the_file_is_refused() -> None:
    file = io.BytesIO(word(TALK))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(4):
            archive.writestr(f"word/media/{number}.bin", bytes(51 * 1024 * 1024))
    assert "unpacks to far more" in refused("talk.docx", file.getvalue())


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY secret SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/outside.dtd">',
    ],
)
def test_entities_and_references_to_the_outside_are_refused(declared: str) -> None:
    document = f'<?xml version="1.0"?>{declared}<w:document {SPACE}><w:body>{TALK}</w:body></w:document>'
    assert "declares entities" in refused("talk.docx", word("", document=document))


def test_a_word_file_that_is_none_or_damaged_or_protected_says_so() -> None:
    assert "damaged, or no Word file" in refused("talk.docx", b"PK\x03\x04 and then nothing")
    assert "damaged, or no Word file" in refused("talk.docx", b"\xd0\xcf\x11\xe0 an old or protected one")
    assert "damaged, or no Word file" in refused("talk.docx", word(TALK)[:-40])
    assert "damaged, or no Word file" in refused("talk.docx", word("", document="<w:document>"))
    assert "is no Word file" in refused("talk.docx", word(TALK, name="xl/workbook.xml"))
    locked = bytearray(word(TALK))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.find(signature) + offset] |= 1
    assert "protected with a password" in refused("talk.docx", bytes(locked))


def test_xml_nested_fifty_thousand_deep_costs_nothing() -> None:
    deep = "<w:a>" * 50_000 + "</w:a>" * 50_000
    assert len(read("talk.docx", word(TALK + deep)).turns) == 5


def test_what_was_deleted_or_stands_twice_for_old_readers_is_left_out() -> None:
    more = (
        "<w:p><w:r><w:delText>Ana: Never said.</w:delText></w:r></w:p>"
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice>{said('Tom: Once?')}</mc:Choice><mc:Fallback>{said('Tom: Once?')}</mc:Fallback>"
        "</mc:AlternateContent>"
    )
    turns = read("talk.docx", word(TALK + more)).turns
    assert [turn.text for turn in turns[-2:]] == ["It is.", "Once?"]


def test_script_in_a_speakers_name_stays_text() -> None:
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana &lt;script&gt;alert(1)&lt;/script&gt;\u202e>Hi.</v>\n\n"
        '00:03.000 --> 00:04.000\n<v =HYPERLINK("x")>Hello <b>you</b> &amp; <i>us</i>.\n'
    )
    first, second = read("talk.vtt", cues).turns
    assert first.who == "Ana <script>alert(1)</script>"
    assert (second.who, second.text) == ('=HYPERLINK("x")', "Hello you & us.")
    assert (
        len(read("talk.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v {'A' * 190}>Hi.\n").turns[0].who) == 80
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_encodings_are_worked_out(encoding: str) -> None:
    rows = "Zoë: Das Gerät läuft nicht, und für uns ist das sehr ärgerlich.\nTom: Seit wann?\n" * 6
    turns = read("gespräch.txt", rows.encode(encoding)).turns
    assert turns[0].who == "Zoë"
    assert "läuft nicht, und für uns ist das sehr ärgerlich" in turns[0].text


def test_japanese_from_windows_is_read() -> None:
    rows = "田中: 毎朝、請求書を三回入力しています。\nTom: いつからですか？\n" * 6
    assert "請求書" in read("talk.txt", rows.encode("cp932")).turns[0].text


def test_text_without_a_talk_is_no_talk_rather_than_broken() -> None:
    for name in ("notes.txt", "notes.md"):
        with pytest.raises(NoTalk, match="holds no talk"):
            read(name, "# Ideas\n\nWe should bake more bread, and earlier.\n")
    with pytest.raises(NoTalk):
        read("notes.docx", word(said("We should bake more bread.")))
    assert "no words under times" in refused("talk.vtt", "WEBVTT\n\nNOTE nothing here\n")
    assert "no words under times" in refused("talk.srt", "1\n2\n3\n")
    assert "no column" in refused("talk.csv", "1,2\n3,4\n")
    assert "ends in none of .vtt" in refused("talk.pdf", "hello")


def test_a_field_larger_than_a_table_has_is_refused() -> None:
    assert "no CSV table" in refused("talk.csv", 'speaker,text\nAna,"' + "a" * 200_000 + '"\n')
