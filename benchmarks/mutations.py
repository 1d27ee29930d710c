"""A tender of 2,000 items × 8 parameters, a sixth of them changed: what the review finds and what it makes up.

The lists are generated with a seed, written into workbooks, read back and reviewed as any other. Every change and what
it means is known from the generator (`benchmarks.mutation`), which shares no rule with the review.
Targets: no real change called 一致; of all that was merely rewritten at most 1 % called anything else.
`python -m benchmarks.mutations [--items N] [--seed N] [--misses FILE.tsv]` runs other sizes and keeps what went wrong.
"""

import argparse
import csv
import random
import sys
from pathlib import Path

from benchmarks.mutation.lists import approved_list, read, tender_list
from benchmarks.mutation.projects import project
from benchmarks.mutation.scores import Miss, Score, score
from benchmarks.mutation.tenders import Draw
from domain.parameters import review

ITEMS = 2_000
SEED = 18


def run(items: int, seed: int) -> Score:
    """Generate, review and score one pair of lists."""
    rng = random.Random(seed)
    drawn = Draw(project(items, rng), rng).run()
    approved = read(approved_list(drawn.approved), "批复清单.xlsx", drawn.approved)
    tender = read(tender_list(drawn.tender), "招标清单.xlsx", drawn.tender)
    return score(drawn, approved, tender, review(approved, tender).findings)


def as_text(result: Score) -> str:
    """The tables of counts and whether both targets are held."""
    lines = [f"   {'real changes':30}{'cases':>8}{'called 一致':>10}{'as expected':>13}{'需人工':>7}  other"]
    for name, tally in result.real.items():
        other = " ".join(f"{verdict} {count}" for verdict, count in tally.other.items())
        lines.append(f"   {name:30}{tally.cases:>8}{tally.same:>12}{tally.expected:>13}{tally.manual:>9}  {other}")
    lines.append(f"   {'all':30}{sum(t.cases for t in result.real.values()):>8}{result.undetected:>12}")
    lines.append(f"   {'nothing changed':30}{'cases':>8}{'alarms':>12}  as")
    for name, tally in result.silent.items():
        other = " ".join(f"{verdict} {count}" for verdict, count in tally.other.items())
        lines.append(f"   {name:30}{tally.cases:>8}{tally.alarms:>12}  {other}")
    rate = result.alarms / result.rewritten
    lines.append(f"   {'all but verbatim':30}{result.rewritten:>8}{result.alarms:>12}")
    lines.append(
        f"   real changes called 一致: {result.undetected} (target 0) {'held' if not result.undetected else 'MISSED'}"
    )
    lines.append(f"   false alarms: {rate:.2%} (target ≤ 1%) {'held' if rate <= 0.01 else 'MISSED'}")
    return "\n".join(lines)


def keep(misses: list[Miss], path: Path) -> None:
    """Write what went wrong as judged pairs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(("item", "approved_name", "approved_value", "tender_name", "tender_value", "verdict", "reason"))
        for miss in misses:
            found = f"{miss.change}: {'/'.join(miss.verdicts) or 'no finding'}; {miss.reason}".replace("\n", " ")
            writer.writerow((miss.item, "", miss.approved, "", miss.tender, "/".join(miss.expected) or "一致", found))


def main(arguments: list[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=ITEMS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--misses", type=Path)
    args = parser.parse_args(arguments or [])
    result = run(args.items, args.seed)
    print(as_text(result))
    if args.misses:
        keep(result.misses, args.misses)


if __name__ == "__main__":
    main(sys.argv[1:])
