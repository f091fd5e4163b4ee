"""The playground's mailbox: it takes what a mail server is handed, and shows it on its page."""

from collections.abc import Iterator
from email.message import EmailMessage

import aiosmtplib
import httpx
import pytest

from bot.playground.server import Playground, create, serve
from tests.playground.conftest import ANNE, a_config


@pytest.fixture
def mailbox() -> Iterator[Playground]:
    """Give a served playground with a mailbox."""
    with serve(create(a_config(has_mailbox=True))) as served:
        yield served.playground


async def post(playground: Playground, *, enclosed: bytes = b"") -> None:
    """Hand over an e-mail, as the app does."""
    message = EmailMessage()
    message["From"] = "Anne <recouvrement@seller.example>"
    message["Reply-To"] = "anne@seller.example"
    message["To"] = "compta@client.example"
    message["Subject"] = "Facture échue <FA-1>"
    message.set_content("Bonjour,\n\n1 000,00 € restent dus.")
    if enclosed:
        message.add_attachment(enclosed, maintype="application", subtype="pdf", filename="à.pdf")
    await aiosmtplib.send(message, hostname="127.0.0.1", port=playground.mail_port, start_tls=False)


async def seen(playground: Playground, place: str) -> httpx.Response:
    """Return what Anne's browser gets."""
    async with httpx.AsyncClient(trust_env=False, base_url=playground.slack.base_url) as http:
        return await http.get(f"/as/{ANNE}/{place}")


async def test_an_e_mail_is_kept_as_its_receiver_has_it(mailbox: Playground) -> None:
    await post(mailbox)
    [mail] = mailbox.mails
    assert (mail.to, mail.reply_to) == ("compta@client.example", "anne@seller.example")
    assert mail.text == "Bonjour,\n\n1 000,00 € restent dus."


async def test_its_page_shows_a_hostile_subject_as_plain_text(mailbox: Playground) -> None:
    await post(mailbox)
    assert "Facture échue &lt;FA-1&gt;" in (await seen(mailbox, "mail")).text


async def test_the_page_says_that_no_e_mail_has_left(mailbox: Playground) -> None:
    assert "Aucun e-mail n’est encore parti" in (await seen(mailbox, "mail")).text


async def test_new_e_mails_are_counted_until_somebody_looks(mailbox: Playground) -> None:
    await post(mailbox)
    assert '<b class="count">1</b>' in (await seen(mailbox, "home")).text
    await seen(mailbox, "mail")
    assert '<b class="count">1</b>' not in (await seen(mailbox, "home")).text


async def test_what_an_e_mail_encloses_can_be_saved(mailbox: Playground) -> None:
    await post(mailbox, enclosed=b"%PDF-1.7")
    saved = await seen(mailbox, "mail/enclosed/0/0")
    assert saved.content == b"%PDF-1.7"
    assert "%C3%A0.pdf" in saved.headers["Content-Disposition"]


async def test_a_file_that_no_e_mail_encloses_is_not_found(mailbox: Playground) -> None:
    await post(mailbox)
    assert (await seen(mailbox, "mail/enclosed/0/0")).status_code == 404


async def test_without_a_mailbox_there_is_no_such_page(playground: Playground) -> None:
    assert (await seen(playground, "mail")).is_redirect
