"""What the bank shows and the books do not have yet: seen money, and money that was taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

ON_ACCOUNT = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a movement pays of an item (`minor` negative: takes back), in the order of their days.

    `open_after_minor` is what the books will leave open of the item once they have it;
    `loose_minor` what the account held without an item (credits negative) when it was matched.
    Money without an item has the key `ON_ACCOUNT`.
    """

    id: int
    item_key: str
    minor: int
    open_after_minor: int
    loose_minor: int
    seen_on: date


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a client's account the books lack: `minor` in all, `items` by key (signed)."""

    minor: int = 0
    items: Mapping[str, int] = field(default_factory=dict)
    last_on: date | None = None


def seen_of(parts: Sequence[Part], open_now: Mapping[str, int], loose_now: int) -> Seen:
    """Return what the books still lack of one client's live parts, in one currency.

    An item's part is in the books once these leave of it what the latest part said, and never
    counts for more than it is. What the books hold as credits without an item since the first
    part was matched (a receipt not attributed yet) is in them too.
    """
    if not parts:
        return Seen()
    items = {key: _pending(mine, open_now.get(key, 0)) for key, mine in _by_item(parts).items()}
    absorbed = max(0, parts[0].loose_minor - loose_now)
    for key, minor in items.items():
        taken = min(absorbed, max(0, minor))
        items[key], absorbed = minor - taken, absorbed - taken
    left = {key: minor for key, minor in items.items() if minor}
    return Seen(sum(left.values()), left, max(part.seen_on for part in parts))


def in_books(
    parts: Sequence[Part], open_now: Mapping[str, int], loose_now: int, until: date | None
) -> list[int]:
    """Return the parts that the books have by now.

    Those of an item end together; where one takes money back, only once the books know the
    bank's receipts up to that day (`until`), because before it they agree by chance.
    """
    seen = seen_of(parts, open_now, loose_now)
    return [
        part.id
        for key, mine in _by_item(parts).items()
        if not seen.items.get(key) and all(_is_read(part, until) for part in mine)
        for part in mine
    ]


def lagging(parts: Sequence[Part], seen: Seen, until: date) -> list[Part]:
    """Return the money seen by a day, `until`, that the books still lack."""
    return [
        part
        for part in parts
        if part.minor > 0 and part.seen_on <= until and seen.items.get(part.item_key, 0) > 0
    ]


def _is_read(part: Part, until: date | None) -> bool:
    return part.minor > 0 or (until is not None and until >= part.seen_on)


def _by_item(parts: Sequence[Part]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = {}
    for part in parts:
        found.setdefault(part.item_key, []).append(part)
    return found


def _pending(parts: Sequence[Part], open_minor: int) -> int:
    most = sum(part.minor for part in parts if part.minor > 0)
    least = sum(part.minor for part in parts if part.minor < 0)
    if parts[0].item_key == ON_ACCOUNT:
        return most + least
    return max(least, min(most, open_minor - parts[-1].open_after_minor))
