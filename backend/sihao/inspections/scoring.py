"""What an item is worth after its deductions. Exact decimals throughout."""

from collections.abc import Iterable
from decimal import Decimal

NOTHING = Decimal(0)


def lost_points(most: Decimal, deductions: Iterable[Decimal]) -> Decimal:
    """Add deductions up; an item never loses more than its points above the floor."""
    return min(most, sum(deductions, NOTHING))


def item_score(points: Decimal, lost: Decimal, restored: Decimal = NOTHING) -> Decimal:
    """Give what is left of an item; `restored` came back by objections."""
    return points - min(points, max(NOTHING, lost - restored))
