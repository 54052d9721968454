"""Every sentence that people see, gathered from the code into the catalogues of `stories/locale`.

    python -m tools.words         brings every catalogue up to date with the code
    python -m tools.words fr      begins one for French

A sentence that the code no longer says goes; one that it says anew stands there without a translation.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

FOLDERS = ("bot", "stories")
CATALOGUES = "stories/locale"
_READERS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
_PROJECT = "Firsthand"
_WIDTH = 100


def extracted(root: Path) -> Catalog:
    """Every sentence of the code under `root`, with the files it stands in."""
    found = Catalog(project=_PROJECT, fuzzy=False)
    for folder in FOLDERS:
        sentences = extract_from_dir(root / folder, _READERS, comment_tags=["Translators:"])
        for path, _line, sentence, comments, context in sentences:
            # Lines are left out: they would change with every other change.
            place = [(f"{folder}/{Path(path).as_posix()}", 0)]
            found.add(sentence, locations=place, auto_comments=comments, context=context)
    for message in found:
        message.locations.sort()
    return found


def catalogues(root: Path) -> Iterator[Path]:
    """Every catalogue there is, in a steady order."""
    yield from sorted((root / CATALOGUES).glob("*.po"))


def read(path: Path) -> Catalog:
    """A catalogue; its language is the file's name."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem, domain="firsthand")


def written(catalogue: Catalog) -> bytes:
    """A catalogue as it stands in its file: in the order of the files that say its sentences."""
    text = io.BytesIO()
    write_po(
        text,
        catalogue,
        width=_WIDTH,
        sort_by_file=True,
        include_lineno=False,
        ignore_obsolete=True,
        omit_header=True,
    )
    return _head(catalogue) + text.getvalue()


def _head(catalogue: Catalog) -> bytes:
    """What a catalogue says of itself: without dates, which would make two of them differ for nothing."""
    lines = (
        'msgid ""\nmsgstr ""\n'
        f'"Project-Id-Version: {_PROJECT}\\n"\n'
        f'"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return lines.encode()


def brought_up_to_date(catalogue: Catalog, code: Catalog) -> Catalog:
    """The catalogue with the sentences of the code, each as it was translated where it was."""
    catalogue.update(code, no_fuzzy_matching=True)
    return catalogue


def main(codes: list[str]) -> int:
    """Begin catalogues for these languages, and bring all up to date."""
    root = Path.cwd()
    code = extracted(root)
    for wanted in codes:
        path = root / CATALOGUES / f"{Locale.parse(wanted)}.po"
        if not path.exists():
            path.write_bytes(written(brought_up_to_date(Catalog(locale=wanted, fuzzy=False), code)))
    for path in catalogues(root):
        catalogue = brought_up_to_date(read(path), code)
        path.write_bytes(written(catalogue))
        missing = sum(not is_translated(message) for message in catalogue if message.id)
        print(f"{path.stem}: {len(catalogue)} sentences, {missing} to translate")
    return 0


def is_translated(message: Message) -> bool:
    """Whether it has words in the catalogue's language, in every form that a number asks for."""
    said = message.string
    return bool(said) if isinstance(said, str) else bool(said) and all(said or ())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
