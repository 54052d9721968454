"""Names that are also ordinary English words, and telling the two apart by how they are written.

A name such as Ortega is a name however it is written. "will", "may" and "grace" are mostly words. The
rule for those, decided so that hiding too much is the likelier mistake (an author sees it in the preview,
a customer whose name got out cannot take it back):

- in lower case they are words, unless the surname or an initial stands beside them;
- with a capital in the middle of a sentence they are the name, except a month after "in", "since" or
  beside a number ("in May", "May 2024"), and except in a heading whose next word has a capital too and
  is a pronoun or an article ("How Will It Scale");
- with a capital at the start of a sentence they are the name, unless the next word is a pronoun, an
  article or the like ("Will you come?"); short function words ("An", "So") only before a verb of saying.

Names of two letters ("Jo", "Li") are treated the same way.
"""

from __future__ import annotations

import re

from stories.folding import Folded


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


EVERYDAY = _words(
    """
    abbey able ace acre adder agate alder alpine amber angel apple april arch archer art ash aspen aster
    aurora autumn baby badger baker ball banks bar barber bark barn baron barrow basil bass bay bean bear beck
    bell belle berry best bill birch bird bishop blaze bliss block bloom blossom blue bond book booth bounty
    bow box branch brandy brave bravo breeze briar brick bridge brook brooks brown buck bud bush butcher
    butler butter call can candy cane canon care carol carpenter carrier carter case cash castle cedar chance
    charity chase chip chuck church clay clerk cliff close cloud coin coke cook cooper coral cotton crane
    cross crow crown crystal curry daily daisy dale dash dawn day dean dear diamond dick dolly don dove drake
    draper drew duke dusk dusty dyer earl early east easter ebony echo eden elder ember english eve ever faith
    falcon fall farmer fast fawn fern field finch fisher flint flora flower ford forest forge forrest fortune
    foster fountain fox frank free freed french friend frost gable gale gardener garland garnet gay gem
    genesis gift gill glass glory golden good grace grant graves gray green grey griffin ground grove guest
    gun guy hale hall hand happy hardy harmony harp hart harvest haven hawk hay hazel head heath heather
    heaven hill holiday holly home honey honor honour hook hope hopper horn house hunt hunter ice iris iron
    island ivory ivy jack jade jasmine jasper jay jean jet jewel joy judge july june juniper justice keen key
    kind king kip kit knight knot lace lake lamb lance land lane large lark laurel law lawn lawyer lead leaf
    lee lemon less lilac lily link lion little loch long lord lot love low lucky lux lyric mace major mall man
    many maple march marina mark market marsh marshal mason mat max may mead meadow melody mercy merit merry
    miles mill miller mine minor mint miracle misty mole moon moor moss myrtle new nice nick night noble norm
    north nova oak oakley ocean olive olympia opal orchid page paint palm pansy park parker parks parson
    parsons pat patience peace peach peak pearl pepper pierce pike pine piper plain plum pole pool poppy
    porter post potter pound power precious price pride priest prince prior prosper prudence queen quick quill
    rain raven ray read reason red reed reef reeve rice rich ridge ring rio rise rite river rivers road rob
    robin rock rocky rod roll roman rose rosemary row royal ruby rue rush russet rusty sage sail sailor salt
    sand sandy sapphire savage saw sawyer scarlet school scout sea seal self senior serenity shade shaw shell
    shepherd ship shore short show sierra silver singer sky slack small smart snow sole song sparrow spear
    spice spring spruce square star stark steel sterling stern stone storm street strong sue sugar summer
    summers sun sunday sunny swan sweet swift tab tanner target teal temple thorn thyme tiger tile tiller
    timber time tome tone topaz town trace tree trinity trout true tulip turner twist tyre unity usher vale
    valentine van vast venture verity vice victory vine viola violet virtue vivid wade walker wall walnut ward
    ware warm water waters way weather weaver web webster well wells west wheat wheeler white wild will willow
    win winter winters wise wish wolf wood woods worth wren yard york young zest zoom
    """
)
"""Given names and surnames that English uses as words; a name missing here is simply hidden everywhere."""

FUNCTION_WORDS = _words(
    """
    a am an and any are as at be but by do for go had has he her him his how if in is it its ma me my no not
    of off on or our out she so than that the then they this to up us was we were who why yes you
    """
)

_MONTHS = frozenset({"april", "august", "july", "june", "march", "may"})
_BEFORE_A_MONTH = frozenset(
    {"during", "early", "in", "last", "late", "mid", "next", "since", "till", "until"}
)
_AFTER_A_WORD = _words(
    """
    a an any anybody anyone anything be each every he her his i it its my no nobody not of one our she some
    somebody someone that the their them there these they this those us we what whether which who you your
    """
)
_SAYING = frozenset(
    {
        "asked",
        "asks",
        "explained",
        "mentioned",
        "said",
        "says",
        "tells",
        "thinks",
        "told",
        "wants",
        "writes",
        "wrote",
    }
)
_WORD_BEFORE = re.compile(r"([^\W_]+)[\s.\-]*$")
_WORD_AFTER = re.compile(r"\s+([^\W_]+)")
_NUMBER_BESIDE = re.compile(r"[\s,.]{0,2}\d")
_NUMBER_BEFORE = re.compile(r"\d(?:st|nd|rd|th)?\s(?:of )?$")
_OPENING = "\"“”„«»'()[]{}*_~>•-# \t"


def reads_as_name(text: Folded, start: int, end: int) -> bool:
    """Whether the everyday word at `start`:`end` of the folded text is written as a name (rule above)."""
    if not text.upper[start]:
        return False
    word = text.text[start:end]
    if word in _MONTHS and _is_date(text.text, start, end):
        return False
    after = _WORD_AFTER.match(text.text, end)
    follower = after[1] if after else ""
    if starts_sentence(text.text, start, ".!?:;\n\r"):
        return follower in _SAYING if word in FUNCTION_WORDS else follower not in _AFTER_A_WORD
    heading = after is not None and text.upper[after.start(1)] and follower != "i"
    return not (heading and follower in _AFTER_A_WORD)


def starts_sentence(text: str, start: int, after: str = ".!?\n\r") -> bool:
    """Whether what begins at `start` begins a sentence, a line or the whole text."""
    before = text[max(0, start - 40) : start].rstrip(_OPENING)
    return not before or before[-1] in after


def _is_date(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 20) : start]
    word = _WORD_BEFORE.search(before)
    beside = _NUMBER_BESIDE.match(text, end) or _NUMBER_BEFORE.search(before)
    return bool(beside) or (word is not None and word[1] in _BEFORE_A_MONTH)
