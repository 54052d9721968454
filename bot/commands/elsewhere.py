"""Words that are understood in Slack and typed at a terminal: where each belongs."""

from __future__ import annotations

from bot.settings import Settings, SettingsError, load_settings

HERE = {
    "digest": "firsthand deliveries --posted",
    "help": "firsthand --help",
    "interview": "firsthand interviews import",
    "settings": "firsthand setup",
    "status": "firsthand doctor, and firsthand deliveries",
}
"""What comes nearest at the terminal; nothing does to the other words."""


def hint(word: str) -> str:
    """Where a word belongs that is no command at the terminal; empty for one that Slack has not either."""
    found = in_slack().get(word.removeprefix("/"))
    if not found:
        return ""
    here = HERE.get(word.removeprefix("/"))
    return f"In Slack: {found}." + (f" Here: {here}." if here else "")


def in_slack() -> dict[str, str]:
    """The first word of everything that can be typed in Slack, to the whole of it."""
    # Nobody else at a terminal needs what answers Slack: it takes a second to read.
    from bot.listeners.channel_command import WORDS as OF_CHANNELS
    from bot.listeners.stories import WORDS as OF_STORIES

    names = _names()
    own = {one.removeprefix("/"): one for one in names.values()}
    stories = {word: f"{names['stories']} {word}" for word in OF_STORIES}
    channels = {
        word.partition(" ")[0]: f"{names['channel']} {word}" for word in reversed(OF_CHANNELS) if word
    }
    return stories | channels | own


def _names() -> dict[str, str]:
    """How the slash commands are called here, by what they are about."""
    fields = {
        name: name[len("firsthand_") : -len("_command")]
        for name in Settings.model_fields
        if name.endswith("_command")
    }
    try:
        settings = load_settings()
    except SettingsError:
        return {short: str(Settings.model_fields[name].default) for name, short in fields.items()}
    return {short: str(getattr(settings, name)) for name, short in fields.items()}
