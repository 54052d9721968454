"""The page's own words: gettext, with English as it stands where no catalogue is installed."""

from __future__ import annotations

import gettext

_CATALOGUE = gettext.translation("playground", fallback=True)

_ = _CATALOGUE.gettext
ngettext = _CATALOGUE.ngettext


def words_for_script() -> dict[str, str]:
    """Return every sentence that the page's script shows, keyed by its English text."""
    sentences = (
        _("Sending…"),
        _("This could not be sent: {reason}"),
        _("The connection to the workspace was lost. Trying again…"),
        _("Connected again."),
        _("Please complete this required field."),
        _("Please enter a number."),
        _("Please enter a whole number."),
        _("Please enter {min} or more."),
        _("Please enter {max} or less."),
        _("Please enter at least {min} characters."),
        _("Please enter at most {max} characters."),
        _("Please enter a complete email address, such as ana@example.com."),
        _("Please enter a complete web address, starting with https://"),
        _("Nothing found."),
        _("Looking…"),
        _("The app could not be asked for choices."),
        _("Remove {name}"),
        _("Steps done: {done} of {all}"),
        _("The app did not answer within three seconds, so nothing is certain. Try again."),
        _("We had some trouble connecting. Try again?"),
        _("New message from {name}"),
        _("You are now {name}."),
        _("The workspace's clock now shows {time}."),
        _("Only visible to you"),
        _("Close"),
        _("Nobody is typing here but you: the page is ready."),
    )
    return {sentence: sentence for sentence in sentences}
