"""Tenders received by lot: several kinds of statistics stand side by side, and must not be added up."""

from decimal import Decimal
from pathlib import Path

import pytest

from tender_parsers import WITHHELD, Notice, parse_notice
from tender_parsers.notice import LotResult, Statistic
from tender_parsers.received import Received, received_by_lot

FIXTURES = Path(__file__).parent / "fixtures"


def counted(*results: LotResult) -> dict[str | None, tuple[object, object]]:
    counts = received_by_lot(Notice(format="eforms", results=results))
    return {lot: (each.tenders, each.from_smes) for lot, each in counts.items()}


def result(lot: str | None, **numbers: object) -> LotResult:
    received = tuple(Statistic(code.replace("_", "-"), number) for code, number in numbers.items())
    return LotResult(lots=(lot,) if lot else (), received=received)


@pytest.mark.parametrize(
    ("statistics", "tenders", "from_smes"),
    [
        ({"tenders": Decimal(5), "t_sme": Decimal(3), "t_esubm": Decimal(5)}, 5, 3),
        ({"tenders": Decimal(5), "t_sme": Decimal(3), "t_micro": Decimal(1), "t_small": Decimal(2)}, 5, 3),
        ({"tenders": Decimal(5), "t_micro": Decimal(1), "t_small": Decimal(2), "t_med": Decimal(1)}, 5, 4),
        ({"t_sme": Decimal(2)}, None, 2),
        ({"tenders": Decimal(0)}, 0, None),
        ({"tenders": WITHHELD, "t_micro": Decimal(1), "t_small": WITHHELD}, None, 1),
    ],
)
def test_kinds_of_statistics_are_not_added_up(statistics, tenders, from_smes):
    assert counted(result("LOT-0001", **statistics)) == {"LOT-0001": (tenders, from_smes)}


def test_several_results_of_a_lot_count_once_and_a_lot_that_says_nothing_is_absent():
    assert counted(
        result("LOT-0001", tenders=Decimal(4)),
        result("LOT-0001", tenders=Decimal(5), t_sme=Decimal(1)),
        result("LOT-0002", participants=Decimal(7)),
        result("LOT-0003"),
        result(None, tenders=Decimal(2)),
    ) == {"LOT-0001": (5, 1), None: (2, None)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ted/award_notice.xml", {"Perceel 1": Received(Decimal(5), Decimal(3)), "Perceel 2": Received(Decimal(2))}),
        ("boamp/award_notice.xml", {"1": Received(Decimal(3), Decimal(2)), "2": Received(Decimal(0))}),
        (
            "eforms/award_notice_withheld_values.xml",
            {
                "LOT-0001": Received(Decimal(5), Decimal(3)),
                "LOT-0002": Received(Decimal(0)),
                "LOT-0003": Received(None, Decimal(3)),
            },
        ),
    ],
)
def test_it_counts_alike_in_every_format(name, expected):
    assert received_by_lot(parse_notice(FIXTURES / name)) == expected
