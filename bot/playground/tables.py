"""Check table and data_table blocks."""

from bot.playground import limits
from bot.playground.elements import Problems
from bot.playground.shapes import Json

CELLS = {"raw_text", "raw_number", "rich_text"}
ALIGN = {None, "left", "center", "right"}


def table_text(block: Json) -> int:
    """Return how many characters the cells of a table hold."""

    def length(node: object) -> int:
        if isinstance(node, dict):
            return sum(
                len(value) if key == "text" and isinstance(value, str) else length(value)
                for key, value in node.items()
            )
        return sum(map(length, node)) if isinstance(node, list) else 0

    return length(block.get("rows"))


def _check_cell(cell: Json, where: str, problems: Problems) -> None:
    kind = cell.get("type") if isinstance(cell, dict) else None
    if kind not in CELLS:
        problems.say(f"unsupported cell type: {kind}", where)
    elif kind == "raw_text" and not cell.get("text"):
        # One empty raw_text makes Slack refuse the whole message.
        problems.say("must be more than 0 characters", where + "/text")
    elif kind == "raw_number" and not isinstance(cell.get("value"), int | float):
        problems.say("must be a number", where + "/value")


def _check_rows(block: Json, most: int, where: str, problems: Problems) -> list[list[Json]]:
    rows: list[list[Json]] = block.get("rows") or []
    if not 1 <= len(rows) <= most:
        problems.say(f"must have 1 to {most} rows", where + "/rows")
    for number, row in enumerate(rows):
        if not 1 <= len(row) <= limits.TABLE_COLUMNS:
            problems.say(f"must have 1 to {limits.TABLE_COLUMNS} cells", f"{where}/rows/{number}")
        for column, cell in enumerate(row):
            _check_cell(cell, f"{where}/rows/{number}/{column}", problems)
    return rows


def check_table(block: Json, where: str, problems: Problems) -> None:
    """Check a table: 100 rows of 20 cells, no empty cell."""
    _check_rows(block, limits.TABLE_ROWS, where, problems)
    settings = block.get("column_settings") or []
    if len(settings) > limits.TABLE_COLUMNS:
        problems.say("too many column settings", where + "/column_settings")
    if any(one and one.get("align") not in ALIGN for one in settings):
        problems.say("invalid align", where + "/column_settings")


def check_data_table(block: Json, where: str, problems: Problems) -> None:
    """Check a data_table: a caption, a plain header row, all rows of one width."""
    problems.longest(block.get("caption"), limits.SECTION_TEXT, where + "/caption")
    rows = _check_rows(block, limits.TABLE_ROWS + 1, where, problems)
    if len(rows) < 2:
        problems.say("needs a header and one row", where + "/rows")
    if len({len(row) for row in rows}) > 1:
        problems.say("all rows must have the same width", where + "/rows")
    if rows and any(cell.get("type") == "rich_text" for cell in rows[0]):
        problems.say("rich_text is not allowed in the header", where + "/rows/0")
    if not 1 <= block.get("page_size", 5) <= limits.TABLE_ROWS:
        problems.say("page_size must be 1 to 100", where + "/page_size")
    if table_text(block) > limits.DATA_TABLE_TEXT:
        problems.say("table text is too long", where + "/rows")
