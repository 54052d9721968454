"""How every page that a browser shows is put together: escaped, complete, in the language at hand."""

from __future__ import annotations

from jinja2 import BaseLoader, Environment, StrictUndefined

from bot.web_language import apart
from stories.language import gettext, ngettext
from stories.speaking import direction, written_as


def templates(loader: BaseLoader) -> Environment:
    """Templates from there. What they are given is escaped, and what they are not given is an error."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]  # the extension's
    made.filters["apart"] = apart
    made.globals |= {"written_as": written_as, "direction": direction}
    return made
