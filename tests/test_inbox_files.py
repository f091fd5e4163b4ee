"""What a file dropped in the inbox becomes: a list of prospects, or books."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from bot.core import Core, open_core
from bot.domain.errors import InvalidInput
from storage.schema import metadata
from tests.follow_up_rows import Clock, a_company
from tests.sources.written_e_invoices import SELLER, cii, legal

SIREN = "552032534"


@pytest.fixture
def core(sqlite_url: str) -> Iterator[Core]:
    opened = open_core(sqlite_url, ("test-key",), Clock())
    a_company(opened.database)
    yield opened
    opened.close()


def count(core: Core, table: str) -> int:
    with core.database.read() as work:
        return len(work.session.execute(select(metadata.tables[table])).all())


def drop(core: Core, folder: Path, name: str, text: str) -> tuple[int, int]:
    """Drop a file; return how many rated companies and imports there are after."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    core.take_file(path)
    return count(core, "company_rating"), count(core, "import_run")


def test_a_list_of_prospects_is_rated(core: Core, tmp_path: Path) -> None:
    before = count(core, "import_run")
    assert drop(core, tmp_path, "prospects.csv", f"siren\n{SIREN}\n") == (1, before)


def test_any_other_file_is_imported(core: Core, tmp_path: Path) -> None:
    before = count(core, "import_run")
    text = "code;nom\nC0412;Menuiserie Roy & Fils\n"
    assert drop(core, tmp_path, "clients.csv", text) == (0, before + 1)


def test_an_electronic_invoice_is_kept_beside_the_books(core: Core, tmp_path: Path) -> None:
    path = tmp_path / "invoice.xml"
    path.write_bytes(cii(seller_numbers=legal(SELLER)))
    with core.database.write() as work:
        work.session.execute(update(metadata.tables["entity"]).values(siren=SELLER))
        work.commit()
    core.take_file(path)
    assert count(core, "e_invoice") == 1


def test_what_a_mail_server_reports_is_read_not_imported(core: Core, tmp_path: Path) -> None:
    before = count(core, "import_run")
    path = tmp_path / "hello.EML"
    path.write_text("Subject: hello\n\nhello\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match="no delivery report"):
        core.take_file(path)
    assert count(core, "import_run") == before
