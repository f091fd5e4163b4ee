"""What an item is, in its row of the table."""

from datetime import date

import pytest

from bot.domain.ledger import DueFrom, ItemKind
from bot.rendering.items import item_table
from bot.rendering.speech import speech
from bot.rendering.views import ItemView, Voice


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (ItemKind.INVOICE, "FA-1"),
        (ItemKind.RETENTION, "Retenue sur FA-1"),
        (ItemKind.BILL, "Effet pour FA-1"),
        (ItemKind.FACTORED, "FA-1, cédée au factor"),
    ],
)
def test_an_item_set_apart_says_what_it_is(kind: ItemKind, said: str) -> None:
    item = ItemView("FA-1", date(2027, 9, 1), 0, 5_000, "EUR", DueFrom.STATED, kind)
    assert said in str(item_table([item], 1, speech(Voice("fr"))))
