"""What a receipt pays: by reference, amount, promise and payer; firm only when two of them agree.

A name alone never says what was paid. What is not firm is a proposal with its reasons, and
finance decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, groupby

from bot.domain.bank.seen import ON_ACCOUNT
from bot.domain.references import mentions, normal
from bot.domain.solvency.linking import NameMatch, name_match

MOST_PROPOSALS = 3
_MOST_TOGETHER = 4
_MOST_TRIED = 12
_SHORTEST_NUMBER = 4


class Tie(StrEnum):
    """What a receipt and an account have in common."""

    REFERENCE = "reference"
    AMOUNT = "amount"
    SEVERAL = "several"
    NETTED = "netted"
    PROMISE = "promise"
    PART = "part"
    MORE = "more"
    SAME_NAME = "same_name"
    CLOSE_NAME = "close_name"


_WHOLE = frozenset({Tie.AMOUNT, Tie.SEVERAL, Tie.NETTED})
_NAMES = frozenset({Tie.SAME_NAME, Tie.CLOSE_NAME})


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in: how much, from whom, with which words."""

    minor: int
    payer: str
    text: str

    @property
    def numbers(self) -> frozenset[str]:
        """Return what may be document numbers in its text, normalised."""
        return frozenset(mentions(self.text))


@dataclass(frozen=True, slots=True)
class Debt:
    """An item of an account; `open_minor` is less what the bank showed (credits negative)."""

    key: str
    number: str
    due_on: date
    open_minor: int
    id: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A client's account in the receipt's currency; `promises` are amounts of live ones by id."""

    client_id: int
    name: str
    items: tuple[Debt, ...]
    promises: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a receipt may pay of one account: amounts by item key, and why."""

    client_id: int
    parts: tuple[tuple[str, int], ...]
    ties: frozenset[Tie]

    @property
    def is_firm(self) -> bool:
        """Say whether two independent facts agree: a reference or a promise, and the amount."""
        by_reference = Tie.REFERENCE in self.ties and bool(self.ties & _WHOLE)
        by_promise = Tie.PROMISE in self.ties and bool(self.ties & _NAMES)
        return by_reference or by_promise

    @property
    def strength(self) -> tuple[bool, bool, bool, bool]:
        """Return how much speaks for it, to put the likeliest first."""
        ties = self.ties
        named = Tie.SAME_NAME in ties
        return self.is_firm, Tie.REFERENCE in ties, bool(ties & (_WHOLE | {Tie.PROMISE})), named


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: the one firm answer, or proposals, the likeliest first."""

    firm: Proposal | None
    proposals: tuple[Proposal, ...]


def match_receipt(receipt: Receipt, accounts: Iterable[Account]) -> Finding:
    """Return what a receipt pays; firm only when one account alone has two facts agreeing."""
    found = [one for account in accounts if (one := _propose(receipt, account)) is not None]
    firm = [one for one in found if one.is_firm]
    best = sorted(found, key=lambda one: (*(not each for each in one.strength), one.client_id))
    return Finding(firm[0] if len(firm) == 1 else None, tuple(best[:MOST_PROPOSALS]))


def says_number(numbers: frozenset[str], number: str) -> bool:
    """Say whether a document's number is among those written, with or without its letters."""
    known = normal(number)
    bare = known.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if len(known) < _SHORTEST_NUMBER:
        return False
    return known in numbers or (len(bare) >= _SHORTEST_NUMBER and bare in numbers)


def spread(minor: int, items: Iterable[Debt]) -> tuple[tuple[str, int], ...]:
    """Return an amount over debts of one debtor; what is left is on account.

    Those due first are paid first, those due the same day in proportion (Civil code, art. 1342-10;
    a client's debts all cost the same rate, so that none is the one to close before).
    """
    parts, left = [], minor
    oldest_first = sorted(items, key=lambda item: (item.due_on, item.key))
    for _, alike in groupby(oldest_first, key=lambda item: item.due_on):
        for key, share in _in_proportion(left, list(alike)):
            parts.append((key, share))
            left -= share
    return (*parts, (ON_ACCOUNT, left)) if left else tuple(parts)


