"""Street addresses and postcodes, in English and German, found by their form."""

from __future__ import annotations

from collections.abc import Iterator

from stories.identity_words import is_any_town
from stories.patterns import late

ADDRESS = "address"

_HOUSE = r"(?<![\w.,/-])\d{1,5}[A-Za-z]?(?:\s?[-–/]\s?\d{1,5}[A-Za-z]?)?"
_ROOM = r"(?:(?:Flat|Unit|Suite|Apartment|Apt\.?|Room)\s[\w-]{1,5},?\s)?"
_NAMED = r"(?:(?:[A-Z][\w.'’-]*|\d{1,3}(?:st|nd|rd|th)|of|the)[ ]){1,4}"
_SURE_STREET = r"Street|Road|Rd|Lane|Avenue|Ave|Terrace|Crescent|Boulevard|Blvd|Mews"
_STREET = (
    rf"(?:{_SURE_STREET}|St|Ln|Close|Way|Square|Sq|Drive|Court|Place|Gardens|Grove|Hill|Row|Walk|Parade|Quay|"
    r"Highway|Parkway|Green|Gate|Wharf|Yard)"
)
_PRODUCTS = r"(?!(?:Google|One|Shared|Zero|Team)[ ])"
_ENGLISH = late(rf"{_ROOM}{_HOUSE},?[ ]{_PRODUCTS}{_NAMED}{_STREET}(?!\w)(?![ ][A-Z]\w+[ ](?:Street|Road)\b)")
_TYPED = late(
    r"(?<=\bat )\d{1,5}[a-z]? (?:[a-z'’]{3,20} ){1,2}(?:street|road|lane|avenue|terrace|crescent)(?!\w)"
)
_UNNUMBERED = late(
    rf"(?:(?<=\bon )|(?<=\bin )|(?<=\bat )|(?<=\boff )|(?<=\bnear )|(?<=\balong )|(?<=\bfrom ))"
    rf"(?:[A-Z][\w'’-]+[ ]){{1,3}}(?:{_SURE_STREET})(?!\w)"
)
_POSTCODE = late(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?[ ]\d[A-Z]{2}(?!\w)")
_ONE_WORD = (
    r"(?!(?:Arbeits|Park|Sitz|Steh|Stell|Spiel|Lager|Speicher|Liege|Schul|Rund|Um|Fu[sß]s?|Rad|Aus|Vor|Rück|Hin)"
    r"(?:weg|platz|gang)\b)"
    r"[A-ZÄÖÜ][\w-]{0,40}?(?:stra(?:ß|ss)e|str\.|weg|platz|gasse|allee|ufer|damm|graben|steig|chaussee|promenade)"
)
_TWO_WORDS = r"[A-ZÄÖÜ][\wäöüß-]{2,}[ ](?:Stra(?:ß|ss)e|Str\.|Allee|Gasse|Ufer|Damm|Weg|Platz|Ring|Markt)"
_GERMAN = late(
    rf"(?<![\w-])(?:{_TWO_WORDS}|{_ONE_WORD}|Unter den Linden)[ ]"
    r"\d{1,4}(?:[ ]?[a-h])?(?:\s?[-–/]\s?\d{1,4}[a-h]?)?"
    r"(?!\w|[.,]\d|[ ](?:Minuten?|Stunden?|Tagen?|Meter|km|m|Uhr|Euro|Prozent|Mal|Leute|Menschen)\b|\s?[€%])"
)
_BEFORE_TOWN = late(r"(?<![\w.,/-])(?:D-|A-|CH-)?\d{4,5}[ ](?P<town>[A-ZÄÖÜ][\w-]+(?:[ ][A-ZÄÖÜ][\w-]+)?)")
_FORMS = (_ENGLISH, _TYPED, _UNNUMBERED, _POSTCODE, _GERMAN)


def streets(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each: "12 Mill Lane", "on Mill Lane" (without "on"), "Marktplatz 3", "LS1 4AP".

    With a postcode before it a listed town is one as well: "83646 Bad Tölz". They may overlap.
    """
    for form in _FORMS:
        for match in form.finditer(text):
            yield match.span()
    for match in _BEFORE_TOWN.finditer(text):
        whole, first = match["town"], match["town"].split()[0]
        town = next((name for name in (whole, first) if is_any_town(name)), None)
        if town is not None and not _is_year(match[0].split()[0]):
            yield match.start(), match.start("town") + len(town)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.startswith(("19", "20"))
