"""Words that a person wrote leave only while what they speak of is still owed."""

import asyncio

import pytest

from bot.services.dunning.mailing import STEP_MAIL, step_mail_kind
from bot.services.dunning.room import dunning_room
from bot.services.dunning.windows import StepWindowService
from bot.services.mail.service import MailService
from storage.unit_of_work import Database
from tests.services.dunning.company import TUESDAY
from tests.services.dunning.test_mailing import SERVER, Post
from tests.services.dunning.test_steps import Desk

WORDS = "Rappel\nBonjour Claire, où en êtes-vous ?"


@pytest.fixture
def desk(database: Database) -> Desk:
    desk = Desk(database)
    desk.company.books.change("person", desk.company.anne, email="anne@seller.example")
    desk.service.send(desk.anne, desk.step, WORDS)
    return desk


def deliver(desk: Desk) -> Post:
    post, company = Post(), desk.company
    kinds = {STEP_MAIL: step_mail_kind()}
    mail = MailService(company.database, company.clock, SERVER, kinds, send=post.send)
    asyncio.run(mail.deliver_due(company.workspace_id))
    return post


def windows(desk: Desk) -> StepWindowService:
    return dunning_room(desk.company.database, desk.company.clock).windows


def pay_a_part(desk: Desk) -> None:
    desk.company.books.change("open_item", desk.item, open_minor=40_000)


def test_edited_words_leave_as_they_were_written(desk: Desk) -> None:
    [letter] = deliver(desk).letters
    assert (letter.subject, letter.text.strip()) == tuple(WORDS.split("\n"))


def test_a_payment_in_between_makes_them_a_draft_again_in_the_same_words(desk: Desk) -> None:
    pay_a_part(desk)
    assert deliver(desk).letters == []
    written = windows(desk).window(desk.anne, desk.step, TUESDAY).written
    assert written is not None
    assert f"{written.subject}\n{written.body.strip()}" == WORDS


def test_read_over_they_leave(desk: Desk) -> None:
    pay_a_part(desk)
    deliver(desk)
    desk.company.clock.hour += 1
    subject, _, body = WORDS.partition("\n")
    windows(desk).send(desk.anne, desk.step, subject, f"{body} Merci du premier versement.")
    [letter] = deliver(desk).letters
    assert "premier versement" in letter.text
