"""Every text goodcop raises or reports on purpose, read in the source: values are written {}."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOMES = (
    "bot/domain", "bot/services", "bot/sources", "bot/cli", "storage", "handlers", "jobs",
    "bot/rendering",
)  # fmt: skip
# What is answered by its kind alone (not found, not allowed, busy) has one text for each kind.
REFUSALS = frozenset(
    {"GoodcopError", "InvalidInput", "Conflict", "SourceError", "TemporarySourceError"}
    | {"PermanentSourceError"}
)
VALUE = "{}"


@dataclass(frozen=True, slots=True)
class Raised:
    """One text: the call that carries it and where it is."""

    call: str
    place: str
    text: str


def texts_of(names: frozenset[str] | set[str], argument: int, *, under: str = "") -> list[Raised]:
    """Return the literal texts given as an argument to these calls, in reading order."""
    return [
        Raised(name, f"{path.relative_to(ROOT)}:{call.lineno}", text)
        for path, tree in _trees()
        if str(path.relative_to(ROOT)).startswith(under)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and (name := _name(call.func)) in names
        for text in _literals(call, argument)
    ]


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for home in HOMES:
        for path in sorted((ROOT / home).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _literals(call: ast.Call, argument: int) -> Iterator[str]:
    if len(call.args) > argument:
        yield from _written(call.args[argument])


def _written(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=parts):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else VALUE for part in parts
            )
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            for one in _written(left):
                for other in list(_written(right)) or [VALUE]:
                    yield one + other
        case ast.IfExp(body=body, orelse=other):
            yield from _written(body)
            yield from _written(other)
        case _:
            return
