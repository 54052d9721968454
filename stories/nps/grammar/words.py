"""The words of the grammar itself."""

from __future__ import annotations

from babel import Locale

from stories.languages import KNOWN
from stories.nps.counts import Band
from stories.nps.periods import Unit

VERSUS = {
    "vs", "versus", "v", "against", "compared to", "compared with", "compare to", "in comparison to", "x",
}  # fmt: skip
BY = {"by", "per", "split by", "broken down by", "for each", "each", "grouped by", "group by", "across"}
EVERYBODY = {"everyone", "everybody", "overall", "all customers", "everyone together", "the whole company"}
TREND = {"trend", "trends", "over time", "trending", "history", "development", "chart", "graph"}
WORTH = {"worth", "value of a point", "what a point is worth", "correlation with", "correlate with"}
HELP = {"help", "?", "usage", "how do i ask", "what can i ask"}
VOICES = {
    "verbatims", "verbatim", "comments", "comment", "voices", "voice", "quotes", "quote", "words", "feedback",
    "what people say", "what they say", "what customers say",
}  # fmt: skip

BANDS = {
    "promoters": Band.PROMOTER, "promoter": Band.PROMOTER, "fans": Band.PROMOTER,
    "passives": Band.PASSIVE, "passive": Band.PASSIVE, "neutrals": Band.PASSIVE, "neutral": Band.PASSIVE,
    "detractors": Band.DETRACTOR, "detractor": Band.DETRACTOR, "critics": Band.DETRACTOR,
    "unhappy": Band.DETRACTOR,
}  # fmt: skip

IN_A_LANGUAGE = ("in", "written in")


def written_in() -> dict[str, str]:
    """The words that ask for comments in a language ("in german", "written in de"), with its code."""
    names = Locale.parse("en_GB").languages
    called = {str(names[code]).casefold(): code for code in KNOWN} | {code: code for code in KNOWN}
    called["norwegian"] = "nb"
    # "in it" and "in no" are English first.
    plain = {name: code for name, code in called.items() if name not in {"it", "is", "id", "he", "hi"}}
    return {f"{before} {name}": code for name, code in plain.items() for before in IN_A_LANGUAGE}


UNITS = {
    "weekly": Unit.WEEK, "monthly": Unit.MONTH, "quarterly": Unit.QUARTER, "yearly": Unit.YEAR,
    "annually": Unit.YEAR, "annual": Unit.YEAR, "daily": Unit.DAY, "week by week": Unit.WEEK,
    "month by month": Unit.MONTH, "quarter by quarter": Unit.QUARTER, "year by year": Unit.YEAR,
    "week on week": Unit.WEEK, "month on month": Unit.MONTH,
}  # fmt: skip

SCORE = {"nps", "score", "net promoter score", "net promoter"}

FILLER = {
    "a", "about", "all", "also", "am", "am i", "an", "and", "answer", "answers", "any", "anything",
    "are", "as", "asking", "at", "bad", "based", "be", "been", "better", "both", "but", "can",
    "change", "changed", "changing", "compare", "comparison", "could", "customer", "customers",
    "customers'", "did", "do", "does", "doing", "drop", "dropped", "during", "either", "ever",
    "exactly", "fall", "feel", "feeling", "fell", "for", "from", "get", "give", "go", "goes",
    "going", "good", "had", "happen", "happened", "happy", "has", "have", "hello", "hey", "hi",
    "high", "how", "however", "hows", "i", "id", "if", "in", "in terms of", "inside", "is", "it",
    "its", "just", "kindly", "know", "lately", "let", "like", "look", "look like", "looking",
    "looks", "low", "may i", "me", "move", "moved", "moving", "much", "my", "need", "next", "now",
    "of", "ok", "okay", "on", "one", "only", "or", "our", "ours", "over", "people", "please", "pls",
    "plz", "point", "points", "promoter score", "quite", "rating", "ratings", "really", "recently",
    "responses", "right", "rise", "rose", "said", "say", "saying", "see", "segment", "show", "so",
    "some", "something", "such", "tell", "than", "thank you", "thanks", "that", "the", "their",
    "them", "then", "there", "there's", "they", "think", "this", "thx", "to", "too", "up", "us",
    "vs.", "want", "was", "we", "went", "were", "what", "whats", "which", "who", "why", "will",
    "with", "within", "worse", "would", "you", "your",
}  # fmt: skip

DATE_PREPOSITIONS = {"in", "during", "for", "over", "of", "from", "within", "since"}
"""After one of these, words that name both a period and a segment mean the period."""

PERIOD_WORDS = {
    "last", "this", "past", "previous", "current", "since", "until", "between", "today", "yesterday",
    "week", "weeks", "month", "months", "quarter", "quarters", "year", "years", "days",
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december",
}  # fmt: skip
"""Words within a period, for putting typos right."""
