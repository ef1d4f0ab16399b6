"""Numbers and tables as text: the one place where a figure is rounded."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

NOTHING = "–"


def money(value: Decimal | None) -> str:
    """An amount to the cent, half up, thousands apart: 16 187.33."""
    return NOTHING if value is None else _grouped(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def figure(value: Decimal | None, digits: int = 4) -> str:
    """A number with at most so many decimals, trailing zeros left out."""
    if value is None:
        return NOTHING
    text = _grouped(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Decimal | None) -> str:
    """A fraction as a percentage."""
    return NOTHING if value is None else f"{figure(value * 100, 2)} %"


def year(value: int | None) -> str:
    """The year of a payback; one that never comes is said."""
    return "never" if value is None else f"year {value}"


def _grouped(value: Decimal) -> str:
    text = f"{value:,f}".replace(",", " ")
    return text.removeprefix("-") if not value else text


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
