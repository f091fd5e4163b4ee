"""How a language writes numbers, learnt once from what Babel makes of a sample.

Babel reads its pattern again for every number: 50 us each, twenty of them in one account.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

_SAMPLE = "1111111"


@dataclass(frozen=True, slots=True)
class NumberShape:
    """What stands around and between the digits of a number; `decimals` of them end it."""

    before: str
    after: str
    group: str
    point: str
    decimals: int

    def write(self, minor: int) -> str:
        """Write an amount of minor units, not negative."""
        if not self.decimals:
            return f"{self.before}{minor:,}{self.after}".replace(",", self.group)
        whole, rest = divmod(minor, 10**self.decimals)
        written = f"{whole:,}".replace(",", self.group)
        return f"{self.before}{written}{self.point}{rest:0{self.decimals}}{self.after}"


def learn(write: Callable[[Decimal], str], *, decimals: int, negative: bool) -> NumberShape:
    """Return the shape of what `write` makes of a number: seven digits and its decimals."""
    sample = Decimal(f"{_SAMPLE}.{'1' * decimals}" if decimals else _SAMPLE)
    written = write(-sample if negative else sample)
    first, last = written.index("1"), written.rindex("1")
    signs = [sign for sign in written[first:last].split("1") if sign]
    return NumberShape(
        before=written[:first],
        after=written[last + 1 :],
        group=signs[0],
        point=signs[-1] if decimals else "",
        decimals=decimals,
    )
