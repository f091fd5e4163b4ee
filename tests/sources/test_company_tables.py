"""Files about companies: insurers, agencies, shareholders, prospects; refusals name the cell."""

from datetime import date
from pathlib import Path

import pytest

from bot.domain.errors import PermanentSourceError
from bot.domain.solvency.dossier import Grade
from bot.domain.solvency.files import CoverRow, GradeRow, LinkRow, ProspectRow
from bot.sources.company_tables import read_grades, read_insurers, read_links, read_prospects
from bot.sources.tables import detect_kind


def written(folder: Path, text: str, name: str = "assureur.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_an_insurers_file_gives_cover_by_policy(tmp_path: Path) -> None:
    text = (
        "SIREN;Assureur;Police;Montant accordé;Quotité;Note;Validité;Devise\n"
        "552 032 534;Assur;P-9;50 000,00;90 %;B;31/12/2026;EUR\n"
    )
    until = date(2026, 12, 31)
    assert read_insurers(written(tmp_path, text)).rows == (
        CoverRow("552032534", "Assur", "P-9", 50_000_00, 90, "B", "EUR", until),
    )


def test_what_an_insurers_file_lacks_has_a_plain_default(tmp_path: Path) -> None:
    file = read_insurers(written(tmp_path, "siren,granted_amount\n552032534,1000\n"))
    assert file.rows == (CoverRow("552032534", "assureur", "", 1_000_00, 100, "", "EUR", None),)


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        (",100,90,", "siren"),
        ("123456789,100,90,", "siren"),
        ("552032534,-5,90,", "granted_amount"),
        ("552032534,many,90,", "granted_amount"),
        ("552032534,100,120,", "insured_share"),
        ("552032534,100,most,", "insured_share"),
        ("552032534,100,90,someday", "valid_until"),
    ],
)
def test_a_bad_insurers_line_is_reported_with_its_column(
    tmp_path: Path, cells: str, column: str
) -> None:
    text = f"siren,granted_amount,insured_share,valid_until\n{cells}\n"
    file = read_insurers(written(tmp_path, text))
    assert file.rows == ()
    assert [(bad.line, bad.column) for bad in file.rejected] == [(2, column)]


def test_a_share_can_be_a_fraction(tmp_path: Path) -> None:
    text = "siren;granted_amount;insured_share\n552032534;100;0,9\n"
    assert read_insurers(written(tmp_path, text)).rows[0].insured_percent == 90


def test_an_agencys_grades_keep_its_words(tmp_path: Path) -> None:
    text = (
        "siren,agence,note,classe\n552032534,Agence,7/10,B\n428268023,Agence,c,\n732829320,A,9,\n"
    )
    assert read_grades(written(tmp_path, text)).rows == (
        GradeRow("552032534", "Agence", "7/10", Grade.B),
        GradeRow("428268023", "Agence", "c", Grade.C),
        GradeRow("732829320", "A", "9", None),
    )


def test_a_line_without_a_grade_is_reported(tmp_path: Path) -> None:
    file = read_grades(written(tmp_path, "siren,rating\n552032534,\n"))
    assert [bad.column for bad in file.rejected] == ["rating"]


def test_shareholders_say_who_holds_whom(tmp_path: Path) -> None:
    text = "siren,parent_siren,part\n552032534,732829320,80\n428268023,732829320,\n"
    assert read_links(written(tmp_path, text, "greffe.csv")).rows == (
        LinkRow("552032534", "732829320", 80, "greffe"),
        LinkRow("428268023", "732829320", None, "greffe"),
    )


def test_a_company_does_not_hold_itself(tmp_path: Path) -> None:
    file = read_links(written(tmp_path, "siren,parent_siren\n552032534,552032534\n"))
    assert [bad.column for bad in file.rejected] == ["parent_siren"]


def test_prospects_have_a_siren_or_a_name(tmp_path: Path) -> None:
    text = (
        "siren,name,ville,commercial,priorite\n552032534,,,,haute\n,Atelier Roy,Lyon,anne@x.fr,\n"
    )
    assert read_prospects(written(tmp_path, text)).rows == (
        ProspectRow("552032534", "", priority=1),
        ProspectRow(None, "Atelier Roy", "Lyon", "anne@x.fr"),
    )


def test_a_bad_prospect_is_reported(tmp_path: Path) -> None:
    text = "siren,name,priority\n,,\n552032534,Roy,urgent\n"
    file = read_prospects(written(tmp_path, text))
    assert [(bad.line, bad.column) for bad in file.rejected] == [(3, "priority")]


def test_a_file_without_the_needed_column_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(PermanentSourceError) as refused:
        read_insurers(written(tmp_path, "siren,name\n552032534,Roy\n"))
    assert refused.value.code == "bad_header"


def test_an_import_never_takes_an_insurers_file_for_clients(tmp_path: Path) -> None:
    text = "siren,insurer,granted_amount\n552032534,Assur,1000\n"
    with pytest.raises(PermanentSourceError):
        detect_kind(written(tmp_path, text))
