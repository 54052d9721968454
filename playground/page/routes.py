"""The page's addresses: `/` is the page, everything else of it stands under `/page`."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles

from playground.model import User
from playground.page.acts import Acts
from playground.page.asking import answering
from playground.page.blocks import environment
from playground.page.consent import consent_routes
from playground.page.emoji import COMMON, EMOJI
from playground.page.files import Files
from playground.page.live import Live
from playground.page.reads import Reads
from playground.page.rooms import first_channel
from playground.page.words import words_for_script
from playground.workspace import Workspace

#: Only this page's own script runs; nothing typed by a person or a bot can become one.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https: http: data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SHEETS = ("base.css", "frame.css", "messages.css", "blocks.css", "forms.css")


def _first_person(workspace: Workspace, asked: str) -> User:
    user = workspace.person(asked) if asked else None
    if user is not None and not user.is_bot:
        return user
    return next(user for user in workspace.users.values() if not user.is_bot)


def page_routes(workspace: Workspace) -> list[BaseRoute]:
    """Return all routes of the page for one workspace."""
    reads, acts, files = Reads(workspace), Acts(workspace), Files(workspace)

    async def index(request: Request) -> Response:
        return _index(workspace, _first_person(workspace, request.query_params.get("as", "")))

    asked = (reads.top, reads.sidebar, reads.messages, reads.thread, reads.home, reads.modal)
    talking = (
        acts.open,
        acts.read,
        acts.send,
        acts.react,
        acts.pin,
        acts.change,
        acts.join,
        acts.dismiss,
        acts.clock,
    )
    pressing = (acts.click, acts.suggest, acts.submit, acts.close, acts.home_opened)
    shortcuts = (acts.shortcut, acts.message_shortcut)
    return [
        Route("/", index),
        *(Route(f"/page/{one.__name__}", answering(one)) for one in asked),
        *(
            Route(f"/page/{one.__name__.replace('_', '-')}", answering(one), methods=["POST"])
            for one in (*talking, *pressing, *shortcuts, files.upload)
        ),
        Route("/page/file", files.file),
        *consent_routes(workspace),
        WebSocketRoute("/page/live", Live(workspace).serve),
        Mount("/page/static", StaticFiles(directory=Path(__file__).parent / "static")),
    ]


def _index(workspace: Workspace, viewer: User) -> Response:
    boot = {
        "me": viewer.id,
        "bot": workspace.app.user_id,
        "start": first_channel(workspace, viewer),
        "words": words_for_script(),
        "emoji": EMOJI,
        "common": COMMON,
    }
    page, setup = environment().get_template("page.html.j2"), workspace.setup
    html = page.render(
        team=workspace.team_name, steps=setup.steps, notice=setup.notice, boot=boot, sheets=SHEETS
    )
    headers = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(html, headers=headers)
