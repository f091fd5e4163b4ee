"""What a check says of its arguments."""

from collections.abc import Callable
from typing import Any

from bot.domain.errors import GoodcopError


def refusal(check: Callable[..., Any], *given: Any) -> str:
    """Return the field (or the class) of what a check refuses, empty when it lets it pass."""
    try:
        check(*given)
    except GoodcopError as refused:
        return str(getattr(refused, "field", "")) or type(refused).__name__
    return ""
