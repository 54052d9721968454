from __future__ import annotations

from pathlib import Path

import storage

MODULES = sorted(Path(storage.__file__).parent.glob("tables*.py"))


def test_annotations_of_columns_are_not_evaluated_one_by_one_at_each_start() -> None:
    assert len(MODULES) > 30
    evaluated = [one.name for one in MODULES if "import annotations" in one.read_text("utf-8")]
    assert evaluated == [], "see the docstring of storage.tables"
