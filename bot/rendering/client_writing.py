"""The texts written to clients: allowed fields only, checked before they are kept, bounded.

A text is a template that finance may change. It is read by a sandbox and, before that, its tree is
checked: it names published fields, may ask whether one is there, and may go once through the
invoices. It calls nothing, imports nothing and repeats nothing else, so it can neither hang nor
reach another client: everything it can name was put there, as a text, for this client.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from jinja2 import Template, TemplateError, meta, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.domain.errors import InvalidInput, NotFound

TEXT_KEYS = (
    "courtesy", "reminder_1", "reminder_2", "last_reminder", "formal_notice_cover", "statement",
    "broken_promise", "thank_you",
)  # fmt: skip
_FOLDER = Path(__file__).with_name("client_texts")
MOST_SIGNS, MOST_ITEMS = 10_000, 200
ITEM_FIELDS = ("number", "issued_on", "due_on", "amount", "credit", "days_late")
FIELDS = (
    "client", "client_code", "contact", "voice", "voice_email", "company",
    "company_siren", "iban", "today", "total", "overdue", "not_due", "oldest_days", "count",
    "deadline", "interest", "fees", "promised", "promised_on", "received",
)  # fmt: skip
_ITEMS = "items"
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If,
    nodes.For, nodes.Const, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ClientText:
    """A text as it is kept: templates of a subject and of a body."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as the client reads it."""

    subject: str
    body: str


def check(text: ClientText) -> None:
    """Raise `InvalidInput` naming `subject` or `body` and what is wrong there."""
    for field, source in (("subject", text.subject), ("body", text.body)):
        if not source.strip():
            raise InvalidInput("Write a text.", field=field)
        if len(source) > MOST_SIGNS:
            raise InvalidInput(f"Enter at most {MOST_SIGNS} characters.", field=field)
        if field == "subject" and any(sign in source for sign in "\r\n"):
            raise InvalidInput("The subject is one line.", field=field)
        _check_tree(source, field)


def names_in(text: ClientText) -> frozenset[str]:
    """Return the fields that a checked text names."""
    return frozenset(_named(text.subject) | _named(text.body))


def write(text: ClientText, fields: Fields, items: Sequence[Fields]) -> WrittenText:
    """Return a text for one client; `fields` and `items` are ready to be read.

    Raise `InvalidInput` as `check` does.
    """
    check(text)
    values: dict[str, object] = {name: fields.get(name, "") for name in FIELDS}
    values[_ITEMS] = [{name: one.get(name, "") for name in ITEM_FIELDS} for one in items][
        :MOST_ITEMS
    ]
    subject = _template(text.subject).render(values)
    return WrittenText(
        " ".join(subject.split()), _template(text.body).render(values).strip() + "\n"
    )


def _check_tree(source: str, field: str) -> None:
    try:
        tree = _SANDBOX.parse(source)
    except TemplateError as error:
        raise InvalidInput(f"This text cannot be read: {error.message}", field=field) from error
    _Checker(field).visit(tree, loop="")


class _Checker:
    """Walks a text's tree; `loop` is the name an invoice goes by, inside the one loop allowed."""

    def __init__(self, field: str) -> None:
        self._field = field

    def visit(self, node: nodes.Node, loop: str) -> None:
        """Refuse what a text may not hold."""
        if not isinstance(node, _ALLOWED):
            what = type(node).__name__.lower()
            self._refuse(f"A text holds fields and the list of invoices only, not {what}.")
        if isinstance(node, nodes.For):
            self._visit_loop(node, loop)
            return
        if isinstance(node, nodes.Getattr):
            self._check_item_field(node, loop)
            return
        if isinstance(node, nodes.Name) and node.name not in FIELDS and node.name != _ITEMS:
            self._refuse(f"There is no field {node.name}.")
        for child in node.iter_child_nodes():
            self.visit(child, loop)

    def _visit_loop(self, node: nodes.For, loop: str) -> None:
        over, target = node.iter, node.target
        plain = isinstance(over, nodes.Name) and over.name == _ITEMS
        if loop or not plain or not isinstance(target, nodes.Name) or node.recursive or node.test:
            self._refuse("The only loop is over the invoices: for item in items.")
        for child in (*node.body, *node.else_):
            self.visit(child, target.name)

    def _check_item_field(self, node: nodes.Getattr, loop: str) -> None:
        if not isinstance(node.node, nodes.Name) or not loop or node.node.name != loop:
            self._refuse(f"There is no field {node.attr}.")
        elif node.attr not in ITEM_FIELDS:
            self._refuse(f"An invoice has no {node.attr}.")

    def _refuse(self, problem: str) -> NoReturn:
        raise InvalidInput(problem, field=self._field)


_SANDBOX = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, autoescape=False, keep_trailing_newline=True
)  # a plain text goes to the client: there is nothing to escape


@lru_cache(maxsize=256)
def _template(source: str) -> Template:
    return _SANDBOX.from_string(source)


@lru_cache(maxsize=256)
def _named(source: str) -> set[str]:
    return meta.find_undeclared_variables(_SANDBOX.parse(source))


@lru_cache(maxsize=64)
def default_text(key: str, language: str) -> ClientText:
    """Return the house's own text in a language (anything but French is English).

    Raise `NotFound` for a key that does not exist.
    """
    if key not in TEXT_KEYS:
        raise NotFound(f"There is no text {key}.")
    folder = "fr" if language[:2].lower() == "fr" else "en"
    return split_text((_FOLDER / folder / f"{key}.txt").read_text(encoding="utf-8"))


def split_text(source: str) -> ClientText:
    """Return a text from a file: the subject on its first line, then an empty line, the body."""
    subject, _, body = source.partition("\n")
    return ClientText(subject.strip(), body.lstrip("\n"))
