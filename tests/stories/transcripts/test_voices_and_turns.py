from __future__ import annotations

from datetime import date, timedelta

import pytest

from stories.notes import Side
from stories.transcripts import Transcript, Turn, read_transcript
from stories.transcripts.joining import turns_of
from stories.transcripts.languages import language_of
from stories.transcripts.moments import read_moment, read_timing, written
from stories.transcripts.values import Cue
from stories.transcripts.voices import voices_of

TODAY = date(2026, 11, 22)


def seconds(at: float) -> timedelta:
    return timedelta(seconds=at)


def cue(who: str, text: str, at: float, until: float) -> Cue:
    return Cue(who, text, int(at) + 1, seconds(at), seconds(until))


def talk(*said: tuple[str, str]) -> list[Turn]:
    return [Turn(who, text, number) for number, (who, text) in enumerate(said, 1)]


def sides(turns: list[Turn], **known: object) -> dict[str, Side]:
    return {voice.who: voice.side for voice in voices_of(turns, **known)}  # type: ignore[arg-type]  # by keyword


def read(name: str, text: str) -> Transcript:
    return read_transcript(name, text.encode(), today=TODAY)


def test_cues_of_one_speaker_become_one_turn_until_a_long_pause() -> None:
    cues = [cue("Ana", "We bake", 0, 2), cue("Ana", "bread.", 3, 4), cue("Ana", "Later, cake.", 25, 27)]
    turns, _guests = turns_of(cues)
    assert [(turn.text, turn.at) for turn in turns] == [
        ("We bake bread.", seconds(0)),
        ("Later, cake.", seconds(25)),
    ]


def test_a_monologue_is_parted_at_a_sentences_end_about_once_a_minute() -> None:
    cues = [
        cue("Ana", "The oven is cold and" if n % 2 else "nobody knows why.", n, n + 1) for n in range(400)
    ]
    turns, _guests = turns_of(cues)
    assert 5 < len(turns) < 9
    assert all(turn.text.endswith("why.") for turn in turns[:-1])
    assert " ".join(turn.text for turn in turns) == " ".join(one.text for one in cues)


def test_scripts_without_spaces_are_joined_without_them() -> None:
    (turn,), _guests = turns_of([cue("田中", "毎朝請求書を", 0, 1), cue("田中", "入力します。", 1, 2)])
    assert turn.text == "毎朝請求書を入力します。"


def test_guests_and_pronouns_are_no_part_of_a_name() -> None:
    turns, guests = turns_of(
        [cue("Ana Souza (Guest)", "Hi.", 0, 1), cue("Tom Beck (he/him)", "Hello.", 1, 2)]
    )
    assert [turn.who for turn in turns] == ["Ana Souza", "Tom Beck"]
    assert guests == {"Ana Souza"}


def test_where_nobody_asks_nobody_is_placed() -> None:
    turns = talk(("Ana", "I bake."), ("Bo", "I sell."), ("Ana", "I bake a lot."), ("Bo", "I do."))
    assert set(sides(turns).values()) == {Side.UNKNOWN}


def test_a_role_for_a_name_decides_before_anything_else() -> None:
    turns = talk(("Customer", "Why is it so?"), ("Interviewer", "Tell me."), ("Customer", "How come?"))
    assert sides(turns) == {"Customer": Side.CUSTOMER, "Interviewer": Side.US}


def test_speakers_who_are_only_numbered_are_placed_by_who_asks() -> None:
    turns = talk(
        ("Speaker 1", "What do you bake?"), ("Speaker 2", "Bread, at four in the morning."),
        ("Speaker 1", "And then?"), ("Speaker 2", "Then I type every order three times."),
    )  # fmt: skip
    assert sides(turns) == {"Speaker 1": Side.US, "Speaker 2": Side.CUSTOMER}


def test_two_who_tell_equally_much_are_left_open() -> None:
    turns = talk(
        ("Q", "So?"), ("Ana", "We bake bread."), ("Q", "And?"), ("Bo", "We sell bread."),
        ("Tom", "Why?"), ("Ana", "For money."), ("Tom", "Really?"), ("Bo", "For fun."),
    )  # fmt: skip
    assert (sides(turns)["Ana"], sides(turns)["Bo"]) == (Side.UNKNOWN, Side.UNKNOWN)


