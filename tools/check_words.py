"""Does every sentence that people see go through gettext, in a form that translators can work with?

Looked at are the places where a sentence is certain to be shown: the message of a `UserError`, the
text-bearing arguments of builders (`text=`, `title=`, `label=` …, what a section, a button or a choice says),
and the prose of templates. In calls of
gettext itself the sentence has to be a literal, and its placeholders named.
"""

from __future__ import annotations

import ast
import re
import string
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from tools.sources import Module, Problem, read, report

FOLDERS = ("bot", "stories")
SHOWN_ARGUMENTS = {
    "text",
    "title",
    "label",
    "placeholder",
    "hint",
    "alt_text",
    "submit",
    "close",
    "confirm",
    "deny",
}
SHOWN_FIRST = {"UserError", "section", "header", "button", "option", "plain", "modal", "done_modal", "said"}
SHOWN_ALL = {"context", "confirm"}
SHOWN_SECOND = {"text_input", "input_block", "done_modal"}
"""Builders by which of their arguments are sentences: the first, all of them, the second."""

SAID_AS_IT_IS = {"Firsthand", "NPS"}
"""What is the same in every language."""
LEFT_OUT = {
    "stories/language.py": "gettext itself",
    "bot/operating/setup_terminal.py": "asks an operator, in English alone",
    "bot/operating/setup_telling.py": "the same",
}
"""Modules that are not looked at, and why."""

GETTEXT = {"_": 1, "gettext": 1, "ngettext": 2}
"""A gettext call to the number of sentences it takes."""

_FILLED_IN = "\x00"
"""What stands in a page where something is filled in, even within a tag."""

_TAG = re.compile(r"<[^<>]*>|\x00|·|&\w+;")
_READ_OUT = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"\x00]+)"')
_SENTENCE = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]{2,}")


def check(root: Path) -> list[Problem]:
    """Every sentence under `root` that a translator would not find."""
    present = [folder for folder in FOLDERS if (root / folder).is_dir()]
    modules = [module for module in read(root, present) if module.path not in LEFT_OUT]
    problems = [problem for module in modules for problem in in_module(module)]
    for path in sorted((root / "bot").rglob("*.j2")):
        problems += in_template(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    return problems


def in_module(module: Module) -> Iterator[Problem]:
    """The sentences of one module that are shown but not translated, or not translatable."""
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
        if name in GETTEXT:
            yield from (module.problem(node, text) for text in _gettext_faults(node, GETTEXT[name]))
            continue
        shown = [keyword.value for keyword in node.keywords if keyword.arg in SHOWN_ARGUMENTS]
        shown += node.args[:1] if name in SHOWN_FIRST else []
        shown += node.args[1:2] if name in SHOWN_SECOND else []
        shown += node.args if name in SHOWN_ALL else []
        for value in shown:
            if sentence := _bare_sentence(value):
                yield module.problem(value, f"people see “{sentence}”: wrap it in _(…)")


def in_template(name: str, source: str) -> Iterator[Problem]:
    """The words of a template that stand outside `{{ _("…") }}` and `{% trans %}`."""
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=False)  # noqa: S701 — read, never rendered
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError as error:
        yield Problem(name, error.lineno, f"does not parse: {error.message}")
        return
    for line, said in _said(list(tree.find_all(nodes.TemplateData)), html=".html" in name):
        yield Problem(name, line, f"people see “{said[:60]}”: wrap it in {{{{ _(…) }}}}")


def _said(pieces: list[nodes.TemplateData], *, html: bool) -> Iterator[tuple[int, str]]:
    """The words that stand in a template as they are, each with its line; of tags what is read out."""
    if not html:
        yield from ((piece.lineno, piece.data.strip()) for piece in pieces if _WORD.search(piece.data))
        return
    whole = _FILLED_IN.join(piece.data for piece in pieces)
    shown = [found for found in _READ_OUT.findall(whole) if _WORD.search(found)]
    shown += [text.strip() for text in _TAG.sub("\n", whole).split("\n") if _WORD.search(text)]
    yield from ((0, one) for one in shown if one not in SAID_AS_IT_IS)


def _gettext_faults(call: ast.Call, sentences: int) -> Iterator[str]:
    for value in call.args[:sentences]:
        if not (isinstance(value, ast.Constant) and isinstance(value.value, str)):
            yield "a sentence for translation has to be written out: no variable, no f-string"
            continue
        try:
            names = [name for _, name, _, _ in string.Formatter().parse(value.value) if name is not None]
        except ValueError:
            yield f"“{value.value[:60]}” has braces that are not placeholders: double them"
            continue
        if any(not name or name[0].isdigit() for name in names):
            yield f"“{value.value[:60]}” has a placeholder without a name"


def _bare_sentence(value: ast.expr) -> str | None:
    """The sentence of a literal or an f-string, shortened; None for a single word, a variable or a call."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        text = value.value
    elif isinstance(value, ast.JoinedStr):
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in value.values)
    else:
        return None
    return text[:60] if _SENTENCE.search(text) else None


def main() -> int:
    """Check the repository in the current folder."""
    return report("Sentences and gettext", check(Path.cwd()))


if __name__ == "__main__":
    sys.exit(main())
