"""The words that notes put in front of things: a person, a role, or a part of the notes."""

from __future__ import annotations

from stories.folding import fold
from stories.patterns import late

_OUR_ROLES = """
    interviewer interviewers host hosts co-host cohost moderator facilitator researcher us me we i q question
    questions note-taker notetaker support agent pm designer presenter
"""
_THEIR_ROLES = """
    customer customers client interviewee interviewees participant participants user guest guests respondent
    contact they them a prospect buyer caller
"""
OUR_ROLES = frozenset(_OUR_ROLES.split())
THEIR_ROLES = frozenset(_THEIR_ROLES.split())
_NOBODYS = frozenset({"q", "question", "questions", "a", "response", "answer", "answers", "reply", "comment"})
_CROWDS = frozenset(
    {"audience", "audience member", "speaker", "speakers", "panelist", "panelists", "everyone", "all"}
)
_NUMBERED = late(r"(?P<role>[^\W\d_]+)[\s#]*\d{1,2}")

_OUR_LISTS = late(
    r"(?:interviewers?|hosts?|hosted by|facilitators?|moderators?|researchers?|note[ -]?takers?"
    r"|interviewed by|conducted by|our (?:team|side)|from us|us|team|by|author)",
)
_THEIR_LISTS = late(
    r"(?:customers?|customer names?|clients?|interviewees?|participants?|guests?|users?|contacts?"
    r"|respondents?|with|who|name|(?:talked|spoke|speaking) (?:to|with)|interview(?:ed)?(?: with)?"
    r"|call with)",
)
_MIXED_LISTS = late(r"(?:attendees|people|present|in the room|speakers)")

_NOT_PEOPLE = """
    access action actions additional agenda analysis answer answers applause assumption assumptions
    audience background body budget call challenge challenges channel clients closing comments company
    concept conclusion consent contents context conversation date day decision decisions demo
    description detail details documentation email episode error errors example examples expectation
    facts fax feedback finding findings follow-up followup format goal goals hypothesis idea ideas
    impact industry insight insights interview intro introduction introductions issue issues key
    language laughter learning learnings length link links location meaning medium method mission
    motivation music needs next note notes nps objective objectives observation observations opening
    opportunity outcome outcomes overview pain panel part phone place plan priority problem problems
    process product project prototype purpose question questions quote quotes rating re reason
    recommendation recommendations recommended recording related relevant rephrasings requirements
    response responses result results risk risks role score section segment servers session setup
    severity show size solution source staff start status step steps subject suggestion summary supporting
    system tags takeaway takeaways task tasks team teams teaser theme themes time title tldr todo tool tools
    topic topics total transcript transition type update url value version warning webinar website week
    welcome why work workflow
"""
_NOT_NAMES = frozenset(_NOT_PEOPLE.split())
_BETWEEN_NAMES = "van von der den de del da di dos du la le bin ibn al el ter ten"
_PARTICLES = frozenset(_BETWEEN_NAMES.split())
_NAME_WORD = late(r"[^\W\d_][\w'’.\-]*")
_CASELESS = late(r"[\u0590-\u06ff\u0e00-\u0eff\u3040-\u9fff\uac00-\ud7ff]")


def role_side(name: str) -> str | None:
    """Whose role it is ("Interviewer", "Participant 3"): "us", "customer", "unknown"; None for a name."""
    plain = fold(name).strip(" .")
    numbered = _NUMBERED.fullmatch(plain)
    role = numbered["role"] if numbered else plain
    if role in OUR_ROLES:
        return "us"
    if role in THEIR_ROLES or (numbered is not None and role == "p"):
        return "customer"
    return "unknown" if role in _CROWDS or role in _NOBODYS else None


def is_nobody(name: str) -> bool:
    """Whether a label says that somebody speaks but not who, such as "Response"."""
    numbered = _NUMBERED.fullmatch(fold(name))
    return (numbered["role"] if numbered else fold(name)) in _NOBODYS


def list_side(label: str) -> str | None:
    """Whose names a labelled line lists: "us", "customer" or "unknown"; None for other labels."""
    plain = fold(label).strip(" .?").replace("_", " ")
    for side, pattern in (("customer", _THEIR_LISTS), ("us", _OUR_LISTS), ("unknown", _MIXED_LISTS)):
        if pattern.fullmatch(plain):
            return side
    return None


def is_name(text: str) -> bool:
    """Whether the words look like somebody's name: up to four, with capitals, none the name of a part."""
    words = text.replace("(", " ").replace(")", " ").split()
    if not 1 <= len(words) <= 4 or len(text) > 40 or not all(_NAME_WORD.fullmatch(word) for word in words):
        return False
    if any(_names_no_person(fold(word).strip(".")) for word in words):
        return False
    cased = [word for word in words if fold(word) not in _PARTICLES]
    return bool(cased) and all(word[0].isupper() or _CASELESS.match(word) for word in cased)


def _names_no_person(word: str) -> bool:
    return (
        word in _NOT_NAMES or word in OUR_ROLES - {"i"} or word in THEIR_ROLES - {"a"} or word.endswith("'s")
    )
