"""What Firsthand takes by the month, for companies of 100, 1,000 and 10,000 people.

Measured are the bytes that each thing takes in the database, the calls and the processor's time that each act
of people takes, and what the bot takes at rest. What people do is assumed, and stated here;
docs/cost-and-limits.md tells what came of it.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
from dataclasses import asdict

from benchmarks.footprint_acts import take
from benchmarks.footprint_month import Habits, month
from benchmarks.footprint_planting import weigh
from benchmarks.reporting import conclude, say

SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Weigh and take, then multiply."""
    asked = _arguments()
    logging.disable(logging.INFO)
    weights = {
        kind: asyncio.run(weigh(kind, talks=asked.planted, answers=10 * asked.planted, posts=asked.planted))
        for kind in ("sqlite", "postgresql")
    }
    for kind, found in weights.items():
        say(f"{kind}: {', '.join(f'{name} {value:,.0f} B' for name, value in asdict(found).items())}")
    taken = asyncio.run(take(asked.times))
    say(
        f"at rest {taken.rest_mb:.0f} MB, {taken.idle_share:.2%} of a processor; then {taken.after_mb:.0f} MB"
    )
    habits = Habits(
        talks_a_year=asked.talks_a_year,
        answers=asked.answers,
        comments=asked.comments,
        heads_a_channel=asked.heads_a_channel,
        private_a_week=asked.private_a_week,
        homes=asked.homes,
        searches=asked.searches,
        margin=asked.margin,
    )
    months = {
        kind: [month(heads, habits, found, taken) for heads in SIZES] for kind, found in weights.items()
    }
    for one in months["postgresql"]:
        say(str(one))
    bytes_each = {
        kind: {name: round(value) for name, value in asdict(w).items()} for kind, w in weights.items()
    }
    conclude({"bytes": bytes_each, "taken": asdict(taken), "assumed": asdict(habits), "months": months})


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--planted", type=int, default=5_000, help="conversations and posts; answers tenfold")
    parser.add_argument("--times", type=int, default=20, help="how often each act is done")
    parser.add_argument("--talks-a-year", type=float, default=6, help="write-ups a head")
    parser.add_argument("--answers", type=float, default=20, help="answers to NPS a head and month")
    parser.add_argument("--comments", type=float, default=0.3, help="the share of answers with a comment")
    parser.add_argument(
        "--heads-a-channel", type=float, default=20, help="people to one channel with digests"
    )
    parser.add_argument("--private-a-week", type=float, default=1, help="unasked private messages a head")
    parser.add_argument("--homes", type=float, default=8, help="times a head opens the Home tab a month")
    parser.add_argument("--searches", type=float, default=2, help="searches a head and month")
    parser.add_argument("--margin", type=float, default=1.5, help="factor for the small rows beside")
    return parser.parse_args()


if __name__ == "__main__":
    main()
