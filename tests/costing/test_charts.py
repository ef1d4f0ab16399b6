"""The pictures of a case: nothing runs out of them, no name of an offer is cut."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from mpdi.costing.charts import NARROW, WIDE, Group, Line, axis, crossings, grouped_bars, lines, year_bars

LONG = (
    "Bureau De Smet & Zonen, perceel 2, variante met aanwezigheidsdetectie en dimming op daglicht, levering inbegrepen"
)
SVG = "{http://www.w3.org/2000/svg}"


def rows(*highest, name=LONG):
    return [Line(f"{name} {place}", (Decimal(0), Decimal(end) / 2, Decimal(end))) for place, end in enumerate(highest)]


@pytest.mark.parametrize("highest", ["73532", "60000", "60000.01", "0.4", "9.99", "999999999", "100"])
@pytest.mark.parametrize("lowest", ["0", "-1", "-73532.10", "-60000"])
def test_the_axis_holds_every_value_with_few_round_marks(lowest, highest):
    marks = axis(rows(lowest, highest))
    assert marks[0] <= Decimal(lowest)
    assert marks[-1] >= Decimal(highest)
    assert 2 <= len(marks) <= 7
    assert 0 in marks


def test_no_line_leaves_the_picture_and_each_offer_is_named_whole():
    drawn = rows("73532", "51000", "-8000", *["100"] * 37)
    picture = ElementTree.fromstring(lines("Spent", drawn, "année", [(mark, str(mark)) for mark in axis(drawn)]))
    width, height = int(picture.get("width")), int(picture.get("height"))
    for path in picture.iter(f"{SVG}polyline"):
        for x, y in (map(float, point.split(",")) for point in path.get("points").split()):
            assert 0 <= x <= width
            assert 0 <= y <= height
    texts = [(float(each.get("y")), each.text) for each in picture.iter(f"{SVG}text")]
    assert all(0 < y < height for y, _ in texts)
    written = re.sub(r"\s+", " ", " ".join(text for _, text in texts))
    assert all(row.name in written for row in drawn)
    assert "…" not in written


def test_the_name_beside_a_bar_is_broken_and_not_cut():
    group = Group("Energy", tuple((f"{LONG} {place}", Decimal(place), "1") for place in range(1, 4)))
    picture = ElementTree.fromstring(grouped_bars("Costs", [group]))
    texts = [each.text for each in picture.iter(f"{SVG}text")]
    assert " ".join(text for text in texts if text not in ("Energy", "1")) == " ".join(
        name for name, _, _ in group.amounts
    )
    below = [float(each.get("y")) for each in picture.iter(f"{SVG}text")]
    assert max(below) < int(picture.get("height"))


def texts_of(svg):
    return [each.text for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_where_a_dearer_offer_is_earned_back_is_marked():
    drawn = [
        Line("Base", (Decimal(100), Decimal(200), Decimal(300))),
        Line("LED", (Decimal(180), Decimal(230), Decimal(280))),
    ]
    (met,) = crossings(drawn, "année {year}")
    assert (met.year, met.amount, met.words) == (Decimal("1.6"), Decimal(260), "année 2")
    assert "année 2" in texts_of(lines("Spent", drawn, "année", [(Decimal(0), "0"), (Decimal(300), "300")], (met,)))


def test_an_offer_that_is_cheaper_from_the_start_crosses_nothing():
    drawn = [
        Line("Base", (Decimal(100), Decimal(200))),
        Line("LED", (Decimal(90), Decimal(95))),
        Line("Never", (Decimal(200), Decimal(301))),
    ]
    assert crossings(drawn, "{year}") == ()


@pytest.mark.parametrize("shape", [WIDE, NARROW], ids=["wide", "narrow"])
def test_bars_of_years_stay_in_the_picture_and_an_income_goes_down(shape):
    drawn = [Line(LONG, (Decimal(5000), Decimal(100), Decimal(-400))), Line("B", (Decimal(0), Decimal(1), Decimal(2)))]
    picture = ElementTree.fromstring(
        year_bars("Paid", drawn, "année", [(mark, str(mark)) for mark in axis(drawn)], shape)
    )
    bars = list(picture.iter(f"{SVG}rect"))[1:]
    assert len(bars) == 6
    for each in bars:
        left, top = float(each.get("x")), float(each.get("y"))
        assert left >= 0
        assert left + float(each.get("width")) <= shape.width
        assert top >= 0
        assert top + float(each.get("height")) <= float(picture.get("height"))
    income, cost = bars[2], bars[0]
    assert float(income.get("y")) == pytest.approx(float(cost.get("y")) + float(cost.get("height")), abs=0.1)


def test_a_phone_gets_a_picture_of_its_width_with_letters_of_the_same_size():
    groups = [Group("Énergie", ((LONG, Decimal(10000), "10 000,00"), ("B", Decimal(-200), "-200,00")))]
    wide, narrow = (ElementTree.fromstring(grouped_bars("Bars", groups, shape)) for shape in (WIDE, NARROW))
    assert int(narrow.get("width")) == 360
    sizes = [{each.get("font-size") for each in picture.iter(f"{SVG}text")} for picture in (wide, narrow)]
    assert sizes == [{"14"}, {"14"}]
    for each in narrow.iter(f"{SVG}rect"):
        assert float(each.get("x")) >= 0
        assert float(each.get("x")) + float(each.get("width")) <= 360


def test_words_at_crossings_that_lie_close_to_each_other_neither_overlap_nor_leave_the_picture():
    base = Line("Base", tuple(Decimal(100 * year) for year in range(21)))
    others = [Line(f"Offer {at}", tuple(Decimal(1700 + at) + 10 * Decimal(year) for year in range(21))) for at in range(5)]
    drawn = [base, *others]
    marks = [(mark, str(mark)) for mark in axis(drawn)]
    for shape in (WIDE, NARROW):
        svg = lines("Spent", drawn, "year", marks, crossings(drawn, "year {year}"), shape).decode()
        found = re.findall(r'<text text-anchor="(start|end)" x="([\d.]+)" y="([\d.]+)"[^>]*>year \d+<', svg)
        assert len(found) == 5
        places = [(float(x) - (63 if anchor == "end" else 0), float(y)) for anchor, x, y in found]
        assert all(x >= 0 and x + 63 <= shape.width for x, _ in places)
        for at, (x, y) in enumerate(places):
            for other_x, other_y in places[at + 1 :]:
                assert abs(x - other_x) >= 56 or abs(y - other_y) >= 14
