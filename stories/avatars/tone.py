"""Does somebody speak for something or against it? By plain English words, and only to choose both.

It is never shown: a word list misreads irony, and nobody's words get a label that they did not choose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?")
_FOR = """
love loved loves like great good easy easier easily happy glad helpful helps helped useful works worked worth
would yes finally faster quick quicker recommend saves saved perfect nice better gladly sure enjoy simple
trust wish want
"""
_AGAINST = """
hate hated never no not nothing cannot can't couldn't won't wouldn't don't doesn't didn't isn't wasn't bad
worse worst slow slower hard harder difficult confusing annoying expensive fail failed fails broken broke lost
lose refused impossible useless wrong problem problems waste wasted stopped without gave cancel cancelled
unfortunately too nobody
"""
_SPEAKS_FOR, _SPEAKS_AGAINST = frozenset(_FOR.split()), frozenset(_AGAINST.split())


def tone(words: str) -> int:
    """1 for words that speak for something, -1 against, 0 where neither outweighs."""
    said = [word.replace("’", "'") for word in _WORD.findall(words.lower())]
    balance = sum(word in _SPEAKS_FOR for word in said) - 2 * sum(word in _SPEAKS_AGAINST for word in said)
    return (balance > 0) - (balance < 0)


def both_sides(ranked: Sequence[str], *, most: int) -> tuple[int, ...]:
    """The places of the first `most`, of which the last gives way where only that lets both sides speak."""
    chosen = list(range(min(most, len(ranked))))
    heard = {tone(ranked[at]) for at in chosen}
    for missing in (1, -1):
        if missing in heard or -missing not in heard or len(chosen) < 2:
            continue
        other = next((at for at in range(most, len(ranked)) if tone(ranked[at]) == missing), None)
        if other is not None:
            chosen[-1] = other
    return tuple(chosen)
