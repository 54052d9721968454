"""GitHub: issues and pull requests of one repository, of github.com or of a GitHub Enterprise.

By its documentation, API version 2022-11-28: https://docs.github.com/en/rest/issues/comments,
https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries,
https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from bot.guarded_client import OutgoingFailed, Reply
from bot.trackers import tracker
from bot.trackers.answers import changed, checked, found, reason
from stories.errors import UserError
from stories.language import _
from stories.text import one_line
from stories.trackers import Event, TrackedItem, What

_HOME = "https://github.com"
_REPOSITORY = re.compile(
    r"(?P<owner>[A-Za-z0-9][\w-]{0,99})/(?P<name>(?!\.{1,2}(?:/|$))[\w.-]{1,100}?)(?:\.git)?(?:/.*)?"
)
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
_PAGE, _MOST_PAGES = 100, 30
_MOVED = frozenset({301, 302, 307, 308})


class GitHub:
    """GitHub's issues and pull requests; to GitHub each pull request is an issue, too."""

    kind = "github"
    title = "GitHub"

    def said(self) -> tracker.Said:
        """In GitHub's words."""
        return tracker.Said(
            place=_("Repository"),
            example=f"{_HOME}/acme/app",
            token=_(
                "GitHub: Settings, Developer settings, Fine-grained tokens. For this repository alone, with "
                "Issues and Pull requests: Read and write. Comments bear the name of whoever makes it."
            ),
            webhook=_(
                "In the repository: Settings, Webhooks, Add webhook. Content type: application/json. Choose "
                "*Let me select individual events*, and tick *Issues*, *Pull requests*, *Repositories* and "
                "*Visibility changes*."
            ),
        )

    def place(self, typed: str) -> tracker.Place:
        """A repository by its address, or as owner/name on github.com. Raises UserError."""
        text = one_line(typed).rstrip("/")
        parts = urlsplit(text if "://" in text else f"{_HOME}/{text}")
        match = _REPOSITORY.fullmatch(parts.path.lstrip("/"))
        if parts.scheme not in {"https", "http"} or not parts.netloc or "@" in parts.netloc or match is None:
            said = _("That is no repository. It looks like https://github.com/acme/app, or acme/app.")
            raise UserError(said, field="place")
        site = f"{parts.scheme}://{parts.netloc.lower()}"
        return tracker.Place(site=site, name=f"{match['owner']}/{match['name']}")

    def address(self, place: tracker.Place, ref: str) -> str:
        """An issue's page; GitHub leads on to the pull request where it is one."""
        name, _hash, number = ref.rpartition("#")
        return f"{place.site}/{name}/issues/{number}"

    def is_signed(self, call: tracker.Call, secret: str) -> bool:
        """By X-Hub-Signature-256 over the body as it came."""
        wanted = "sha256=" + hmac.new(secret.encode(), call.body, hashlib.sha256).hexdigest()
        given = call.headers.get("x-hub-signature-256", "")
        return hmac.compare_digest(wanted.encode(), given.encode())

    def name_of(self, call: tracker.Call) -> str:
        """X-GitHub-Delivery: the same when somebody has a delivery sent again."""
        return call.headers.get("x-github-delivery", "")[:100]

    def read(self, call: tracker.Call, place_key: str) -> tracker.Told | None:
        """Issues, pull requests and the repository's visibility; comments are no business of ours."""
        kind = call.headers.get("x-github-event", "")
        try:
            told = json.loads(call.body)
            repository = told.get("repository") or {}
            if kind == "ping":
                return tracker.Told(event=Event(what=What.GREETING), place="")
            if str(repository.get("id")) != place_key:
                return None
            event = _event(kind, told, repository)
        except (ValueError, RecursionError, AttributeError, LookupError, TypeError) as error:
            raise tracker.Unreadable(type(error).__name__) from None
        return tracker.Told(event=event, place=str(repository["full_name"])) if event else None

    async def readers(self, line: tracker.Line) -> tracker.Readers:
        """The repository, as the token sees it."""
        told = await _repository(line, line.place.name)
        public = told.get("private") is not True
        return tracker.Readers(name=str(told["full_name"]), key=str(told["id"]), public=public)

    async def account(self, line: tracker.Line) -> str:
        """Whose token it is."""
        return str(_found(_checked(await _get(line, "/user")))["login"])

    async def outsiders(self, line: tracker.Line) -> bool:
        """Outside collaborators of an organisation's repository, anybody but the owner in a person's own."""
        owner = (await _repository(line, line.place.name))["owner"]
        whose = "outside" if owner.get("type") == "Organization" else "direct"
        listed = await _get(line, f"/repos/{line.place.name}/collaborators", affiliation=whose, per_page=2)
        # Whoever may not be asked for cannot be ruled out.
        return listed.status != 200 or any(one["login"] != owner["login"] for one in listed.json())

    async def item(self, line: tracker.Line, ref: str) -> TrackedItem:
        """GitHub leads on to where an issue was moved, as far as the token reaches."""
        told = _found(_there(_checked(await _get(line, _issue(ref)))))
        return _item(told, "/".join(str(told["repository_url"]).split("/")[-2:]), "")

    async def comment(self, line: tracker.Line, ref: str, text: str) -> str:
        """POST, once: the number of the comment that GitHub made."""
        reply = _there(await _send(line, "POST", f"{_issue(ref)}/comments", {"body": text}))
        if reply.status != 201:
            raise tracker.NotTaken(reason(reply))
        return str(_found(reply)["id"])

    async def edit_comment(self, line: tracker.Line, ref: str, comment_id: str, text: str) -> None:
        """PATCH."""
        changed(await _send(line, "PATCH", _comment(ref, comment_id), {"body": text}))

    async def delete_comment(self, line: tracker.Line, ref: str, comment_id: str) -> None:
        """DELETE."""
        changed(await _send(line, "DELETE", _comment(ref, comment_id), None))

    async def comments(self, line: tracker.Line, ref: str, since: datetime | None) -> Mapping[str, str]:
        """Page by page, as the answers' links lead."""
        told: dict[str, str] = {}
        asked: dict[str, str | int] = {"per_page": _PAGE}
        asked |= {"since": since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")} if since else {}
        reply = _there(_checked(await _get(line, f"{_issue(ref)}/comments", **asked)))
        for _number in range(_MOST_PAGES):
            told |= {str(one["id"]): str(one.get("body") or "") for one in reply.json()}
            onward = _NEXT.search(reply.headers.get("link", ""))
            if onward is None or not onward[1].startswith(f"{_api(line.place.site)}/"):
                return told
            reply = _there(_checked(await line.client.get(onward[1], headers=_headers(line.token))))
        raise OutgoingFailed(_("there are too many comments to look through"))


github = GitHub()


def _event(kind: str, told: Mapping[str, Any], repository: Mapping[str, Any]) -> Event | None:
    action = told.get("action")
    if kind == "public" or (kind == "repository" and action == "publicized"):
        return Event(what=What.OPENED_TO_ALL)
    inner = {"issues": "issue", "pull_request": "pull_request"}.get(kind)
    if inner is None:
        return None
    item = _item(told[inner], str(repository["full_name"]), str(repository["id"]))
    item = replace(item, public=repository.get("private") is not True)
    if action == "labeled":
        return Event(what=What.LABELLED, item=item, label=str(told["label"]["name"]))
    return Event(what=What.LEFT if action in {"transferred", "deleted"} else What.SEEN, item=item)


def _item(told: Mapping[str, Any], name: str, place_key: str) -> TrackedItem:
    number = int(told["number"])
    return TrackedItem(
        ref=f"{name}#{number}",
        place=name,
        key=f"{place_key}#{number}" if place_key else "",
        title=str(told.get("title") or ""),
        body=str(told.get("body") or ""),
        labels=frozenset(str(label["name"]) for label in told.get("labels") or ()),
        open=told.get("state") == "open",
        locked=told.get("locked") is True,
    )


def _api(site: str) -> str:
    """Where a GitHub's API is: its own on github.com and ghe.com, beneath /api/v3 on an Enterprise Server."""
    scheme, _sep, host = site.partition("://")
    if host == "github.com" or host.endswith(".ghe.com"):
        return f"{scheme}://api.{host}"
    return f"{site}/api/v3"


def _headers(token: str) -> dict[str, str]:
    return {
        "accept": "application/vnd.github+json",
        "authorization": f"Bearer {token}",
        "x-github-api-version": "2022-11-28",
    }


async def _get(line: tracker.Line, path: str, **params: str | int) -> Reply:
    return await line.client.get(_api(line.place.site) + path, params=params, headers=_headers(line.token))


async def _send(line: tracker.Line, method: str, path: str, body: Any) -> Reply:
    """A change; of a repository that was renamed meanwhile it is made where that is now."""
    address, headers = _api(line.place.site) + path, _headers(line.token)
    reply = await line.client.send(method, address, body=body, headers=headers)
    if reply.status in _MOVED:
        _slash, repos, owner, name, rest = path.split("/", 4)
        now = await _repository(line, f"{owner}/{name}")
        address = f"{_api(line.place.site)}/{repos}/{now['full_name']}/{rest}"
        reply = await line.client.send(method, address, body=body, headers=headers)
    return _checked(reply)


async def _repository(line: tracker.Line, name: str) -> dict[str, Any]:
    """A repository by its name now or before. Raises ToMend where the token finds none."""
    reply = _checked(await _get(line, f"/repos/{name}"))
    if reply.status == 404:
        raise tracker.ToMend(
            _("The token does not reach this repository, or there is none of that name any more.")
        )
    return _found(reply)


def _checked(reply: Reply) -> Reply:
    return checked(reply, github.title, needs=_("Issues and Pull requests: write"))


def _there(reply: Reply) -> Reply:
    if reply.status == 410:
        raise tracker.ItemGone
    if reply.status == 404:
        raise tracker.OutOfSight
    return reply


def _found(reply: Reply) -> dict[str, Any]:
    return found(reply, github.title)


def _issue(ref: str) -> str:
    name, _hash, number = ref.rpartition("#")
    return f"/repos/{name}/issues/{number}"


def _comment(ref: str, comment_id: str) -> str:
    return f"/repos/{ref.rpartition('#')[0]}/issues/comments/{comment_id}"
