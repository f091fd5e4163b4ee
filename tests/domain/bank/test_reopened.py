"""Items open again in the books: only where a receipt went away and as much is owed again."""

from bot.domain.bank.reopened import reopened
from bot.domain.books import BalanceLine, ItemRow, SettlementRow
from bot.domain.ledger import SettledBy

DAY = 740_000


def item(open_minor: int, *, id: int = 1, minor: int = 100) -> ItemRow:
    known = (id, 7, f"k{id}", f"F{id}", "invoice", DAY, DAY, "stated")
    return ItemRow(*known, minor, open_minor, "EUR", "", "")


def balance(net_minor: int) -> BalanceLine:
    return BalanceLine(1, 7, "EUR", net_minor, 0, None, 0, 0, None, None, None)


def gone(by: SettledBy = SettledBy.RECEIPT) -> SettlementRow:
    return SettlementRow(5, 1, by.value, 100, DAY)


PAID, OWED = item(0), item(100)


def found(
    *, was: ItemRow = PAID, now: ItemRow = OWED, net: int = 100, new: tuple[ItemRow, ...] = ()
) -> list[tuple[int, int]]:
    seen = reopened([(was, now)], new, [gone()], [(balance(0), balance(net))])
    return [(one.client_id, one.minor) for one in seen]


def test_a_receipt_gone_and_as_much_owed_again_came_back() -> None:
    assert found() == [(7, 100)]


def test_matching_done_anew_brings_nothing_back() -> None:
    assert found(net=0) == []


def test_a_new_invoice_is_no_money_that_came_back() -> None:
    assert found(net=100, new=(item(100, id=2), item(-5, id=3, minor=-5))) == []


def test_an_item_still_paid_did_not_come_back() -> None:
    assert found(now=PAID) == []


def test_an_item_that_a_credit_note_closed_did_not_come_back() -> None:
    seen = reopened([(PAID, OWED)], (), [gone(SettledBy.CREDIT_NOTE)], [(balance(0), balance(100))])
    assert seen == []


def test_a_new_item_of_another_account_changes_nothing() -> None:
    other = item(100, id=2)._replace(client_id=8)
    assert found(new=(other,)) == [(7, 100)]
