"""A step's e-mail through goodcop whole, to a real mail server on loopback."""

from bot.app import App, SlackAccess
from bot.core import core_on
from bot.outlets.smtp import MailServer
from storage.unit_of_work import Database
from tests.services.dunning.test_mailing import Desk
from tests.services.mail.post_office import a_post_office

NO_SLACK = SlackAccess("xoxb-none", "none", api_url="http://127.0.0.1:9/api/")


def app(desk: Desk, server: MailServer | None) -> App:
    """Return goodcop on the books of a desk."""
    core = core_on(desk.company.database, desk.company.clock)
    return App(core, NO_SLACK, mail=server)


async def test_a_reminder_leaves_with_the_outbox_in_the_voice_of_a_person(
    sqlite_database: Database,
) -> None:
    desk = Desk(sqlite_database)
    async with a_post_office() as office:
        await app(desk, office.server).deliver()
        await app(desk, office.server).deliver()
    [letter] = office.taken
    assert (letter["To"], letter["Reply-To"]) == ("compta@client.example", "anne@seller.example")
    assert "1\u202f000,00\xa0€" in str(letter.get_content())
    assert desk.step[1] == "sent"


async def test_without_a_mail_server_a_reminder_waits(sqlite_database: Database) -> None:
    desk = Desk(sqlite_database)
    await app(desk, None).deliver()
    assert desk.step[1] == "queued"
