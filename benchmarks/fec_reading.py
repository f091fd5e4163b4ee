"""Goal 17: a FEC to typed client lines, against csv.reader counting the same file, same run.

Run `python benchmarks/fec_reading.py [ROWS]` (1,000,000 by default); prints met or not met.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

HEADER = (
    "JournalCode\tJournalLib\tEcritureNum\tEcritureDate\tCompteNum\tCompteLib\tCompAuxNum\t"
    "CompAuxLib\tPieceRef\tPieceDate\tEcritureLib\tDebit\tCredit\tEcritureLet\tDateLet\t"
    "ValidDate\tMontantdevise\tIdevise\n"
)
MOST_TIME, MOST_MIB = 1.5, 64
ROUNDS = 3

BARE = "import resource; print(0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
ANCHOR = """
import csv, resource, sys, time
start = time.perf_counter()
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    rows = sum(1 for _ in csv.reader(stream, delimiter="\\t", quoting=csv.QUOTE_NONE))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
OURS = """
import resource, sys, time
from pathlib import Path
from bot.sources.fec_lines import FecReading
start = time.perf_counter()
lines = sum(1 for _ in FecReading(Path(sys.argv[1])))
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write_fec(path: Path, rows: int) -> None:
    """Write sales of three lines, one of them a client's, and every third time its receipt."""
    with path.open("w", encoding="utf-8") as stream:
        stream.write(HEADER)
        written = number = 0
        while written < rows:
            number += 1
            day = f"2026{1 + number * 12 // (rows // 2 + 1) % 12:02d}{1 + number % 28:02d}"
            client = f"C{number % 5000:05d}\tSociété d'exploitation {number % 5000}"
            net = 10_000 + number * 7919 % 900_000
            tax = net // 5
            piece = f"FA{number:07d}\t{day}\tFacture FA{number:07d} client {number % 5000}"
            head, tail = f"VE\tVentes\t{number}\t{day}", f"{day}\t\t\n"
            stream.write(
                f"{head}\t411000\tClients\t{client}\t{piece}\t{_euros(net + tax)}\t0,00\t\t\t{tail}"
                f"{head}\t706000\tPrestations\t\t\t{piece}\t0,00\t{_euros(net)}\t\t\t{tail}"
                f"{head}\t445710\tTVA collectée\t\t\t{piece}\t0,00\t{_euros(tax)}\t\t\t{tail}"
            )
            written += 3
            if number % 3 == 0:
                head = f"BQ\tBanque\t{number}\t{day}"
                stream.write(
                    f"{head}\t411000\tClients\t{client}\t{piece}\t0,00\t{_euros(net)}\tA\t\t{tail}"
                    f"{head}\t512000\tBanque\t\t\t{piece}\t{_euros(net)}\t0,00\t\t\t{tail}"
                )
                written += 2


def _euros(minor: int) -> str:
    return f"{minor // 100},{minor % 100:02d}"


def _run(code: str, path: Path) -> tuple[float, float]:
    """Return seconds and peak MiB of a fresh interpreter; its best of several rounds."""
    best = (float("inf"), float("inf"))
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", code, str(path)]
        root = Path(__file__).resolve().parents[1]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
        seconds, peak = done.stdout.split()
        best = min(best, (float(seconds), float(peak) / 1024))
    return best


def main() -> int:
    """Measure and print; exit 1 when the goal is not met."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "732829320FEC20261231.txt"
        write_fec(path, rows)
        _, bare = _run(BARE, path)
        anchor, _ = _run(ANCHOR, path)
        ours, peak = _run(OURS, path)
    ratio, more = ours / anchor, peak - bare
    met = ratio <= MOST_TIME and more <= MOST_MIB
    print(f"goal 17, {rows:,} rows: csv.reader {anchor:.2f} s, typed lines {ours:.2f} s")
    print(f"ratio {ratio:.2f} (at most {MOST_TIME}), {more:.1f} MiB more (at most {MOST_MIB})")
    print("met" if met else "not met")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
