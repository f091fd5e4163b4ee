"""What is read of an e-mail that did not arrive: drawn as it stands, not at all once settled."""

from datetime import datetime
from pathlib import Path

import pytest

from bot.domain.told import Told
from storage import emails
from storage.unit_of_work import Database
from tests.services.drawing import draw
from tests.services.mail.test_bounces import Post


@pytest.fixture
def post(sqlite_database: Database, now: datetime, tmp_path: Path) -> Post:
    return Post(sqlite_database, now, tmp_path)


def test_a_bounce_names_the_client_the_address_and_the_server_s_words(post: Post) -> None:
    post.take()
    drawn = draw(post.books, Told.EMAIL_TROUBLE, {"email_id": post.id}, person_id=post.anne)
    said = str(drawn)
    assert all(part in said for part in ("Client", "compta@client.example", "no such user"))


def test_an_e_mail_that_needs_nobody_is_not_spoken_of(post: Post) -> None:
    body = {"email_id": post.id}
    assert draw(post.books, Told.EMAIL_TROUBLE, body, person_id=post.anne) is None


def test_an_e_mail_that_is_gone_is_not_spoken_of(post: Post) -> None:
    assert draw(post.books, Told.EMAIL_TROUBLE, {"email_id": 1}, person_id=post.anne) is None


def test_a_bounced_e_mail_is_counted_for_whoever_checks(post: Post) -> None:
    post.take()
    with post.database.read() as uow:
        assert emails.count_stuck(uow.session, workspace_id=post.workspace_id) == 1
