"""Addresses and numbers that lead to somebody: e-mail, streets, telephone, accounts, cards, other numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stories.identity_streets import ADDRESS, streets
from stories.patterns import late

EMAIL, PHONE, ACCOUNT = "email", "phone", "account"

_EMAIL = late(r"[\w.+%'-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PHONE = late(
    r"(?:(?<=tel:)|(?<![\w#.,/:$€£-]))(?:\+\d|\(?\d)[\d\s().\-/]{4,20}\d(?![\w%]|[.,/:-]\d)", re.ASCII
)
_DATE = late(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}.*|(?:19|20)\d\d\s?[-/]\s?(?:19|20)?\d\d"
)
_CALLED = late(
    r"(?:(?:tel|phone|call|mobile|cell|whatsapp|fax|ring|rang|dial|number|office)\W{0,3}"
    r"(?:is|on|at|me|us|her|him|them)?|(?:reach|call|ring|text) (?:me|us|her|him|them) (?:on|at))\W{0,3}$",
    re.IGNORECASE,
)
_GROUPED = late(r"\d{3}[-. ]\d{3}[-. ]\d{4}|\d{3}[-.]\d{4}|1?\d{10}|1-\d{3}-\d{3}-\d{4}")
_IBAN = late(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?!\w)")
_CARD = late(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![\w]|[.,-]\d)")
_SOCIAL = late(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")
_NAMED = late(
    r"\b(?:bank |policy |customer |client |member(?:ship)? |contract |invoice |order |case |ticket |patient |"
    r"reference |passport |licence |license |insurance |tax |social security )?"
    r"(?:account|acct|iban|sort code|routing|number|no|nr|id|ref)\b\.?:?\s?(?:is\s|#\s?)?"
    r"(?P<number>(?=[\w/-]*\d)[A-Z0-9][\w/-]{3,})",
    re.IGNORECASE,
)
_SAYS_WHOSE = late(
    r"(?:bank|policy|customer|client|member|contract|invoice|order|case|ticket|patient|reference|passport|"
    r"licen[cs]e|insurance|tax|social|account|acct|iban|sort|routing|ref)",
    re.IGNORECASE,
)
_FEWEST_IN_ACCOUNT = 4
FEWEST_DIGITS = 6
"""Digits (0 to 9) that a telephone number has at least."""


def addresses_and_numbers(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind, start and end of each; an account wins over a telephone number at the same place (as sorted)."""
    for start, end in streets(text):
        yield ADDRESS, start, end
    for match in _EMAIL.finditer(text):
        yield EMAIL, *match.span()
    taken = list(_accounts(text))
    for start, end in taken:
        yield ACCOUNT, start, end
    for start, end in phones(text):
        if not any(start < stop and begin < end for begin, stop in taken):
            yield PHONE, start, end


def _accounts(text: str) -> Iterator[tuple[int, int]]:
    for match in _IBAN.finditer(text):
        end = _iban_end(match[0])
        if end:
            yield match.start(), match.start() + end
    for match in _CARD.finditer(text):
        if _adds_up(re.sub(r"\D", "", match[0])):
            yield match.span()
    for match in _SOCIAL.finditer(text):
        yield match.span()
    for match in _NAMED.finditer(text):
        digits = sum(character.isdigit() for character in match["number"])
        if digits >= _FEWEST_IN_ACCOUNT and _SAYS_WHOSE.match(match[0]):
            yield match.span("number")


def _iban_end(candidate: str) -> int:
    """How far an IBAN reaches into the candidate, by its check digits (ISO 13616, mod 97); 0 for none."""
    for end in range(len(candidate), 14, -1):
        plain = candidate[:end].replace(" ", "")
        if candidate[end - 1] != " " and len(plain) >= 15:
            turned = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
            if int(turned) % 97 == 1:
                return end
    return 0


def _adds_up(digits: str) -> bool:
    """Luhn's check of card numbers (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each telephone number: international, national, or said to be one."""
    for match in _PHONE.finditer(text):
        digits = sum(character.isdigit() for character in match[0])
        called = _CALLED.search(text[max(0, match.start() - 24) : match.start()]) is not None
        if not _DATE.fullmatch(match[0]) and _is_phone(match[0], digits, called=called):
            yield match.span()


def _is_phone(number: str, digits: int, *, called: bool) -> bool:
    if number.startswith("+") or called:
        return FEWEST_DIGITS <= digits <= 15
    if number[0] in "0(":
        return 7 <= digits <= 15
    return _GROUPED.fullmatch(number) is not None
