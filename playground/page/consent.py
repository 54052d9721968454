"""The page on which somebody lets an app in, or signs in to it with Slack."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from playground.api.wire import read_body
from playground.errors import PersonError, SlackError
from playground.oauth import Wish, agreed, declined, wished
from playground.page.asking import same_site, viewer_named
from playground.page.blocks import environment
from playground.page.words import _
from playground.signing_in import configuration
from playground.workspace import Workspace

MOST_FORM = 10_000


def consent_routes(workspace: Workspace) -> list[BaseRoute]:
    """The consent pages, and what sign-in needs to be checked with."""

    async def discovery(_request: Request) -> Response:
        return JSONResponse(configuration(workspace))

    async def keys(_request: Request) -> Response:
        return JSONResponse(workspace.signer.keys())

    page = Consent(workspace)
    return [
        Route("/oauth/v2/authorize", page.install, methods=["GET", "POST"]),
        Route("/openid/connect/authorize", page.sign_in, methods=["GET", "POST"]),
        Route("/openid/connect/keys", keys),
        Route("/.well-known/openid-configuration", discovery),
    ]


class Consent:
    """Shows what an app asks for, and sends the browser on with what its person decided."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    async def install(self, request: Request) -> Response:
        """`/oauth/v2/authorize`: let the app into the workspace."""
        return await self._answer(request, sign_in=False)

    async def sign_in(self, request: Request) -> Response:
        """`/openid/connect/authorize`: tell the app who one is."""
        return await self._answer(request, sign_in=True)

    async def _answer(self, request: Request, *, sign_in: bool) -> Response:
        try:
            wish = wished(self._workspace, request.query_params, sign_in=sign_in)
            if request.method == "GET":
                return self._asked(request, wish)
            return RedirectResponse(await self._decided(request, wish), 302)
        except SlackError as error:
            return self._drawn(error=error.word, status=400)
        except PersonError as error:
            return self._drawn(error=str(error), status=400)

    def _asked(self, request: Request, wish: Wish) -> Response:
        ws = self._workspace
        teams = dict(ws.teams) | ({"": _("The whole organisation")} if _may_be_org(ws) else {})
        people = [user for user in ws.users.values() if not user.is_bot]
        chosen = request.query_params.get("team", "")
        return self._drawn(wish=wish, people=people, teams=teams, chosen=chosen)

    async def _decided(self, request: Request, wish: Wish) -> str:
        if not same_site(request):
            raise PersonError(_("This is only for the page itself."))
        raw = await read_body(request.receive, MOST_FORM)
        form = dict(parse_qsl(raw.decode(errors="replace"), keep_blank_values=True))
        if form.get("decision") != "allow":
            return declined(wish)
        ws = self._workspace
        person = viewer_named(ws, form.get("as", ""))
        if not wish.is_sign_in and person.is_guest:
            raise PersonError(_("Guests can't install apps: ask a member of the workspace."))
        team = form.get("team", ws.team_id)
        if team not in ws.teams and not (team == "" and _may_be_org(ws)):
            raise PersonError(_("There is no such workspace."))
        if not team and not person.is_admin:
            raise PersonError(_("Only administrators install apps for a whole organisation."))
        return agreed(ws, wish, person.id, team_id=team)

    def _drawn(
        self, *, status: int = 200, error: str = "", wish: Wish | None = None, **values: object
    ) -> Response:
        page = environment().get_template("consent.html.j2")
        html = page.render(
            app=self._workspace.app.name, team=self._workspace.team_name, error=error, wish=wish, **values
        )
        onward = ""
        if wish is not None:
            parts = urlsplit(wish.redirect_uri)
            onward = f" {parts.scheme}://{parts.netloc}"
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; "
            f"form-action 'self'{onward}; frame-ancestors 'none'"
        )
        return HTMLResponse(html, status, {"Content-Security-Policy": policy, "Cache-Control": "no-store"})


def _may_be_org(ws: Workspace) -> bool:
    return bool(ws.setup.enterprise_id) and ws.app.has("org_deploy_enabled")
