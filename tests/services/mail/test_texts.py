"""The texts to clients: changed by one editor at a time, set back to the house's own."""

import pytest

from bot.domain.actors import Actor
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.lifecycle import Role
from bot.rendering.client_writing import ClientText, default_text
from bot.services.mail.texts import TextService
from storage.unit_of_work import Database
from tests.follow_up_rows import Clock, Company, a_company

PLACE = ("reminder_1", "fr")
TEXT = ClientText("Rappel", "Bonjour {{ contact }}\n")


@pytest.fixture
def company(database: Database) -> Company:
    return a_company(database)


@pytest.fixture
def texts(database: Database) -> TextService:
    return TextService(database, Clock())


def test_a_changed_text_says_who_wrote_it(texts: TextService, company: Company) -> None:
    assert texts.set(company.fiona, *PLACE, TEXT) == 1
    shown = texts.window(company.fiona, *PLACE)
    assert (shown.text, shown.version, shown.is_own, shown.by) == (TEXT, 1, True, "Fiona")


def test_who_comes_second_is_told_and_changes_nothing(texts: TextService, company: Company) -> None:
    texts.set(company.fiona, *PLACE, TEXT, 0)
    with pytest.raises(Conflict):
        texts.set(company.fiona, *PLACE, ClientText("Autre", "Bonjour\n"), 0)
    assert texts.window(company.fiona, *PLACE).text == TEXT


def test_the_same_text_is_kept_once(texts: TextService, company: Company) -> None:
    texts.set(company.fiona, *PLACE, TEXT)
    assert texts.set(company.fiona, *PLACE, TEXT) == 0


def test_the_houses_own_text_comes_back(texts: TextService, company: Company) -> None:
    texts.set(company.fiona, *PLACE, TEXT)
    assert texts.reset(company.fiona, *PLACE, 1) == 2
    shown = texts.window(company.fiona, *PLACE)
    assert (shown.text, shown.is_own) == (default_text(*PLACE), False)


def test_texts_are_for_who_sets_the_rules(texts: TextService, company: Company) -> None:
    anne = Actor(company.workspace_id, company.anne.person_id, roles=frozenset({Role.SALES}))
    with pytest.raises(NotAllowed):
        texts.windows(anne)
    with pytest.raises(NotAllowed):
        texts.window(anne, *PLACE)
