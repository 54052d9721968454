"""Hints about write-ups in German, by the words and patterns of its file."""

from __future__ import annotations

import pytest

from stories.forms import Form, Step
from stories.hints.hints import Points, hints_for
from stories.hints.questions import Asks
from stories.hints.ruling import rules_for
from stories.hints.so_what import SoWhat
from stories.language import speaking

(RULES,) = (rules_for("Das ist der Export, und er ist nicht so schnell, wie wir es mit der Zeit wollten."),)


@pytest.mark.parametrize(
    "quote",
    [
        "Sie sagte, dass der Export nach 200 Zeilen aufhört.",
        "Er meinte, die Karte sei zu klein.",
        "Der Kunde bemängelte, dass er die Daten doppelt erfassen muss.",
        "Die Kundin aus Leeds möchte es billiger.",
        "Sie hat erklärt, warum die Rechnung zu spät kam.",
        "Im Gespräch ging es um die neuen Preise.",
        "Laut Kundin ist der Prozess zu lang.",
        "Anna Ray wünscht sich eine Liste.",
    ],
)
def test_what_the_writer_tells_is_known(quote: str) -> None:
    assert RULES is not None
    assert RULES.is_retold(quote, ("Anna Ray",))


@pytest.mark.parametrize(
    "quote",
    [
        "Ich mache meine Rechnungen um vier Uhr früh.",
        "Sie hat mir gesagt, sie ruft zurück. Hat sie aber nicht.",
        "Ihre Rechnung ist ein Rätsel mit Zahlungsziel.",
        "Passt schon. Also nein.",
        "Er findet nie den Knopf, mein Mann.",
        "Wenn es nicht im Ordner ist, ist es nicht passiert.",
    ],
)
def test_what_the_customer_says_is_left_alone(quote: str) -> None:
    assert RULES is not None
    assert not RULES.is_retold(quote, ("Anna Ray",))


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        ("Die Wartezeit hat Sie bestimmt furchtbar geärgert, oder?", (Asks.LEADING,)),
        ("Ist es nicht ärgerlich, dass die Liste so lang ist?", (Asks.LEADING,)),
        ("Finden Sie die Schrift nicht auch etwas klein?", (Asks.LEADING,)),
        ("Wie einfach war es einzurichten?", (Asks.LEADING,)),
        ("Würden Sie dafür eine App benutzen?", (Asks.HYPOTHETICAL,)),
        ("Würden Sie es öfter nutzen, wenn es schneller wäre?", (Asks.HYPOTHETICAL,)),
        ("Wären Sie bereit, dafür mehr zu zahlen?", (Asks.HYPOTHETICAL,)),
        ("Wie lange nutzen Sie das schon, und warum haben Sie damit angefangen?", (Asks.DOUBLE,)),
        ("Wussten Sie schon, dass wir auch eine App haben?", (Asks.SELLING,)),
        ("Darf ich Ihnen ein Angebot schicken?", (Asks.SELLING,)),
        ("Wie war das für Sie?", ()),
        ("Was ist passiert, während Sie gewartet haben?", ()),
        ("Wann haben Sie es zuletzt aufgegeben? Was war da?", ()),
        ("Was haben Sie gemacht, als das Paket nicht kam?", ()),
        ("Haben Sie unsere App benutzt?", ()),
        ("Wie war das Einrichten?", ()),
        ("Wer war noch dabei?", ()),
    ],
)
def test_questions_are_told_apart_and_good_ones_left_alone(asked: str, kinds: tuple[Asks, ...]) -> None:
    assert RULES is not None
    assert RULES.kinds_of(asked) == kinds


def test_a_so_what_may_say_again_say_nothing_or_say_something() -> None:
    assert RULES is not None
    happened, quotes = "Sie hat vier Tage auf die Gutachterin gewartet.", ("Ein Dach und kein Termin.",)
    assert RULES.so_what("Vier Tage warten, auf die Gutachterin.", happened, quotes) is SoWhat.AGAIN
    assert RULES.so_what("Sehr interessantes Gespräch, danke!", happened, quotes) is SoWhat.NOTHING
    assert RULES.so_what("", happened, quotes) is SoWhat.MISSING
    assert RULES.so_what("Verglichen werden wir mit der Versicherung nebenan.", happened, quotes) is None


def test_a_write_up_in_german_gets_its_hints_whatever_its_author_uses_slack_in() -> None:
    form = Form(
        happened="Der Export hörte nach 200 Zeilen auf, und das war nicht gut. "
        "Ich fragte: „Würden Sie mehr zahlen?“",
        quotes=("Sie sagte, dass es für sie zu langsam ist.", "Um neun habe ich aufgegeben."),
        meaning="Interessantes Gespräch.",
    )
    found = [hint.points for hint in hints_for(form, Step.PREVIEW)]
    assert found == [Points.RETOLD, Points.NOTHING, Points.HYPOTHETICAL]


def test_what_is_too_short_to_tell_is_read_in_the_writers_language() -> None:
    with speaking("de-DE"):
        found = hints_for(Form(happened="-", quotes=("Er sagte nein.",)), Step.WORDS)
        asked = hints_for(Form(), Step.WHAT, notes="Frage: Wie einfach war das?\nAnna: Wie meinen Sie das?")
    assert [one.points for one in found] == [Points.RETOLD]
    assert [one.words for one in asked] == ["Wie einfach war das?"]
    assert hints_for(Form(happened="-", quotes=("Er sagte nein.",)), Step.WORDS) == ()
