"""Amounts of money as lists write them: "12,000", "€ 12.000,50", "USD 1'200"."""

from __future__ import annotations

import re

from stories.language import _

_SYMBOLS = {"€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "zł": "PLN", "US$": "USD", "$": "USD"}
"""A dollar alone is taken for the US one, and shown so before anything is taken in."""

_CODE = re.compile(r"(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")
_GROUPED = re.compile(r"(?!0\D)\d{1,3}(?:(?P<mark>[.,' \u00a0\u202f’])\d{3})(?:(?P=mark)\d{3})*")
_NUMBER = re.compile(r"(?P<whole>[\d.,' \u00a0\u202f’]*\d)")


def currency_in(text: str) -> str:
    """The currency that a text names by its code or its sign (ISO 4217); "" for none."""
    found = _CODE.search(text)
    if found and found[0].upper() in KNOWN:
        return found[0].upper()
    return next((code for sign, code in _SYMBOLS.items() if sign in text), "")


def amount_in(text: str) -> str:
    """The number in a text as digits with a point ("12000.50"). Raises ValueError for anything else.

    Three digits after the only mark are thousands: nobody writes a worth in thousandths.
    """
    bare = text
    for named in (*_SYMBOLS, *_CODE.findall(text)):
        bare = bare.replace(named, " ")
    bare = bare.strip()
    if not _NUMBER.fullmatch(bare):
        raise ValueError(_("a number such as 12000 or 12,000.50"))
    whole, cents = _split(bare)
    digits = re.sub(r"\D", "", whole)
    if not digits or (re.search(r"\D", whole) and not _GROUPED.fullmatch(whole)):
        raise ValueError(_("a number such as 12000 or 12,000.50"))
    return f"{digits}.{cents}" if cents else digits


def _split(number: str) -> tuple[str, str]:
    """What stands before and behind the decimal mark; "" behind where there is none."""
    last = max(number.rfind("."), number.rfind(","))
    behind = number[last + 1 :]
    alone = last >= 0 and number.count(number[last]) == 1
    thousands = len(behind) == 3 and _GROUPED.fullmatch(number) is not None
    if not alone or thousands or not behind.isdigit():
        return number, ""
    return number[:last], behind


_CODES = """
    AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KES KRW MAD MXN
    MYR NGN NOK NZD PEN PHP PKR PLN RON RSD SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR
    """
KNOWN = frozenset(_CODES.split())
"""The currencies whose codes are looked for in a list; "ARR" and "MRR" are none."""
