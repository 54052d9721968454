"""Everything `make check` asks, side by side, with each answer printed whole as it comes."""

from __future__ import annotations

import asyncio
import os
import sys
import time

CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("-m", "mypy"),
    "lint": ("-m", "ruff", "check", "--quiet", "--output-format=concise", "."),
    "format": ("-m", "ruff", "format", "--check", "--quiet", "--output-format=concise", "."),
    "floors": ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"),
    "manifest": ("-m", "tools.check_manifest"),
    "documents": ("-m", "tools.check_docs"),
    "catalogues": ("-m", "tools.check_catalogues"),
    "words": ("-m", "tools.check_words"),
    "sizes": ("-m", "tools.check_sizes"),
    "traces": ("-m", "tools.check_traces"),
    "image": ("-m", "tools.check_image"),
    "dependencies": ("-m", "tools.audit", "--offline"),
}
"""A name for each check, to what Python is to run; the slowest first."""


async def _run(name: str, arguments: tuple[str, ...], places: asyncio.Semaphore) -> bool:
    async with places:
        start = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        output, _ = await process.communicate()
        mark = "ok" if process.returncode == 0 else "FAILED"
        print(f"── {name}: {mark} in {time.monotonic() - start:.1f} s", flush=True)
        said = output.decode(errors="replace").rstrip()
        loud = (
            said
            if process.returncode
            else "\n".join(line for line in said.splitlines() if line.startswith("WARNING"))
        )
        if loud:
            print(loud, flush=True)
        return process.returncode == 0


async def run_all(names: list[str]) -> int:
    """Run these checks (all of them where none is named); 0 when every one passed, else 1."""
    chosen = names or list(CHECKS)
    if unknown := set(chosen) - CHECKS.keys():
        print(f"No such check: {', '.join(sorted(unknown))}. There are: {', '.join(CHECKS)}")
        return 1
    places = asyncio.Semaphore(os.cpu_count() or 1)
    passed = await asyncio.gather(*(_run(name, CHECKS[name], places) for name in chosen))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(run_all(sys.argv[1:])))
