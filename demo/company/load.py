"""Read the sample company from its data files into frozen values; nothing is stored."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from demo.company.records import (
    About,
    Avatar,
    Channel,
    Customer,
    Event,
    Interview,
    Morning,
    NpsAnswer,
    Office,
    Person,
    Project,
    Promise,
    Quoted,
    Reaction,
    Reason,
    Said,
    SampleCompany,
    Step,
)

HERE = Path(__file__).resolve().parent

Row = dict[str, Any]
Value = TypeVar("Value")


class SampleCompanyError(Exception):
    """A data file has a field too many or too few; the message names the file and the field."""


def load_company(folder: Path = HERE) -> SampleCompany:
    """Read the whole company from `folder`; raises SampleCompanyError when a file does not fit its record."""
    return SampleCompany(
        about=_about(folder / "company.toml"),
        people=_rows(folder / "people.toml", "people", Person),
        channels=_rows(folder / "channels.toml", "channels", Channel),
        customers=_rows(folder / "customers.toml", "customers", Customer),
        interviews=_interviews(folder / "interviews"),
        nps=load_nps(folder / "nps.csv"),
        morning=_morning(folder / "morning.toml"),
        project=_project(folder / "project.toml"),
    )


def load_nps(path: Path = HERE / "nps.csv") -> tuple[NpsAnswer, ...]:
    """Read the NPS answers, oldest first; the remark line that starts with # is left out."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return tuple(
            _build(NpsAnswer, {**row, "days_ago": int(row["days_ago"]), "score": int(row["score"])}, path)
            for row in rows
        )


def _about(path: Path) -> About:
    row = _read(path)
    offices = tuple(_build(Office, office, path) for office in row.pop("offices"))
    return _build(About, {**row, "offices": offices, "event": _build(Event, row.pop("event"), path)}, path)


def _morning(path: Path) -> Morning:
    row = _read(path)
    return _build(
        Morning, {**row, "steps": tuple(_build(Step, step, path) for step in row.pop("steps"))}, path
    )


def _project(path: Path) -> Project:
    row = _read(path)
    reasons = tuple(_reason(reason, path) for reason in row.pop("reasons"))
    talk = tuple(_build(Said, said, path) for said in row.pop("talk"))
    avatar = _build(Avatar, row.pop("avatar"), path)
    return _build(Project, {**row, "avatar": avatar, "reasons": reasons, "talk": talk}, path)


def _reason(row: Row, path: Path) -> Reason:
    quotes = tuple(_build(Quoted, quoted, path) for quoted in row.pop("quotes"))
    return _build(Reason, {**row, "quotes": quotes}, path)


def _interviews(folder: Path) -> tuple[Interview, ...]:
    read = (_interview(path) for path in sorted(folder.glob("*.toml")))
    return tuple(sorted(read, key=lambda interview: -interview.days_ago))


def _interview(path: Path) -> Interview:
    row = _read(path)
    if promise := row.get("promise"):
        row["promise"] = _build(Promise, promise, path)
    row["reactions"] = tuple(_build(Reaction, reaction, path) for reaction in row.get("reactions", ()))
    return _build(Interview, {**row, "slug": path.stem}, path)


def _rows(path: Path, table: str, build: Callable[..., Value]) -> tuple[Value, ...]:
    return tuple(_build(build, row, path) for row in _read(path)[table])


def _read(path: Path) -> Row:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _build(build: Callable[..., Value], row: Row, path: Path) -> Value:
    """Make one record, its lists frozen to tuples; a field amiss is told with the file's name."""
    try:
        return build(
            **{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
        )
    except TypeError as error:
        raise SampleCompanyError(f"{path.name}: {error}") from error
