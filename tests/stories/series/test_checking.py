"""A sentence may say what its source says, to whom it belongs, and nothing more."""

from __future__ import annotations

import importlib
import inspect
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stories.interviews import How
from stories.series.checking import Why, connecting, fault
from stories.series.episodes import Sentence
from stories.series.forms import Form
from stories.series.lines import lines_of
from stories.series.material import Material
from stories.series.sources import Kind, Line, Ref, Signed, ends_of, movement, parse, promise, quote, talk
from tests.stories.series.made_up import BOTH, KEPT, MAYA, SEASON, SUNDAYS, VAN, voices

SAID = SUNDAYS.words[0]
LINES = lines_of(
    SEASON,
    Material(followed=BOTH, talks=(SUNDAYS, VAN), promises=(KEPT,)),
    voices().values(),
    [
        SAID.ref,
        talk(1, "told"),
        talk(1, "happened"),
        promise(KEPT.id, "ended"),
        talk(2, "told"),
        Ref(Kind.SEASON, "7"),
    ],
)


def why(text: str, source: Ref | Signed, *, form: str = "a.1", customer_id: int | None = MAYA) -> Why | None:
    sentence = Sentence(text=text, source=source, customer_id=customer_id, form=form)
    found = fault(sentence, LINES)
    return found.why if found else None


def test_their_words_stand_to_the_letter() -> None:
    assert why(SAID.text, SAID.ref, form="") is None
    assert why(SAID.text.replace("never", "hardly"), SAID.ref, form="") is Why.NOT_TO_THE_LETTER
    assert why(SAID.text[:-1], SAID.ref, form="") is Why.NOT_TO_THE_LETTER


@pytest.mark.parametrize(
    "forged",
    [
        "Maya Ortega has left us.",
        "Maya Ortega is furious, on 12 January 2026.",
        "On 13 January 2026 one of us was on the phone with Maya Ortega.",
        "On 12 January 2026 one of us visited Maya Ortega.",
        "On 12 January 2026 we talked with Tom.",
        "On 12 January 2026 we talked with Maya Ortega 3 times.",
        "We talked with Maya Ortega on 12 January 2026, not for the first time.",
        "Maya Ortega and “a quiet Sunday”.",
    ],
)
def test_a_forged_sentence_about_a_talk_is_refused(forged: str) -> None:
    assert why("On 12 January 2026 one of us was on the phone with Maya Ortega.", talk(1, "told")) is None
    assert why(forged, talk(1, "told")) is Why.MORE_THAN_ITS_SOURCE


def test_words_of_the_source_in_another_order_are_another_claim() -> None:
    said = "Our notes say: Maya Ortega, a bookkeeper at a bakery with four shops, showed us the export."
    assert why(said, talk(1, "happened")) is None
    turned = said.replace("four shops, showed us the export", "four export shops, showed us")
    assert why(turned, talk(1, "happened")) is Why.MORE_THAN_ITS_SOURCE


def test_only_what_ended_can_be_said_to_have_ended() -> None:
    kept = f"We had promised Maya Ortega: {KEPT.what} It was done on 20 February 2026."
    assert why(kept, promise(KEPT.id, "ended")) is None
    assert why(kept, promise(KEPT.id, "made")) is Why.NO_SOURCE
    assert why(kept.replace("done", "let go"), promise(KEPT.id, "ended")) is Why.MORE_THAN_ITS_SOURCE


def test_a_sentence_about_somebody_rests_on_what_is_theirs() -> None:
    assert why("On 9 February 2026 one of us visited the courier.", talk(2, "told"), customer_id=2) is None
    assert why("On 9 February 2026 one of us visited the courier.", talk(2, "told")) is Why.NO_SOURCE
    assert why(SAID.text, quote(999), form="") is Why.NO_SOURCE
    assert why("", SAID.ref) is Why.NO_SOURCE


def test_editors_words_need_their_signature() -> None:
    assert why("We are proud of this one.", Signed("U0EDITOR")) is None
    assert why("We are proud of this one.", Signed("")) is Why.NO_SIGNATURE


def test_a_season_tells_of_its_own_days_and_of_no_others() -> None:
    season = Ref(Kind.SEASON, "7")
    look = Sentence(text="We look again on 2 March 2026. No news, no episode.", source=season, form="a.1")
    assert fault(look, LINES, also=[date(2026, 3, 2)]) is None
    assert fault(look, LINES) is not None


MODULES = ("previous_words", "scene_words", "turning_words", "opening_words", "until")
STATUS = (
    " ".join(
        line.text.casefold()
        for how in How
        for line in lines_of(
            SEASON,
            Material(
                followed=BOTH,
                talks=(replace(SUNDAYS, how=how, themes=(), title="", trying_to="", happened="", words=()),),
                promises=(KEPT, replace(KEPT, id=6, outcome="let_go")),
            ),
            (),
            [
                talk(1, "told"),
                talk(1, "score"),
                promise(5, "made"),
                promise(5, "late"),
                promise(5, "ended"),
                promise(6, "ended"),
                Ref(Kind.SEASON, "7"),
            ],
        ).values()
    )
    + " nps spoke speak comes up more less down voted votes your question you wanted to know gave only much"
    + " answered survey wrote"
)


def all_forms() -> list[Form]:
    found: list[Form] = []
    for name in MODULES:
        module = importlib.import_module(f"stories.series.{name}")
        for one, function in inspect.getmembers(module, inspect.isfunction):
            if one == "by_how":
                found += [form for ways in function().values() for form in ways]
            elif (
                function.__annotations__.get("return") == "tuple[Form, ...]"
                and not inspect.signature(function).parameters
            ):
                found += function()
    return found


def test_every_form_says_only_what_tells_of_nobody_or_stands_in_its_kind_of_source() -> None:
    ways = all_forms()
    assert len(ways) > 130
    said = {
        form.key: re.findall(r"[a-z']+", re.sub(r"\{\w+\}", "\n", form.words).casefold()) for form in ways
    }
    known = connecting() | set(re.findall(r"[a-z']+", STATUS)) | {"news", "market", "round"}
    beyond = {key: [word for word in words if word not in known] for key, words in said.items()}
    assert {key: words for key, words in beyond.items() if words} == {}


def test_a_group_of_forms_has_several_and_each_its_own_key() -> None:
    ways = all_forms()
    assert len({form.key for form in ways}) == len(ways)
    assert len({form.words for form in ways}) >= len(ways) - 6


@given(st.sampled_from(list(Kind)), st.integers(1, 10**9), st.sampled_from(["", "told", "made", "ended"]))
def test_a_source_is_read_back_from_its_name(kind: Kind, number: int, part: str) -> None:
    fits = part == "" or ((kind is Kind.TALK) == (part == "told") and kind in (Kind.TALK, Kind.PROMISE))
    ref = Ref(kind, str(number), part)
    assert parse(str(ref)) == (ref if fits else None)
    assert parse(f"{ref}#{part}!") is None
    moved = movement(talk(number, "score"), Ref(Kind.ANSWER, f"2:{number}"))
    assert parse(str(moved)) == moved
    assert ends_of(moved) == (Ref(Kind.TALK, str(number)), Ref(Kind.ANSWER, f"2:{number}"))


def test_a_line_knows_no_more_than_it_has() -> None:
    nothing = Line(ref=SAID.ref, text="", customer_id=MAYA)
    for text in ("Maya Ortega", "12 January 2026", "“export”", "export"):
        said = Sentence(text=text, source=SAID.ref, customer_id=MAYA, form="a.1")
        assert fault(said, {SAID.ref: nothing}) is not None