def test_the_asker_is_us_once_the_customer_is_known() -> None:
    turns = talk(("Ana", "We bake."), ("Tom", "Since when?"), ("Ana", "May."), ("Tom", "Fine."))
    assert sides(turns, in_title=["Ana Souza"]) == {"Ana": Side.CUSTOMER, "Tom": Side.US}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I think that we have this problem with the orders and they never agree", "en"),
        ("Ich glaube, dass wir das nicht haben und die Bestellungen sind auch nicht gut", "de"),
        ("Je pense que nous avons un problème avec les commandes et ça ne marche pas", "fr"),
        ("Creo que los pedidos no están bien y es muy difícil para nosotros cuando hay más", "es"),
        ("Eu acho que não temos uma boa lista e isso é muito difícil para a gente", "pt"),
        ("Ik denk dat we het niet goed hebben en dat de bestellingen ook niet kloppen", "nl"),
        ("Jag tror att vi inte har det här och det är mycket svårt när man ser på listan", "sv"),
        ("Myślę, że to nie jest dobre i mamy bardzo dużo problemów z tym, jak to działa", "pl"),
        ("毎朝、請求書を三回入力しています。とても大変です。", "ja"),
        ("Мы каждый день вводим заказы три раза", "ru"),
        ("blorp snarf quux", ""),
        ("", ""),
    ],
)
def test_the_language_is_known_by_its_little_words_or_its_script(text: str, code: str) -> None:
    found = language_of(text)
    assert found.code == code
    assert bool(found.words) == bool(code)


def test_moments_are_read_and_written() -> None:
    assert read_moment("1:02:03.5") == timedelta(hours=1, minutes=2, seconds=3.5)
    assert read_moment("[0:12]") == seconds(12)
    assert read_moment("noon") is None
    assert read_timing("00:01.000 --> 00:04,250 align:start") == (seconds(1), seconds(4.25))
    assert read_timing("a --> b") is None
    assert (written(seconds(72)), written(seconds(3723))) == ("1:12", "1:02:03")


def test_captions_that_roll_on_do_not_say_everything_twice() -> None:
    rolling = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nwe bake bread\n\n00:02.000 --> 00:04.000\nwe bake bread\n"
        "every single morning\n\n00:04.000 --> 00:06.000\nevery single morning\nat four\n"
    )
    (turn,) = read("talk.vtt", rolling).turns
    assert (turn.who, turn.text) == ("", "we bake bread every single morning at four")


def test_a_day_that_can_be_two_is_asked_about_unless_the_name_settles_it() -> None:
    text = "Call with Ana\n05/03/2024, 10:00\n\nAna  0:01\nHi.\n\nTom  0:03\nSo?\n\nAna  0:05\nYes.\n"
    unclear = read("call.txt", text)
    assert unclear.day is None
    assert unclear.unclear[0].readings == (date(2024, 3, 5), date(2024, 5, 3))
    settled = read("call 2024-05-03.txt", text)
    assert (settled.day and settled.day.value, settled.unclear) == (date(2024, 5, 3), ())


def test_a_text_that_is_webvtt_or_srt_is_read_as_such() -> None:
    cues = "00:00:01,000 --> 00:00:02,000\nAna: Hi.\n\n2\n00:00:03,000 --> 00:00:04,000\nTom: Hello?\n"
    assert [turn.who for turn in read("talk.txt", "1\n" + cues).turns] == ["Ana", "Tom"]
    assert [turn.who for turn in read("talk.txt", "WEBVTT\n\n1\n" + cues).turns] == ["Ana", "Tom"]


def test_words_before_a_colon_are_no_speaker_when_they_come_once() -> None:
    said = [
        "Ana: I bake.",
        "one thing: it is hot",
        "Ana: So I open it.",
        "Tom: Why?",
        "Tom: Really?",
        "and more",
    ]
    blocks = (
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{words}\n\n" for n, words in enumerate(said, 1)
    )
    turns = read("talk.srt", "".join(blocks)).turns
    assert [turn.who for turn in turns] == ["Ana", "Tom"]
    assert turns[0].text == "I bake. one thing: it is hot So I open it."


def test_the_same_words_by_others_are_another_talk() -> None:
    one = "Ana: We bake bread.\nTom: Why?\nAna: For money.\nTom: Really?\n"
    assert read("a.txt", one).fingerprint == read("b.md", one.replace("\n", "\r\n\r\n")).fingerprint
    assert read("a.txt", one).fingerprint != read("a.txt", one.replace("Ana", "Bo")).fingerprint


def test_paragraphs_under_a_heading_that_says_transcript_are_nobodys_words() -> None:
    paragraphs = "\n\n".join(f"We have baked for {n} years, and it never got easier." for n in range(2, 9))
    page = f"# A talk\n\n## Summary\n\nSomebody wrote this about it.\n\n## Transcript\n\n{paragraphs}\n"
    found = read("talk.md", page)
    assert not found.marked
    assert "Somebody wrote this" not in " ".join(turn.text for turn in found.turns)
    assert found.turns[0].text.startswith("We have baked for 2 years")
