"""The pictures of a case: nothing runs out of them, no name of an offer is cut."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from mpdi.costing.charts import Group, Line, axis, grouped_bars, lines

LONG = "Bureau De Smet & Zonen, perceel 2, variante met aanwezigheidsdetectie en dimming op daglicht, levering inbegrepen"
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
    assert " ".join(text for text in texts if text not in ("Energy", "1")) == " ".join(name for name, _, _ in group.amounts)
    below = [float(each.get("y")) for each in picture.iter(f"{SVG}text")]
    assert max(below) < int(picture.get("height"))
