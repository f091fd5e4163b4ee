"""The house stays in order: short functions, short files, handlers that only pass things on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("bot", "handlers", "jobs", "storage", "benchmarks")
LONGEST_FUNCTION, LONGEST_FILE, HANDLER_BODY = 50, 300, 15
# Sales managers and open data are the trade's own words; `ClientManager` or `data.py` say nothing.
EMPTY_NAMES = re.compile(
    r"(^|_)(utils?|helpers?|misc)(_|$)|^(common|data|managers?)$|[a-z](Util|Helper|Manager)s?$"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def product_files() -> Iterator[Path]:
    """Yield the product's own Python files; the one migration grows with the schema."""
    for package in PRODUCT:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not {"versions", "vendor"} & set(path.parts):
                yield path


def functions(path: Path) -> Iterator[Function]:
    """Yield every function of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function):
            yield node


def defined(path: Path) -> Iterator[str]:
    """Yield the name of every function and class of a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, Function | ast.ClassDef):
            yield node.name


def length(function: Function) -> int:
    """Return how many lines a function takes."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body_lines(function: Function) -> int:
    """Return how many lines a function's body takes, its docstring apart."""
    body = function.body[ast.get_docstring(function) is not None :]
    return (body[-1].end_lineno or body[-1].lineno) - body[0].lineno + 1 if body else 0


def where(path: Path, name: str = "") -> str:
    """Return a place as an editor opens it."""
    return f"{path.relative_to(ROOT)} {name}".strip()


def test_no_function_is_long() -> None:
    assert [
        f"{where(path, one.name)}: {length(one)} lines"
        for path in product_files()
        for one in functions(path)
        if length(one) > LONGEST_FUNCTION
    ] == []


def test_no_file_is_long() -> None:
    files = [*product_files(), *sorted((ROOT / "tests").rglob("*.py"))]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert [f"{where(path)}: {n}" for path, n in lengths.items() if n > LONGEST_FILE] == []


def test_a_handler_parses_calls_and_answers() -> None:
    assert [
        f"{where(path, one.name)}: {body_lines(one)} lines"
        for path in sorted((ROOT / "handlers").glob("*.py"))
        for one in functions(path)
        if one.name.startswith("handle_") and body_lines(one) > HANDLER_BODY
    ] == []


def test_names_say_what_a_thing_is() -> None:
    names = [(path, name) for path in product_files() for name in (path.stem, *defined(path))]
    assert [where(path, name) for path, name in names if EMPTY_NAMES.search(name)] == []


@pytest.mark.parametrize("package", ["bot", "handlers", "jobs", "storage"])
def test_packages_hold_no_code_of_their_own(package: str) -> None:
    found = [path for path in product_files() if path.name == "__init__.py"]
    registers = {ROOT / "handlers" / "__init__.py", ROOT / "jobs" / "__init__.py"}
    own = [path for path in found if path.is_relative_to(ROOT / package)]
    assert [where(path) for path in own if path not in registers and path.read_text()] == []


def test_nothing_is_left_for_later() -> None:
    later = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
    assert [where(p) for p in product_files() if later.search(p.read_text(encoding="utf-8"))] == []
