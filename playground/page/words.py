"""The page's own words: gettext, with English as it stands where no catalogue is installed."""

from __future__ import annotations

import gettext

_CATALOGUE = gettext.translation("playground", fallback=True)

_ = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext


def words_for_script() -> dict[str, str]:
    """Return every sentence that the page's script shows, keyed by its English text."""
    sentences = (
        _("The connection to the workspace was lost. Trying again…"),
        _("Connected again."),
        _("Nothing found."),
        _("Looking…"),
        _("The app could not be asked for choices."),
        _("Remove {name}"),
        _("Steps done: {done} of {all}"),
        _("Type {count} or more letters to search."),
        _("New message from {name}"),
        _("You are now {name}."),
        _("The workspace's clock now shows {time}."),
        _("{count} to choose from with the arrow keys, Tab takes one"),
        _("Shortcuts"),
        _("Commands"),
        _("Reply in thread"),
        _("Add a reaction"),
        _("Pin to this conversation"),
        _("Un-pin from here"),
        _("Edit message"),
        _("Delete message"),
        _("From the app"),
        _("Find an emoji"),
        _("{count} files are ready to be sent"),
        _("Yes"),
        _("Cancel"),
    )
    return {sentence: sentence for sentence in sentences}
