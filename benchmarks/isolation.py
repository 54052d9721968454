"""Whether a workspace can meet rows of another, and what keeping them apart costs a submission.

Two workspaces get rows in every table, alike in every name that people or Slack gave. Each public function of
storage that takes a session is then called as one of them, once about its own rows and once about numbers of
the other's; what it answers and what it changed is searched for anything of the other. Both databases.

The owner's check is all that a submission passes because there can be more than one workspace:

    asking      which workspace the request is from, whether it is connected, and its bot (no call to Slack)
    meeting     that the workspace and the person are known in the database
    conditions  `workspace_id = …` in each statement that finds rows

The first two are timed by themselves, and against the whole path: the same kind of submission goes, in turns
of a block each, to the app as it is and to one that takes every request for the one workspace's (processor
time, the median of the pairs of blocks; it differs from the former by what a busy machine adds). The third
by running the statements of one submission, as the database saw them, with the conditions and without, in
turns. Target: under 3 % together.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import click

from benchmarks.isolation_cost import cost
from benchmarks.reporting import conclude, say
from storage.database import open_database
from storage.encryption import Keyring, new_key
from storage.migrating import migrate
from tests.postgres import fresh_postgres
from tests.storage.isolation.walking import Walk, owned

TARGET = 0.03


async def walked(url: str) -> dict[str, Any]:
    """Walk every function on this database; how many, and what leaked."""
    migrate(url)
    database = open_database(url, Keyring([new_key()]))
    walk = Walk(database)
    await walk.begin()
    found = [await walk.step(name, function) for name, function in owned()]
    await database.close()
    leaks = [leak for one in found for leak in one.leaks]
    for leak in leaks:
        say(f"  LEAK: {leak}")
    return {
        "functions": len(found),
        "did_something": sum(one.did_something for one in found),
        "leaked": len(leaks),
    }


@click.command()
@click.option(
    "--number", default=4000, show_default=True, help="Submissions, half of them without the check."
)
def main(*, number: int) -> None:
    """Functions walked, rows leaked, and what the owner's check costs."""
    with tempfile.TemporaryDirectory() as folder, fresh_postgres() as postgres:
        embedded = asyncio.run(walked(f"sqlite:///{Path(folder) / 'walk.sqlite3'}"))
        server = asyncio.run(walked(postgres))
        told = asyncio.run(cost(Path(folder) / "cost.sqlite3", number))
    for name, found in (("sqlite", embedded), ("postgresql", server)):
        say(f"{name}: {found['functions']} functions walked, {found['leaked']} leaked")
    say(
        f"the owner's check: {told['owner_check_share']:.2%} of a submission's {told['submission_us']} µs "
        f"(target: under {TARGET:.0%})"
    )
    leaked = embedded["leaked"] + server["leaked"]
    conclude({"functions": embedded["functions"], "rows_leaked": leaked, "sqlite": embedded, **told})


if __name__ == "__main__":
    main()
