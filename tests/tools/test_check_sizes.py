from __future__ import annotations

from pathlib import Path

from tests.tools.tree import write
from tools.check_sizes import check, function_lengths
from tools.sources import read


def test_a_long_function_is_named_where_it_begins(tmp_path: Path) -> None:
    write(tmp_path, {"bot/a.py": "\n\ndef tell():\n" + "    x = 1\n" * 40})
    problems = [str(problem) for problem in check(tmp_path)]
    assert problems == ["bot/a.py:3: tell has 41 lines of code, 40 at most: split it"]


def test_docstrings_comments_and_blank_lines_are_free(tmp_path: Path) -> None:
    source = 'def tell():\n    """One.\n\n    Two.\n    """\n    # why\n\n    return 1\n'
    write(tmp_path, {"bot/a.py": source})
    [module] = read(tmp_path, ["bot"])
    assert [length for _, length in function_lengths(module, source)] == [2]


def test_a_long_file_is_named(tmp_path: Path) -> None:
    write(tmp_path, {"tests/test_a.py": "x = 1\n" * 251})
    assert [str(problem) for problem in check(tmp_path)] == [
        "tests/test_a.py: 251 lines; 250 at most: split it by meaning"
    ]


def test_many_functions_near_the_limit_are_a_problem_though_each_is_allowed(tmp_path: Path) -> None:
    long = "".join(f"def tell_{n}():\n" + "    x = 1\n" * 30 for n in range(3))
    short = "".join(f"def ask_{n}(): ...\n" for n in range(7))
    write(tmp_path, {"stories/a.py": long + short})
    [problem] = check(tmp_path)
    assert "95 % of them have up to 31 lines" in problem.text