def _propose(receipt: Receipt, account: Account) -> Proposal | None:
    match = name_match(account.name, receipt.payer)
    names = {NameMatch.SAME: {Tie.SAME_NAME}, NameMatch.CLOSE: {Tie.CLOSE_NAME}}
    name_ties = frozenset(names.get(match, set()) if match else set())
    numbers = receipt.numbers
    named = [item for item in account.items if says_number(numbers, item.number)]
    if named:
        parts, ties = _of_named(receipt.minor, named, account.items)
        return Proposal(account.client_id, parts, ties | name_ties | {Tie.REFERENCE})
    debts = [item for item in account.items if item.open_minor > 0]
    whole = _whole(receipt.minor, account.items)
    ties = frozenset(whole[1]) if whole else frozenset()
    if any(minor == receipt.minor for _, minor in account.promises):
        ties |= {Tie.PROMISE}
    if not debts or not (ties or name_ties):
        return None
    parts = whole[0] if whole else spread(receipt.minor, debts)
    return Proposal(account.client_id, parts, ties | name_ties)


def _of_named(
    minor: int, named: Sequence[Debt], items: Sequence[Debt]
) -> tuple[tuple[tuple[str, int], ...], frozenset[Tie]]:
    """Return the parts of documents that the payer names, and how the amount fits them."""
    credits = [item for item in items if item.open_minor < 0 and item not in named]
    for chosen in (named, [*named, *credits]):
        if _sum(chosen) == minor:
            return _paid(chosen), frozenset({_how(chosen)})
    for size in range(len(named) - 1, 0, -1):
        fitting = [c for c in combinations(named[:_MOST_TRIED], size) if _sum(c) == minor]
        if len(fitting) == 1:
            return _paid(fitting[0]), frozenset({_how(fitting[0])})
    debts = [item for item in named if item.open_minor > 0]
    tie = Tie.PART if _sum(debts) > minor else Tie.MORE
    return spread(minor, debts), frozenset({tie})


def _whole(
    minor: int, items: Sequence[Debt]
) -> tuple[tuple[tuple[str, int], ...], frozenset[Tie]] | None:
    """Return the only items, oldest first, that the amount pays in whole, or None."""
    if items and _sum(items) == minor:
        return _paid(items), frozenset({_how(items)})
    oldest = sorted(items, key=lambda item: (item.due_on, item.key))[:_MOST_TRIED]
    for size in range(1, _MOST_TOGETHER + 1):
        fitting = [chosen for chosen in combinations(oldest, size) if _sum(chosen) == minor]
        if len(fitting) == 1:
            return _paid(fitting[0]), frozenset({_how(fitting[0])})
        if fitting:
            return None
    return None


def _how(chosen: Sequence[Debt]) -> Tie:
    if any(item.open_minor < 0 for item in chosen):
        return Tie.NETTED
    return Tie.SEVERAL if len(chosen) > 1 else Tie.AMOUNT


def _paid(chosen: Sequence[Debt]) -> tuple[tuple[str, int], ...]:
    """Return what each item gives: debts are paid, credit notes used."""
    return tuple((item.key, item.open_minor) for item in chosen if item.open_minor)


def _in_proportion(minor: int, debts: Sequence[Debt]) -> list[tuple[str, int]]:
    """Return what each debt gets, to the minor unit, the first ones the cents that are left."""
    total = _sum(debts)
    paid = min(minor, total)
    before, shares = 0, []
    for debt in debts:
        upto = -(-(before + debt.open_minor) * paid // total)  # rounded up
        given = upto - -(-before * paid // total)
        before += debt.open_minor
        if given:
            shares.append((debt.key, given))
    return shares


def _sum(items: Iterable[Debt]) -> int:
    return sum(item.open_minor for item in items)
