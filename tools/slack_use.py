"""What of Slack the code uses: methods, slash commands, shortcuts and events, each with where it does."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from slack_sdk.web.async_client import AsyncWebClient

from tools.constants import Resolver, collect, settings_defaults
from tools.slack_table import (
    COMMAND_SCOPE,
    CUSTOM_FACE,
    EVENTS,
    FACE_SCOPE,
    MESSAGE_EVENT,
    MESSAGE_KINDS,
    METHODS,
)
from tools.sources import Function, Module, Problem

CLIENT_CALLS: dict[str, str] = {
    name: name.replace("_", ".")
    for name, member in vars(AsyncWebClient).items()
    if inspect.iscoroutinefunction(member) and not name.startswith("_")
}
"""slack_sdk's name of a call (`chat_postMessage`) to Slack's name of the method (`chat.postMessage`)."""

_METHOD_SHAPE = re.compile(r"[a-z]+(\.[a-zA-Z0-9]+)+")
_BOLT_CLASSES = {"App", "AsyncApp"}
_REGISTRATIONS = {"command", "shortcut", "global_shortcut", "message_shortcut", "event"}

Places = dict[str, list[str]]
"""What is used to the places (`bot/listeners/home.py:12`) that use it."""


@dataclass
class Use:
    """What the code uses of Slack, by kind, and what of it could not be read."""

    methods: Places = field(default_factory=dict)
    commands: Places = field(default_factory=dict)
    shortcuts: Places = field(default_factory=dict)
    events: Places = field(default_factory=dict)
    faces: Places = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def scopes(self) -> Places:
        """The bot scopes that all of this needs, with the places that need each."""
        needed: Places = {}
        for table, used in ((METHODS, self.methods), (EVENTS, self.events)):
            for name, places in used.items():
                for scope in table.get(name, ()):
                    needed.setdefault(scope, []).extend(places)
        for places in (*self.commands.values(), *self.shortcuts.values()):
            needed.setdefault(COMMAND_SCOPE, []).extend(places)
        for places in self.faces.values():
            needed.setdefault(FACE_SCOPE, []).extend(places)
        return needed


def scan(modules: Iterable[Module]) -> Use:
    """Everything that these modules use of Slack."""
    modules = list(modules)
    texts = collect(modules)
    defaults = settings_defaults(modules)
    use = Use()
    for module in modules:
        _Scan(module, Resolver(module, texts, defaults), use).run()
    return use


class _Scan:
    def __init__(self, module: Module, resolver: Resolver, use: Use) -> None:
        self._module = module
        self._resolver = resolver
        self._use = use
        self._apps = {"app", *_annotated_apps(module)}

    def run(self) -> None:
        for node in ast.walk(self._module.tree):
            if isinstance(node, ast.Attribute) and node.attr in CLIENT_CALLS:
                self._method(node, CLIENT_CALLS[node.attr])
            elif isinstance(node, ast.Constant) and self._names_method(node.value):
                self._method(node, str(node.value))
            elif isinstance(node, ast.Constant) and node.value == CUSTOM_FACE:
                self._note(self._use.faces, CUSTOM_FACE, node)
            elif isinstance(node, Function) and any(arg.arg == "say" for arg in _arguments(node)):
                self._note(self._use.methods, "chat.postMessage", node)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                self._registration(node, node.func)

    def _names_method(self, value: object) -> bool:
        return isinstance(value, str) and value in METHODS and bool(_METHOD_SHAPE.fullmatch(value))

    def _method(self, node: ast.expr, name: str) -> None:
        if name not in METHODS:
            fix = f"add {name} with its scopes to tools/slack_table.py"
            self._use.problems.append(self._module.problem(node, fix))
        self._note(self._use.methods, name, node)

    def _registration(self, call: ast.Call, func: ast.Attribute) -> None:
        if func.attr == "message" and self._is_app(func.value):
            self._note(self._use.events, MESSAGE_EVENT, call)
        if func.attr not in _REGISTRATIONS or not self._is_app(func.value):
            return
        name = self._first_text(call, func.attr)
        if name is None:
            fix = f"{func.attr}(…) with a name that cannot be read: use a constant of bot/ids.py or a setting"
            self._use.problems.append(self._module.problem(call, fix))
        elif func.attr == "command":
            self._note(self._use.commands, name, call)
        elif func.attr == "event":
            self._event(call, name)
        else:
            self._note(self._use.shortcuts, name, call)

    def _event(self, call: ast.Call, name: str) -> None:
        if name == "message":
            kind = self._entry(call.args[0], "channel_type") if call.args else None
            name = MESSAGE_KINDS.get(kind or "", MESSAGE_EVENT)
        if name not in EVENTS:
            fix = f"add the event {name} with its scopes to tools/slack_table.py"
            self._use.problems.append(self._module.problem(call, fix))
        self._note(self._use.events, name, call)

    def _first_text(self, call: ast.Call, kind: str) -> str | None:
        named = {keyword.arg: keyword.value for keyword in call.keywords}
        first = (
            call.args[0]
            if call.args
            else named.get("command") or named.get("event") or named.get("constraints")
        )
        if isinstance(first, ast.Dict):
            return self._entry(first, "type" if kind == "event" else "callback_id")
        return self._resolver.text(first) if first is not None else None

    def _entry(self, node: ast.expr, key: str) -> str | None:
        """The text under a key of a dictionary that is written out."""
        if not isinstance(node, ast.Dict):
            return None
        for known, value in zip(node.keys, node.values, strict=True):
            if isinstance(known, ast.Constant) and known.value == key:
                return self._resolver.text(value)
        return None

    def _is_app(self, node: ast.expr) -> bool:
        if isinstance(node, ast.Name):
            return node.id in self._apps
        return isinstance(node, ast.Attribute) and node.attr in {"app", "bolt"}

    def _note(self, places: Places, name: str, node: ast.expr | ast.stmt) -> None:
        places.setdefault(name, []).append(f"{self._module.path}:{node.lineno}")


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _annotated_apps(module: Module) -> Iterator[str]:
    """Names of arguments annotated as a Bolt app, and of variables that one is assigned to."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.arg):
            if node.annotation is not None and ast.unparse(node.annotation).strip("'\"") in _BOLT_CLASSES:
                yield node.arg
        elif isinstance(node, ast.Assign) and _builds_app(node.value):
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _builds_app(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) in _BOLT_CLASSES
