"""Published accounts: which row counts, and what a zero means."""

from datetime import date
from typing import Any

import pytest

from bot.domain.solvency.dossier import Accounts, Confidentiality, Quartiles, Sector, SourceState
from bot.sources.found import Found
from bot.sources.ratios import Ratios, read_accounts
from tests.sources.recorded import needs_recordings, recorded
from tests.sources.web import SITE, a_web, answering

SIREN = "996527057"


def a_row(**more: Any) -> dict[str, Any]:
    return {
        "siren": SIREN,
        "date_cloture_exercice": "2024-12-31",
        "type_bilan": "C",
        "confidentiality": "Public",
        "chiffre_d_affaires": 2_500_000,
        "resultat_net": 120_000,
        "autonomie_financiere": 37.7,
        "taux_d_endettement": 55.5,
        "ratio_de_liquidite": 142.0,
        "couverture_des_interets": 5.0,
        "credit_clients_jours": 44.0,
        "credit_fournisseurs_jours": 51.5,
    } | more


def read(**more: Any) -> Accounts:
    [accounts] = read_accounts([a_row(**more)], SIREN)
    return accounts


def test_a_row_is_read_with_money_in_cents() -> None:
    assert read() == Accounts(
        date(2024, 12, 31), 250_000_000, 12_000_000, 37.7, 55.5, 142.0, 20.0, 44.0, 51.5
    )


def test_a_turnover_of_zero_is_hidden_when_the_accounts_are_partly_confidential() -> None:
    accounts = read(
        confidentiality="Partiellement confidentiel", chiffre_d_affaires=0, resultat_net=0
    )
    assert (accounts.turnover_minor, accounts.result_minor, accounts.confidentiality) == (
        None,
        None,
        Confidentiality.PARTLY,
    )


def test_a_turnover_of_zero_is_true_beside_a_published_result() -> None:
    assert read(chiffre_d_affaires=0).turnover_minor == 0


def test_zero_turnover_and_zero_result_are_not_said() -> None:
    accounts = read(chiffre_d_affaires=0, resultat_net=0)
    assert (accounts.turnover_minor, accounts.result_minor) == (None, None)


def test_ratios_of_zero_were_not_computed() -> None:
    accounts = read(ratio_de_liquidite=0.0, credit_fournisseurs_jours=0.0, credit_clients_jours=0)
    assert (accounts.liquidity_percent, accounts.supplier_days, accounts.customer_days) == (
        None,
        None,
        None,
    )


def test_interest_without_earnings_is_not_covered() -> None:
    cover = read(couverture_des_interets=-50.0).interest_cover
    assert cover is not None
    assert cover < 0


@pytest.mark.parametrize("value", [None, "n/a", True, float("nan"), float("inf"), [1]])
def test_what_is_no_number_is_not_known(value: Any) -> None:
    assert read(ratio_de_liquidite=value).liquidity_percent is None


def test_an_unknown_confidentiality_is_not_taken_for_public() -> None:
    assert read(confidentiality="?").confidentiality is Confidentiality.PARTLY


def test_missing_keys_are_not_known() -> None:
    [accounts] = read_accounts([{"siren": SIREN, "date_cloture_exercice": "2024-12-31"}], SIREN)
    assert (accounts.turnover_minor, accounts.equity_percent) == (None, None)


@pytest.mark.parametrize("order", [("K", "C", "S"), ("S", "K", "C"), ("C", "S", "K")])
def test_of_one_closing_date_the_company_s_complete_row_counts(order: tuple[str, ...]) -> None:
    sizes = {"C": 1_000, "S": 2_000, "K": 3_000}
    rows = [a_row(type_bilan=kind, chiffre_d_affaires=sizes[kind]) for kind in order]
    assert [accounts.turnover_minor for accounts in read_accounts(rows, SIREN)] == [100_000]


def test_years_come_latest_first() -> None:
    rows = [a_row(date_cloture_exercice=f"{year}-12-31") for year in (2022, 2024, 2023)]
    assert [a.closed_on.year for a in read_accounts(rows, SIREN)] == [2024, 2023, 2022]


def test_rows_without_a_date_or_of_another_company_are_left_out() -> None:
    rows = [a_row(date_cloture_exercice=None), a_row(siren="111111111")]
    assert read_accounts(rows, SIREN) == ()


