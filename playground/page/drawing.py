"""Draws what a person sees as HTML: lists of messages, the sidebar, the app's Home, the modal on top."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from playground.model import Channel, User, View
from playground.page.blocks import environment, render_blocks
from playground.page.emoji import emoji_character
from playground.page.mrkdwn import mrkdwn
from playground.page.present import Item, as_typed, avatar_of, reading_for
from playground.page.rooms import sidebar
from playground.workspace import Workspace

#: Messages whose HTML is kept: enough for what a few hundred open pages show.
KEPT = 20_000

#: Where one of these stands in a message, each reader sees it differently: names of private channels, files,
#: buttons for some. Readers of all others with the same time zone and language share one drawing.
PERSONAL = ("<#", "'channel_id'", "'initial_c", "visible_to_user_ids", "'mimetype'")

Json = dict[str, Any]


class Drawing:
    """Draws one workspace's page; what a message looked like is kept until it changes."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: OrderedDict[tuple[str, ...], str] = OrderedDict()

    def messages(self, viewer: User, items: Iterable[Item], *, in_thread: bool = False) -> list[Json]:
        """Return `{key, html}` for each message, in order."""
        return [{"key": item.message.ts, "html": self._message(viewer, item, in_thread)} for item in items]

    def _message(self, viewer: User, item: Item, in_thread: bool) -> str:
        # Dates drawn inside ("Today") hold for a day; everything else that can change stands in the item.
        drawn = repr(item)
        shared = viewer.id not in drawn and not any(mark in drawn for mark in PERSONAL)
        reader = f"{viewer.tz} {viewer.locale}" if shared else viewer.id
        key = (reader, str(in_thread), str(self._workspace.now().date()), drawn)
        html = self._kept.get(key)
        if html is None:
            html = self._kept[key] = self._drawn_message(viewer, item, in_thread)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return html

    def _drawn_message(self, viewer: User, item: Item, in_thread: bool) -> str:
        reading = reading_for(self._workspace, viewer)
        message = item.message
        attachments = [
            render_blocks(one["blocks"], reading)
            if one.get("blocks")
            else mrkdwn(str(one.get("text", "")), reading)
            for one in message.attachments
        ]
        return self._render(
            "message.html.j2",
            item=item,
            blocks=render_blocks(message.blocks, reading),
            attachments=attachments,
            reading=reading,
            in_thread=in_thread,
            own=message.user_id == viewer.id and not message.bot_id,
            typed=as_typed(self._workspace, message.text),
        )

    def sidebar(self, viewer: User) -> str:
        """Return the sidebar's lists."""
        return self._render("sidebar.html.j2", lists=sidebar(self._workspace, viewer))

    def heading(self, viewer: User, channel: Channel, title: str) -> str:
        """Return the heading of an open conversation."""
        reading = reading_for(self._workspace, viewer)
        return self._render(
            "heading.html.j2", channel=channel, title=title, topic=mrkdwn(channel.topic, reading)
        )

    def empty(self, name: str, **values: object) -> str:
        """Return what stands where nothing is yet: an empty conversation or App Home."""
        return self._render("empty.html.j2", name=name, **values)

    def home(self, viewer: User, view: View) -> str:
        """Return App Home as the app published it for this person."""
        reading = reading_for(self._workspace, viewer)
        blocks = render_blocks(view.body["blocks"], reading, "home")
        return self._render("home.html.j2", view=view, blocks=blocks)

    def modal(self, viewer: User, view: View, depth: int) -> str:
        """Return a modal; `depth` is how many stand on the stack, this one on top."""
        reading = reading_for(self._workspace, viewer)
        icon = self._workspace.app.icon()
        return self._render(
            "view.html.j2",
            view=view,
            depth=depth,
            blocks=render_blocks(view.body["blocks"], reading, "modal"),
            icon=emoji_character(icon.strip(":")) or icon,
            reading=reading,
        )

    def avatar(self, user: User) -> str:
        """Return somebody's picture."""
        macro = getattr(environment().get_template("macros.html.j2").module, "avatar")  # noqa: B009 - a macro
        return str(macro(avatar_of(self._workspace, user), "small")).strip()

    @staticmethod
    def _render(template: str, **values: object) -> str:
        return environment().get_template(template).render(**values).strip()
