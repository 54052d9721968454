"""Pieces of the patterns by which questions are told apart: lists of words as alternatives."""

from __future__ import annotations

import re

from stories.patterns import late


def any_of(words: str) -> str:
    """Words with spaces between them as alternatives of a pattern; an underscore is a space."""
    return "(?:" + "|".join(word.replace("_", " ") for word in words.split()) + ")"


def found_in(*patterns: str) -> re.Pattern[str]:
    """One pattern that finds what any of these does, in words laid out by `stories.hints.plain`."""
    return late("|".join(patterns))


AUX = any_of("is are was were do does did has have had can could will would should")
"""What a question to be answered with yes or no begins with."""

WH = any_of("what how why when where which who")
"""What an open question begins with."""

THEY = any_of("it that this they we you he she there i")
SUBJECT = any_of("it that this they we you he she there i the your our any those these")
