"""An e-mail that came back: marked once, its dead address not used again, its voice told."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.domain.mailing import EmailState
from bot.services.mail.bounces import BounceReport, BounceService
from bot.services.mail.drawing import MailKind, NotSent
from storage import emails, reachable
from storage.schema import metadata
from storage.sessions import Session
from storage.unit_of_work import Database
from tests.books import Books, open_books

TO = "compta@client.example"


class Post:
    """A company that wrote to a client of Anne's."""

    def __init__(self, database: Database, now: datetime, folder: Path) -> None:
        self.database, self.now, self.folder = database, now, folder
        self.books: Books = open_books(database)
        self.anne = self.books.person("Anne", email="anne@vendeur.example", channel="D1")
        self.client = self.books.client("C1", "Client", owner_id=self.anne)
        self.contact = self.books.add(
            "contact", client_id=self.client, key="a:1", email_sealed=self.books.seal(TO)
        )
        with database.write() as uow:
            made = emails.queue(
                uow.session,
                workspace_id=self.books.workspace_id,
                key="reminder:1",
                kind="step",
                client_id=self.client,
                contact_id=self.contact,
                to=TO,
                person_id=self.anne,
                now=now,
            )
            uow.commit()
        assert made is not None
        self.id = made
        self.heard: list[tuple[EmailState, str]] = []
        kind = MailKind(lambda _: NotSent("never drawn here"), self._hear)
        self.service = BounceService(database, lambda: now, {"step": kind})

    def _hear(self, _: Session, email: emails.EmailLine, __: datetime) -> None:
        self.heard.append((email.state, email.error))

    @property
    def workspace_id(self) -> int:
        return self.books.workspace_id

    def email(self) -> emails.EmailLine:
        with self.database.read() as uow:
            found = emails.find_email(uow.session, workspace_id=self.workspace_id, id=self.id)
        assert found is not None
        return found

    def take(self, status: str = "5.1.1", to: str = TO, message_id: str = "") -> BounceReport:
        """Have a report about the e-mail read."""
        path = self.folder / "report.eml"
        path.write_bytes(
            a_report(message_id or f"<{self.email().message_id}@vendeur.example>", status, to)
        )
        return self.service.take_file(self.workspace_id, path)

    def reachable(self) -> int:
        with self.database.read() as uow:
            return len(
                reachable.list_reachable(
                    uow.session, workspace_id=self.workspace_id, client_id=self.client
                )
            )

    def told(self) -> list[tuple[str, int]]:
        messages = metadata.tables["message"].c
        with self.database.read() as uow:
            rows = uow.session.execute(select(messages.kind, messages.person_id)).all()
        return [(row[0], row[1]) for row in rows]


def a_report(message_id: str, status: str, to: str) -> bytes:
    """Return a mail server's report that one address is given up."""
    return "\r\n".join(
        [
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
            "",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; relay.example",
            "",
            f"Final-Recipient: rfc822; {to}",
            "Action: failed",
            f"Status: {status}",
            "Diagnostic-Code: smtp; 550 no such user",
            "",
            "--b",
            "Content-Type: message/rfc822",
            "",
            f"Message-ID: {message_id}",
            "",
            "Bonjour",
            "--b--",
        ]
    ).encode()


@pytest.fixture
def post(database: Database, now: datetime, tmp_path: Path) -> Post:
    return Post(database, now, tmp_path)


def test_an_e_mail_that_came_back_is_marked_with_the_server_s_words(post: Post) -> None:
    assert post.take() == BounceReport(marked=1, dead_addresses=1)
    email = post.email()
    assert (email.state, email.error) == (EmailState.BOUNCED, "5.1.1 550 no such user")


def test_a_dead_address_is_not_written_to_again(post: Post) -> None:
    post.take()
    assert post.reachable() == 0


def test_a_full_mailbox_is_written_to_again(post: Post) -> None:
    post.take("5.2.2")
    assert post.reachable() == 1


def test_whose_voice_it_was_is_told(post: Post) -> None:
    post.take()
    assert post.told() == [("email_trouble", post.anne)]


def test_what_the_e_mail_was_about_hears_that_it_came_back(post: Post) -> None:
    post.take()
    assert post.heard == [(EmailState.BOUNCED, "5.1.1 550 no such user")]


def test_a_report_read_twice_changes_nothing(post: Post) -> None:
    post.take()
    assert post.take() == BounceReport()
    assert len(post.told()) == 1


def test_a_report_of_somebody_else_s_e_mail_is_only_counted(post: Post) -> None:
    assert post.take(message_id="<other@elsewhere.example>") == BounceReport(unknown=1)
    assert post.email().state is EmailState.PENDING


def test_a_report_of_another_address_does_not_spoil_this_one(post: Post) -> None:
    assert post.take(to="someone@client.example") == BounceReport(unknown=1)
    assert post.reachable() == 1


def test_another_workspace_s_report_finds_nothing(post: Post) -> None:
    other = open_books(post.database)
    path = post.folder / "report.eml"
    path.write_bytes(a_report(f"<{post.email().message_id}@vendeur.example>", "5.1.1", TO))
    assert post.service.take_file(other.workspace_id, path) == BounceReport(unknown=1)
