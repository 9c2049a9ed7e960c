"""`make faults`: nothing acknowledged is lost and nothing is doubled, whatever is killed, cut or filled meanwhile."""

import argparse
import faulthandler
import random
import signal
import sys

from tests.faults.run import Report, run

DATABASES = ("sqlite", "postgresql")


def main() -> int:
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="processes to kill -9 on each database (KILLS=)")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="repeat a run's choices (SEED=)")
    parser.add_argument("--database", choices=DATABASES, action="append", help="one database only (DATABASE=)")
    words = parser.parse_args()
    # Told to stop, it takes down what it has put up.
    faulthandler.register(signal.SIGUSR1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    failed = False
    for database in words.database or DATABASES:
        print(f"== {database}, {words.kills} kills, SEED={words.seed}", flush=True)
        report = run(database, kills=words.kills, seed=words.seed)
        _tell(report)
        failed |= bool(report.wrong)
    return 1 if failed else 0


def _tell(report: Report) -> None:
    if not report.small_disk:
        print("   the disk was never full: no tmpfs can be mounted here (it needs root)")
    print("   " + ", ".join(f"{what} {number}" for what, number in sorted(report.done.items())))
    told = report.ledger
    answers = ", ".join(f"{answer}: {number}" for answer, number in sorted(told.answers.items()))
    print(f"   {sum(told.types.values())} facts and {len(told.sales)} sales acknowledged (answers {answers})")
    for line in report.wrong[:40]:
        print(f"   ✗ {line}")
    verdict = f"{len(report.wrong)} things are wrong" if report.wrong else "all there, once"
    print(f"   {verdict}; {report.seconds:.0f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
