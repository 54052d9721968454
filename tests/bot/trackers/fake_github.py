"""A GitHub that behaves as its documentation says, for one repository or a few.

https://docs.github.com/en/rest/issues, …/webhooks/webhook-events-and-payloads, …/rest/collaborators.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.bot.trackers.server import Answer, Asked, Server, serving

TOKEN = "github_pat_test"
LOGIN = "maya-for-acme"
_PATH = re.compile(
    r"/api/v3/(?:user|repos/(?P<repo>[\w-]+/[\w.-]+)"
    r"(?:/(?P<people>collaborators)|/issues/comments/(?P<comment>\d+)"
    r"|/issues/(?P<issue>\d+)(?P<comments>/comments)?)?)"
)


@dataclass(slots=True)
class Issue:
    """An issue or pull request; `went` is where it was transferred to, `deleted` answers 410."""

    number: int
    title: str
    body: str = ""
    labels: list[str] = field(default_factory=list)
    state: str = "open"
    locked: bool = False
    went: tuple[str, int] | None = None
    deleted: bool = False
    pull_request: bool = False
    comments: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Repository:
    """A repository; `renamed` is its name now, under which alone changes are made."""

    id: int
    name: str
    private: bool = True
    owner_type: str = "Organization"
    outside: list[str] = field(default_factory=list)
    issues: dict[int, Issue] = field(default_factory=dict)


class FakeGitHub:
    """What is there; requests without the right token see nothing."""

    def __init__(self) -> None:
        self.server = Server()
        self.repositories = {"acme/app": Repository(7, "acme/app")}
        self.renamed: dict[str, str] = {}
        self.token = TOKEN
        self.pages = 100
        self._comments = 1000
        self._deliveries = 0

    @property
    def app(self) -> Repository:
        """The repository that tests speak of."""
        return next(one for one in self.repositories.values() if one.id == 7)

    def issue(self, number: int = 12, **fields: Any) -> Issue:
        """Put an issue there."""
        made = Issue(number, **{"title": "Invoices", **fields})
        self.app.issues[number] = made
        return made

    def call(self, kind: str, secret: str, **payload: Any) -> tuple[dict[str, str], bytes]:
        """A webhook call as GitHub sends it: headers and body."""
        self._deliveries += 1
        body = json.dumps(
            {**payload, "repository": self._repository(self.app), "n": self._deliveries}
        ).encode()
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "content-type": "application/json",
            "user-agent": "GitHub-Hookshot/044aadd",
            "x-github-event": kind,
            "x-github-delivery": f"72d3162e-cc78-11e3-81ab-{self._deliveries:012d}",
            "x-hub-signature-256": f"sha256={signature}",
        }
        return headers, body

    def about(self, action: str, issue: Issue, secret: str, **more: Any) -> tuple[dict[str, str], bytes]:
        """A call about an issue or a pull request."""
        kind, inner = ("pull_request", "pull_request") if issue.pull_request else ("issues", "issue")
        return self.call(kind, secret, action=action, **{inner: self._issue(self.app, issue)}, **more)

    def answer(self, asked: Asked) -> Answer:
        """By path and method; what Slack is told beside that is taken, too."""
        if asked.path.startswith("/slack/"):
            return Answer(body={"ok": True, "ts": "1.0", "channel": "D1"})
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return _refused(401, "Bad credentials")
        match = _PATH.fullmatch(asked.path)
        if match is None:
            return _refused(404, "Not Found")
        if match["repo"] is None:
            return Answer(body={"login": LOGIN, "id": 1})
        return self._in_repository(asked, match)

    def _in_repository(self, asked: Asked, match: re.Match[str]) -> Answer:
        name = match["repo"]
        if name in self.renamed:
            to = f"{self.server.url}{asked.path.replace(name, self.renamed[name])}"
            return Answer(status=301 if asked.method == "GET" else 307, headers={"location": to})
        repository = self.repositories.get(name)
        if repository is None:
            return _refused(404, "Not Found")
        if match["people"]:
            whom = (
                repository.outside
                if asked.query["affiliation"] == "outside"
                else ["acme", *repository.outside]
            )
            return Answer(body=[{"login": one} for one in whom])
        if match["comment"]:
            return self._comment(asked, repository, int(match["comment"]))
        if match["issue"]:
            return self._of_issue(asked, repository, int(match["issue"]), listed=bool(match["comments"]))
        return Answer(body=self._repository(repository))

    def _of_issue(self, asked: Asked, repository: Repository, number: int, *, listed: bool) -> Answer:
        issue = repository.issues.get(number)
        if issue is None or issue.deleted or (issue.went and issue.went[0] not in self.repositories):
            deleted = issue is not None and issue.deleted
            return _refused(410, "This issue was deleted") if deleted else _refused(404, "Not Found")
        if issue.went:
            name, now = issue.went
            path = f"/api/v3/repos/{name}/issues/{now}" + ("/comments" if listed else "")
            return Answer(status=301, headers={"location": self.server.url + path})
        if not listed:
            return Answer(body=self._issue(repository, issue))
        if asked.method == "GET":
            return self._page(asked, issue)
        if issue.locked:
            return _refused(403, "Unable to create comment because issue is locked.")
        self._comments += 1
        issue.comments[self._comments] = asked.body["body"]
        return Answer(status=201, body={"id": self._comments})

    def _page(self, asked: Asked, issue: Issue) -> Answer:
        number = int(asked.query.get("page", "1"))
        found = list(issue.comments.items())
        shown = found[(number - 1) * self.pages : number * self.pages]
        more = number * self.pages < len(found)
        link = f'<{self.server.url}{asked.path}?page={number + 1}>; rel="next"'
        body = [{"id": one, "body": text, "user": {"login": LOGIN}} for one, text in shown]
        return Answer(body=body, headers={"link": link} if more else {})

    def _comment(self, asked: Asked, repository: Repository, number: int) -> Answer:
        for issue in repository.issues.values():
            if number in issue.comments and issue.went is None and not issue.deleted:
                if asked.method == "DELETE":
                    del issue.comments[number]
                    return Answer(status=204)
                issue.comments[number] = asked.body["body"]
                return Answer(body={"id": number})
        return _refused(404, "Not Found")

    def _repository(self, repository: Repository) -> dict[str, Any]:
        owner = {"login": repository.name.split("/")[0], "type": repository.owner_type}
        names = {"id": repository.id, "full_name": repository.name, "private": repository.private}
        return {**names, "owner": owner, "visibility": "private" if repository.private else "public"}

    def _issue(self, repository: Repository, issue: Issue) -> dict[str, Any]:
        return {
            "id": 900 + issue.number,
            "number": issue.number,
            "repository_url": f"{self.server.url}/api/v3/repos/{repository.name}",
            "title": issue.title,
            "body": issue.body or None,
            "labels": [{"id": at, "name": name} for at, name in enumerate(issue.labels)],
            "state": issue.state,
            "locked": issue.locked,
            "user": {"login": "ben"},
        }


@asynccontextmanager
async def github_at_work() -> AsyncIterator[FakeGitHub]:
    """A GitHub for the length of the block."""
    fake = FakeGitHub()
    async with serving(fake.server, fake.answer):
        yield fake


def _refused(status: int, message: str) -> Answer:
    return Answer(
        status=status, body={"message": message, "documentation_url": "https://docs.github.com/rest"}
    )
