"""The only place that prints: one JSON object, or plain lines."""

import csv
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def say_json(document: Any) -> None:
    """Print one JSON object."""
    print(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def say(*lines: str) -> None:
    """Print plain lines."""
    for line in lines:
        print(line, flush=True)


def say_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Print rows as CSV with their header; a cell that a spreadsheet would run is a text."""
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _safe(row[name]) for name in columns})


def _safe(value: Any) -> Any:
    runs = isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r")
    return f"'{value}" if runs else value


def say_refusal(code: str, message: str, *, as_json: bool) -> None:
    """Print why nothing was done."""
    if as_json:
        say_json({"error": {"code": code, "message": message}})
    else:
        print(f"goodcop: {message}", file=sys.stderr)


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Return rows as aligned lines; the last column is not padded."""
    kept = [tuple(row) for row in rows]
    if not kept:
        return []
    widths = [max(len(row[i]) for row in kept) for i in range(len(kept[0]))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in kept
    ]
