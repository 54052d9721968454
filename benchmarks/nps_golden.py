"""Are score, interval, tests and planning what published values say? `python -m benchmarks.nps_golden FILE`.

Every case of the file is put to the product's own functions. A value agrees when it is within 1e-9 of what
is expected (of its size, where that is above 1), or equal at the decimals that are given in prose. A case
also fails when it is of an unknown kind or expects something unknown; those are named. The exit code says
whether any failed.
"""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.golden_values import Case, Check, Unknown, checks
from benchmarks.reporting import conclude, say

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("FIRSTHAND_DATA", ROOT.parent / "shared" / "data"))
TOLERANCE = 1e-9


@dataclass(slots=True)
class Findings:
    """What came of all cases; `largest` is the largest difference of any two numbers."""

    cases: int = 0
    failures: list[str] = field(default_factory=list)
    largest: float = 0.0

    def add(self, kind: str, case: Case) -> None:
        """Check one case."""
        self.cases += 1
        try:
            wrong = [problem for check in checks(kind, case) if (problem := self._problem(check))]
        except Unknown as error:
            wrong = [f"nothing here knows {error.args[0]}"]
        except (ArithmeticError, ValueError, TypeError, KeyError, AttributeError) as error:
            wrong = [f"{type(error).__name__}: {error}"]
        if wrong:
            self.failures.append(f"{kind} {_label(case)}: {'; '.join(wrong)}")

    def _problem(self, check: Check) -> str | None:
        if check.decimals is not None:
            ok = [round(value, check.decimals) for value in check.found or []] == check.expected
        else:
            ok = all(self._agrees(expected, found) for expected, found in _pairs(check))
        return None if ok else f"{check.name} is {check.found!r}, not {check.expected!r}"

    def _agrees(self, expected: Any, found: Any) -> bool:
        if found is None:
            return expected is None or math.isnan(expected)
        if expected is None:
            return False
        apart = abs(expected - found)
        if math.isfinite(apart):
            self.largest = max(self.largest, apart)
        return bool(apart <= TOLERANCE * max(1.0, abs(expected)))


def read(document: dict[str, Any]) -> Findings:
    """Check every case of a file in the format of nps_golden.json."""
    findings = Findings()
    for kind, cases in document.items():
        if kind == "meta":
            continue
        for case in cases if isinstance(cases, list) else [cases]:
            findings.add(kind, case if isinstance(case, dict) else {"case": repr(case)})
    return findings


def _pairs(check: Check) -> Iterator[tuple[Any, Any]]:
    if isinstance(check.expected, list) and isinstance(check.found, list):
        if len(check.expected) != len(check.found):
            yield None, check.found
        yield from zip(check.expected, check.found, strict=False)
    else:
        yield check.expected, check.found


def _label(case: Case) -> str:
    inputs = {name: case[name] for name in ("d", "p", "m", "a", "b", "dist", "move") if name in case}
    return str(case.get("name") or case.get("case") or inputs)


def main(arguments: list[str]) -> int:
    """Check the file named (the shared golden values without one); 1 when any case failed."""
    file = Path(arguments[0]) if arguments else DATA / "nps" / "nps_golden.json"
    if not arguments and not file.is_file():
        say(f"Skipped: no golden values at {file}. Name a file, or set FIRSTHAND_DATA.")
        conclude({"skipped": f"no {file}"})
        return 0
    findings = read(json.loads(file.read_text("utf-8")))
    for failure in findings.failures:
        say(f"FAILED {failure}")
    say(f"{findings.cases} cases, {len(findings.failures)} failed; largest difference {findings.largest:.2g}")
    figures = {"cases": findings.cases, "failed": len(findings.failures), "max_abs_error": findings.largest}
    conclude(figures)
    return 1 if findings.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