async def asked(document: Any, status: int = 200) -> Found[tuple[Accounts, ...]]:
    return await Ratios(a_web(answering(document, status)), SITE).find(SIREN)


async def test_both_shapes_of_the_service_are_read() -> None:
    v2 = await asked({"total_count": 1, "results": [a_row()]})
    v1 = await asked({"nhits": 1, "records": [{"fields": a_row()}]})
    assert v2 == v1
    assert v2.state is SourceState.ANSWERED


@pytest.mark.parametrize(
    ("document", "status", "state"),
    [
        ({"results": []}, 200, SourceState.NOTHING_KNOWN),
        ({"odd": 1}, 200, SourceState.WRONG),
        ({"error_code": "ODSQLError"}, 400, SourceState.WRONG),
        ({}, 503, SourceState.DOWN),
    ],
)
async def test_other_answers_are_states(document: Any, status: int, state: SourceState) -> None:
    assert (await asked(document, status)).state is state


def a_sector(**more: Any) -> dict[str, Any]:
    quartiles = {f"credit_fournisseurs_jours_q{at}": days for at, days in ((25, 40), (50, 55))}
    quartiles["credit_fournisseurs_jours_q75"] = 75
    row = {"classe_naf": "4332", "classe_ca": "2M-10M", "exercice": "2023", "cohorte": 80}
    return row | quartiles | more


async def sector(*rows: dict[str, Any], turnover: int | None = 3_000_000_00) -> Found[Sector]:
    return await Ratios(a_web(answering({"results": list(rows)})), SITE).sector("43.32A", turnover)


async def test_a_sector_gives_its_quartiles() -> None:
    answer = await sector(a_sector())
    assert answer.value == Sector("43.32A", 2023, Quartiles(40, 55, 75))


async def test_a_sector_is_asked_by_its_four_digits() -> None:
    asked = answering({"results": []})
    await Ratios(a_web(asked), SITE).sector("43.32A", None)
    assert asked.requests[0].url.params["where"] == 'classe_naf="4332"'


@pytest.mark.parametrize(
    ("turnover", "cohort"),
    [(1_000_000_00, 1), (3_000_000_00, 2), (20_000_000_00, 3), (None, 3)],
)
async def test_a_sector_is_of_the_company_s_size_when_that_is_known(
    turnover: int | None, cohort: int
) -> None:
    rows = [
        a_sector(classe_ca=size, cohorte=n, credit_fournisseurs_jours_q25=n)
        for n, size in ((1, "<2M"), (2, "2M-10M"), (3, ">10M"))
    ]
    answer = await sector(*rows, turnover=turnover)
    assert answer.value is not None
    assert answer.value.supplier_days is not None
    assert answer.value.supplier_days.first == cohort


async def test_the_last_year_counts() -> None:
    answer = await sector(a_sector(exercice="2021"), a_sector())
    assert answer.value is not None
    assert answer.value.year == 2023


async def test_quartiles_out_of_order_are_not_known() -> None:
    answer = await sector(a_sector(credit_fournisseurs_jours_q25=99))
    assert answer.value is not None
    assert answer.value.supplier_days is None


async def test_a_sector_without_a_year_is_nothing_known() -> None:
    assert (await sector(a_sector(exercice=None))).state is SourceState.NOTHING_KNOWN


@pytest.mark.parametrize("activity", ["", "xx.yyZ"])
async def test_an_activity_without_a_class_is_not_asked(activity: str) -> None:
    asked = answering({"results": []})
    answer = await Ratios(a_web(asked), SITE).sector(activity, None)
    assert (answer.state, asked.requests) == (SourceState.NOTHING_KNOWN, [])


async def test_a_sector_not_answered_is_a_state() -> None:
    answer = await Ratios(a_web(answering({}, 503)), SITE).sector("43.32A", None)
    assert answer.state is SourceState.DOWN


@needs_recordings
def test_recorded_accounts_take_the_company_s_own_row() -> None:
    records = recorded("ratios/ods-v1_ratios_552032534.json")["records"]
    accounts = read_accounts([record["fields"] for record in records], "552032534")
    assert [(a.closed_on.year, a.turnover_minor) for a in accounts[:2]] == [
        (2023, 699_000_000_00),
        (2022, 635_000_000_00),
    ]
    assert all(a.liquidity_percent != 0 for a in accounts)
