"""Delivery reports: what is given up, which e-mail it was, and what is no report at all."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from bot.domain.errors import InvalidInput
from bot.sources.bounces import MOST_BYTES, bounces_in, read_bounces

ID = "<5f.1@goodcop.example>"


def a_report(
    *,
    action: str = "failed",
    status: str = "5.1.1",
    copy: str = "message/rfc822",
    answers: str = "",
) -> bytes:
    """Return a report as mail servers write it (RFC 3464), with a copy of the e-mail or none."""
    lines = [
        "From: MAILER-DAEMON@relay.example",
        "To: facturation@vendeur.example",
        "Subject: Undelivered Mail Returned to Sender",
        *([f"In-Reply-To: {answers}"] if answers else []),
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "Could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; relay.example",
        "",
        "Final-Recipient: rfc822; Compta@Client.example",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 no such",
        " user",
        "",
    ]
    if copy:
        headers = [f"Message-ID: {ID}", "Subject: Vos factures", "", "Bonjour"]
        lines += ["--b", f"Content-Type: {copy}", "", *headers]
    return "\r\n".join([*lines, "--b--", ""]).encode()


def test_an_address_that_is_given_up_is_found_with_its_reason() -> None:
    [bounce] = bounces_in(a_report())
    assert (bounce.recipient, bounce.status, bounce.words) == (
        "compta@client.example",
        "5.1.1",
        "550 no such user",
    )


@pytest.mark.parametrize("copy", ["message/rfc822", "text/rfc822-headers"])
def test_the_e_mail_is_known_by_the_copy_that_comes_with_it(copy: str) -> None:
    assert bounces_in(a_report(copy=copy))[0].message_ids == (ID,)


def test_without_a_copy_the_e_mail_is_the_one_answered() -> None:
    assert bounces_in(a_report(copy="", answers=ID))[0].message_ids == (ID,)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", ""])
def test_still_trying_or_delivered_is_no_bounce(action: str) -> None:
    assert bounces_in(a_report(action=action)) == ()


def test_a_status_nobody_knows_is_left_empty() -> None:
    assert bounces_in(a_report(status="unknown"))[0].status == ""


def test_a_vacation_notice_is_no_report() -> None:
    notice = EmailMessage()
    notice["Subject"] = "Absente"
    notice.set_content("De retour lundi.")
    with pytest.raises(InvalidInput, match="no delivery report"):
        bounces_in(notice.as_bytes())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"Content-Type: message/delivery-status\r\n\r\n",
        b"Content-Type: multipart/report\r\n\r\nno boundary",
        a_report()[:300],
        a_report().replace(b"Final-Recipient: rfc822; Compta@Client.example\r\n", b""),
        a_report().replace(ID.encode(), b"\xff\xff not an id"),
    ],
)
def test_a_broken_report_is_refused_or_read_never_a_crash(content: bytes) -> None:
    try:
        read = bounces_in(content)
    except InvalidInput:
        read = ()
    assert isinstance(read, tuple)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.eml"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(InvalidInput, match="too large"):
        read_bounces(path)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.eml"
    path.write_bytes(a_report())
    assert len(read_bounces(path)) == 1
