"""Every way in which a company is written: with and without its legal form, spaced or joined."""

from __future__ import annotations

import re
from functools import lru_cache

from stories.folding import Folded, fold
from stories.name_forms import Form, always, capitalised, edged, is_everyday, longest
from stories.patterns import late

_LEGAL_FORMS = """
    ab ag aps as asa bv co company corp corporation cv gbr gmbh group holding holdings inc incorporated kg
    kgaa kk limited llc llp ltd mbh nv ohg oy oyj plc pte pty pvt sa sarl sas se sl spa srl ug
"""
_LEGAL_WORDS = sorted(_LEGAL_FORMS.split(), key=len, reverse=True)
_LEGAL_WORD = rf"(?:{'|'.join(_LEGAL_WORDS)}|s\.p\.a|s\.a\.r\.l|s\.a|b\.v|n\.v|s\.l|e\.?v|&\ ?co)"
_LEGAL_TAIL = late(rf"(?:[\s,.&+]|and)+{_LEGAL_WORD}[.\s]*$")
_GAP = r"[\W_]{0,3}"


def short_name(company: str) -> str:
    """The folded name without its legal form and a leading "the": "acme" for "The ACME Co. Ltd."."""
    name = re.sub(r"^the\s+(?=\S)", "", fold(company).strip())
    while (shorter := _LEGAL_TAIL.sub("", name)) != name and shorter.strip():
        name = shorter
    return name.strip(" .,&")


def joined_name(company: str) -> str:
    """The short name's letters and digits in a row, as in a domain or a handle."""
    return re.sub(r"[\W_]", "", short_name(company))


@lru_cache(maxsize=2048)
def company_forms(company: str) -> tuple[Form, ...]:
    """The company's patterns; none for an empty name."""
    short = short_name(company)
    atoms = [atom for atom in re.split(r"[\W_]+", short) if atom]
    if not atoms:
        return ()
    body = rf"{_GAP.join(map(re.escape, atoms))}"
    tail = rf"(?P<legal>(?:[\s,.&+]{{1,3}}{_LEGAL_WORD}\b\.?){{0,3}})"
    # A digit at either end has no letter's edge: 3M is not in 13M.
    left = r"(?<!\d)" if short[0].isdigit() else ""
    expression = edged(rf"{left}(?P<article>the\s)?(?P<name>{body}){tail}")
    letters, needs = "".join(atoms), (longest(atoms),)
    if len(letters) <= 3 and company.isascii():
        return (Form(expression, _as_capitals, needs),)
    return (Form(expression, _named if is_everyday(letters) else always, needs),)


def _named(text: Folded, match: re.Match[str]) -> bool:
    """An everyday word is a company when its legal form follows or when it is written as a name."""
    if match["legal"]:
        return True
    bare = re.compile(re.escape(match["name"])).match(text.text, match.start("name"))
    return bare is not None and capitalised(text, bare)


def _as_capitals(text: Folded, match: re.Match[str]) -> bool:
    """Two or three letters are a company only in capitals: IT is not it."""
    start, end = match.span("name")
    return bool(match["legal"]) or all(text.upper[at] for at in range(start, end) if text.text[at].isalpha())
