"""Catching a customer's name inside text before it is shown without name.

What is caught: the whole name in either order, given name or surname alone, initials ("M. Ortega",
"Marta O.", "M.O."), one of the names beside a misspelling of the other, with titles and possessives,
whatever the case, the accents, the hyphens and apostrophes, and with invisible characters between the
letters; the same inside handles, links and e-mail addresses; the company with and without its legal form.
Every e-mail address and phone number goes too, whosever it is. Everyday names: `stories.everyday_words`.

What is not: nicknames and misspellings by themselves (put them into `others`), bare initials without dots
("MO"), a company's acronym, and Latin-script names bent by a grammar beyond a final s.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from stories.company_forms import company_forms
from stories.everyday_words import starts_sentence
from stories.folding import Folded, fold, folded
from stories.identifiers import gives_away
from stories.identity_numbers import FEWEST_DIGITS, phones
from stories.language import _
from stories.name_forms import Form, always, person_forms
from stories.patterns import late
from stories.values import dataclass

_PERSON, _COMPANY, _PHONE, _LINK, _EMAIL = range(5)

_EMAILS = late(
    r"<?(?:mailto:)?[\w.+%'-]{1,64}(?:@|\s?[\[(]\s?at\s?[\])]\s?)[\w-]+(?:\.[\w-]+)+(?:\|[^>\n]{0,200}>|>)?"
)
_LINKS = late(
    r"<?(?:https?://|www\.)[^\s<>|]+(?:\|[^>\n]{0,300})?>?"
    r"|(?<![\w@.])(?:[\w-]+\.)+(?:com|org|net|io|co|de|uk|fr|eu|ai|app|dev|info|biz|ch|at|nl|es|it|se|no|dk|fi|pl|us|ca|au)\b"
    r"(?:/[^\s<>|]*)?"
)
_HANDLES = late(r"(?<![\w@])@(?!u[a-z0-9]{7,})[^\W_][\w.\-]*\w")
_BETWEEN_PARTS = late(
    r"[ \t_-]{0,3}"
    r"(?:(?:van|von|der|den|de|del|della|di|da|dos|das|du|la|le|el|al|bin|ibn|ten|ter)[ \t-]){0,3}"
)
# What addresses, domains and telephone numbers cannot be without: most texts hold none of it.
_AT = late(r"[\[(]\s?at")
_DOTTED = late(r"\.[a-z]{2}")
_DIGIT = late(r"[0-9]")
_ROUNDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesOf:
    """What a customer must not be recognised by: names as people write them, empty where unknown.

    `others` are further names for the same person: a nickname, a maiden name.
    """

    full_name: str
    company: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    kind: int


def hide_names(text: str, names: NamesOf, *, alias: str) -> str:
    """The text with the person as `alias`, the company as "their company", addresses and numbers masked.

    In a language that bends its nouns and articles these stand in square brackets, as no case fits them all.
    An alias that itself contains the name gives way to "a customer". Text that cannot be made safe comes
    back as an ellipsis, never as it was. A name equal to the alias is no secret and stays.
    """
    secret = _without_alias(names, alias)
    for strict in (False, True):
        for _round in range(_ROUNDS):
            hits = _hits(text, secret, strict=strict)
            if not hits:
                return text
            stand_in = _harmless((alias, _("a customer"), "…"), secret)
            company = _harmless((_("their company"), "…"), secret)
            text = _replaced(text, hits, stand_in, company)
        if not contains_name(text, secret):
            return text
    return "…"


def may_hold(text: str, names: NamesOf, *, alias: str) -> bool:
    """Whether `hide_names` could find anything in it: a quick look, also at several texts, a line each.

    Where it finds nothing in all of them together, there is nothing in any.
    """
    return _possible(fold(text), _without_alias(names, alias))


def contains_name(text: str, names: NamesOf) -> bool:
    """Whether the person or the company can be read in the text, in any of the forms above."""
    return any(_names_somebody(text, hit, names) for hit in _hits(text, names))


def name_spans(text: str, names: NamesOf) -> tuple[tuple[int, int, bool], ...]:
    """Where the person or the company can be read in the text: start, end, and whether it is the company."""
    return tuple(
        (hit.start, hit.end, hit.kind == _COMPANY)
        for hit in _hits(text, names)
        if _names_somebody(text, hit, names)
    )


def _without_alias(names: NamesOf, alias: str) -> NamesOf:
    if _compared(names.full_name) != _compared(alias):
        return names
    return NamesOf(full_name="", company=names.company, others=names.others)


def let_go() -> None:
    """Forget the names that were looked for: somebody of that name may have been erased."""
    for kept in (_compared, _harmless, _needed):
        kept.cache_clear()


@lru_cache(maxsize=4096)
def _compared(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


@lru_cache(maxsize=4096)
def _harmless(candidates: tuple[str, ...], names: NamesOf) -> str:
    return next((c for c in candidates if c.strip() and not contains_name(c, names)), "…")


def _names_somebody(text: str, hit: _Hit, names: NamesOf) -> bool:
    if hit.kind in {_PERSON, _COMPANY}:
        return True
    return hit.kind != _PHONE and gives_away(fold(text[hit.start : hit.end]), names)


def _hits(text: str, names: NamesOf, *, strict: bool = False) -> list[_Hit]:
    """Everything to hide, left to right without overlaps, as slices of the original text."""
    # Where each letter came from is asked for texts that hold something alone: most hold nothing.
    if not _possible(fold(text), names):
        return []
    view = folded(text)
    found = [*_addresses(view, names), *_phones(view)]
    for name in (names.full_name, *names.others):
        found += _matches(view, person_forms(name), _PERSON, strict=strict)
    found += _matches(view, company_forms(names.company), _COMPANY, strict=strict)
    apart = _apart(sorted(found, key=lambda hit: (hit.start, -hit.end)))
    return [_Hit(*view.span(hit.start, hit.end), hit.kind) for hit in _joined(view.text, apart)]


def _possible(text: str, names: NamesOf) -> bool:
    """Whether anything is there that a name, an address or a number cannot do without."""
    if any([part in text for part in _needed(names)]):  # noqa: C419 quicker than one after the other
        return True
    at = "@" in text or (("[" in text or "(" in text) and _AT.search(text))
    return bool(at or "//" in text or "www." in text or _DOTTED.search(text)) or _has_digits(text)


@lru_cache(maxsize=4096)
def _needed(names: NamesOf) -> tuple[str, ...]:
    forms = [form for name in (names.full_name, *names.others) for form in person_forms(name)]
    forms += company_forms(names.company)
    return tuple({part for form in forms for part in form.needs})


def _has_digits(text: str) -> bool:
    return len(_DIGIT.findall(text)) >= FEWEST_DIGITS


def _matches(view: Folded, forms: Iterable[Form], kind: int, *, strict: bool) -> list[_Hit]:
    return [
        _Hit(*match.span(), kind)
        for form in forms
        if any(part in view.text for part in form.needs)
        for match in form.pattern(view.text).finditer(view.text)
        if (always if strict else form.holds)(view, match)
    ]


def _addresses(view: Folded, names: NamesOf) -> list[_Hit]:
    text = view.text
    found: list[_Hit] = []
    if "@" in text or _AT.search(text):
        found += [_Hit(*match.span(), _EMAIL) for match in _EMAILS.finditer(text)]
    for pattern, kind, possible in (
        (_LINKS, _LINK, "//" in text or "www." in text or _DOTTED.search(text)),
        (_HANDLES, _PERSON, "@" in text),
    ):
        matches = pattern.finditer(text) if possible else ()
        found += [_Hit(*match.span(), kind) for match in matches if gives_away(match[0], names)]
    return found


def _phones(view: Folded) -> list[_Hit]:
    if not _has_digits(view.text):
        return []
    return [_Hit(start, end, _PHONE) for start, end in phones(view.text)]


def _apart(hits: list[_Hit]) -> list[_Hit]:
    """Overlapping hits as one, of the kind that hides most."""
    kept: list[_Hit] = []
    for hit in hits:
        if kept and hit.start < kept[-1].end:
            last = kept.pop()
            longer = hit if hit.end - hit.start > last.end - last.start else last
            kind = max(hit.kind, last.kind) if max(hit.kind, last.kind) >= _PHONE else longer.kind
            hit = _Hit(last.start, max(last.end, hit.end), kind)
        kept.append(hit)
    return kept


def _joined(text: str, hits: list[_Hit]) -> list[_Hit]:
    """Parts of one name side by side ("Marta Ortega", "Anneke van der Meulen") as one."""
    kept: list[_Hit] = []
    for hit in hits:
        if kept and kept[-1].kind == hit.kind and _BETWEEN_PARTS.fullmatch(text, kept[-1].end, hit.start):
            hit = _Hit(kept.pop().start, hit.end, hit.kind)
        kept.append(hit)
    return kept


def within_text(words: str) -> str:
    """What stands in place of a name, as it is read in the middle of somebody's sentence."""
    # Translators: in place of a name within any sentence; "[{words}]" where articles bend with the case.
    return words if words.startswith("[") else _("{words}").format(words=words)


def _replaced(text: str, hits: list[_Hit], alias: str, company: str) -> str:
    words = {
        _PERSON: within_text(alias),
        _COMPANY: within_text(company),
        _PHONE: _("[phone number]"),
        _LINK: _("[link]"),
        _EMAIL: _("[e-mail address]"),
    }
    pieces, done = [], 0
    for hit in hits:
        word = words[hit.kind]
        if text[hit.start].isupper() and starts_sentence(text, hit.start):
            word = word[0].upper() + word[1:]
        pieces += [text[done : hit.start], word]
        done = hit.end
    return "".join(pieces) + text[done:]
