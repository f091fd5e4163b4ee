"""Texts to clients: what they may name, and that nothing else gets in or out."""

import pytest

from bot.domain.errors import InvalidInput, NotFound
from bot.rendering.client_writing import (
    FIELDS,
    MOST_ITEMS,
    MOST_SIGNS,
    TEXT_KEYS,
    ClientText,
    check,
    default_text,
    names_in,
    split_text,
    write,
)

ITEM = {"number": "FA-1", "amount": "100,00 €", "due_on": "1er octobre", "days_late": "54 jours"}
FILLED = dict.fromkeys(FIELDS, "x") | {"contact": "Mme Roy", "overdue": "100,00 €"}


@pytest.mark.parametrize("key", TEXT_KEYS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_house_s_own_texts_can_be_written(key: str, language: str) -> None:
    written = write(default_text(key, language), FILLED, [ITEM])
    assert written.subject
    assert "Mme Roy" in written.body
    assert "{" not in written.subject + written.body


def test_an_invoice_is_one_line() -> None:
    written = write(default_text("reminder_1", "fr"), FILLED, [ITEM, ITEM])
    lines = [line.strip() for line in written.body.splitlines()]
    assert lines.count("FA-1 : 100,00 €, échue le 1er octobre (54 jours)") == 2


def test_what_is_not_there_can_be_left_out() -> None:
    text = ClientText("s", "{% if iban %}IBAN {{ iban }}{% else %}rien{% endif %}")
    assert write(text, {}, []).body == "rien\n"


def test_a_value_is_text_and_never_a_template() -> None:
    written = write(ClientText("{{ client }}", "{{ client }}"), {"client": "{{ iban }}"}, [])
    assert written.body == "{{ iban }}\n"


def test_a_value_cannot_add_a_header() -> None:
    text = ClientText("{{ client }}", "b")
    written = write(text, {"client": "Roy\r\nBcc: other@example.org"}, [])
    assert written.subject == "Roy Bcc: other@example.org"


@pytest.mark.parametrize(
    "body",
    [
        "{{ client.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ config }}",
        "{{ self }}",
        "{{ lipsum }}",
        "{{ range(999999999) }}",
        "{% for x in range(9) %}{% endfor %}",
        "{% for a in items %}{% for b in items %}x{% endfor %}{% endfor %}",
        "{% for item in items recursive %}{{ loop(items) }}{% endfor %}",
        "{% for item in items if item %}x{% endfor %}",
        "{% for a, b in items %}x{% endfor %}",
        "{% for item in items %}{{ item.secret }}{% endfor %}",
        "{% for item in items %}{{ client.name }}{% endfor %}",
        "{% for item in items %}{{ item['number'] }}{% endfor %}",
        "{{ item.number }}",
        "{{ client * 999999 }}",
        "{{ client ~ client }}",
        "{{ client | upper }}",
        "{{ '%s' | format(client) }}",
        "{{ client.format() }}",
        "{% set x = client %}",
        "{% macro m() %}{{ m() }}{% endmacro %}",
        "{% include 'alert.j2' %}",
        "{% import 'alert.j2' as a %}",
        "{% extends 'alert.j2' %}",
        "{% raw %}{% endraw",
        "{{ unknown_field }}",
        "{% if client is defined %}x{% endif %}",
        "{{ [1][0] }}",
        "{{ {}.keys() }}",
    ],
)
def test_what_could_hang_or_look_elsewhere_is_refused(body: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(ClientText("s", body))
    assert refused.value.field == "body"


@pytest.mark.parametrize(
    ("subject", "body", "field"),
    [
        ("", "b", "subject"),
        ("a\nb", "b", "subject"),
        ("s", " ", "body"),
        ("s", "x" * (MOST_SIGNS + 1), "body"),
    ],
)
def test_a_text_that_is_no_text_is_refused_at_its_field(
    subject: str, body: str, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        check(ClientText(subject, body))
    assert refused.value.field == field


def test_a_long_list_of_invoices_is_bounded() -> None:
    text = ClientText("s", "{% for item in items %}x{% endfor %}")
    assert write(text, {}, [ITEM] * 10_000).body == "x" * MOST_ITEMS + "\n"


def test_a_text_nobody_wrote_is_not_found() -> None:
    with pytest.raises(NotFound):
        default_text("../secrets", "fr")


def test_a_file_is_a_subject_then_a_body() -> None:
    assert split_text("Sujet\n\nCorps\n") == ClientText("Sujet", "Corps\n")


def test_a_text_says_which_fields_it_names() -> None:
    text = ClientText("{{ client }}", "{% if fees %}{{ fees }}{% endif %}")
    assert names_in(text) == {"client", "fees"}
