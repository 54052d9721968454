from __future__ import annotations

from pathlib import Path

from tests.test_house import ROOT
from tools.check_image import check


def test_our_image_has_nothing_to_mend_and_a_careless_one_is_told_line_by_line(tmp_path: Path) -> None:
    assert check(ROOT / "Dockerfile") == ""
    careless = tmp_path / "Dockerfile"
    careless.write_text("FROM python\nRUN cd /src && apt-get install git\nCMD firsthand run\n", "utf-8")
    told = check(careless)
    for rule in ("Dockerfile:1 DL3006", "Dockerfile:2 DL3003", "Dockerfile:3 DL3025"):
        assert rule in told
