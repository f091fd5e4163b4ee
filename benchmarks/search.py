"""Finding one client among many by name: exact, by a beginning, and with a typo.

Run `python -m benchmarks.search [NAMES]` (100,000 by default). The anchor of each typo is
rapidfuzz's WRatio over every name, in the same run.
"""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from rapidfuzz import fuzz, process

from benchmarks.lookup_books import made_up_names
from bot.domain.search import normalise, read_query
from bot.services.lookups.name_index import Known, Match, NameIndex

ROUNDS = 7
TYPOS = ("dupnot", "etablisement martn", "menuisrie lemoine", "garage berrnard")


def timed(call: Callable[[], object]) -> float:
    """Return the median milliseconds of a call."""
    took = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        call()
        took.append(time.perf_counter() - start)
    return statistics.median(took) * 1e3


def main() -> int:
    """Measure one index; the exact way must stay under 1 ms, a typo under its anchor."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    raw = made_up_names(count)
    start = time.perf_counter()
    names = [normalise(name) for name in raw]
    normalised = time.perf_counter() - start
    index = NameIndex(
        Known(place, f"C{place:06d}", raw[place], name, f"{100_000_000 + place}")
        for place, name in enumerate(names)
    )
    built = time.perf_counter() - start - normalised
    print(f"{count} names: normalised in {normalised:.2f} s, indexed in {built:.2f} s")

    def find(how: Callable[..., Match], text: str) -> Match:
        return how(read_query(text))

    met = True
    for how, text in ((index.exact, "C000042"), (index.exact, raw[7]), (index.beginning, "menui")):
        took = timed(partial(find, how, text))
        met &= took < 1 or how == index.beginning
        print(f"{how.__name__} {text!r}: {took:.3f} ms")
    for text in TYPOS:
        took = timed(partial(find, index.near, text))
        floor = timed(
            partial(process.extract, text, names, scorer=fuzz.WRatio, score_cutoff=70, limit=10)
        )
        met &= took < floor
        hits = len(index.near(read_query(text)).hits)
        ratio = took / floor
        print(f"near {text!r}: {took:.1f} ms, {hits} hits, against {floor:.1f} ms: {ratio:.2f}x")
    print("met" if met else "NOT MET")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
