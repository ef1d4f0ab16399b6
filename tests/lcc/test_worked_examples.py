"""Each page of a sheet: its example, worked by hand there, comes out of the sheet to the cent; nothing is left out of it."""

import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from sheet_samples import counted, parsed

from mpdi.costing.display import figure
from mpdi.lcc.sheets.catalogue import sheets

DOCS = Path(__file__).resolve().parents[2] / "docs" / "lcc"
SHEETS = sorted(sheets())
LINE = re.compile(
    r"^\| (?!\*\*|Offer|-)(?P<offer>[^|]+) \| (?P<category>[a-z_]+) \| [^|]* \| [^|]* \| (?P<worth>-?[\d .]+) \|$", re.M
)
TOTAL = re.compile(
    r"^\| \*\*(?P<offer>[^|]+)\*\* \| \*\*life-cycle cost\*\* \| \| \| \*\*(?P<worth>-?[\d .]+)\*\* \|$", re.M
)


def page_of(name: str) -> str:
    return (DOCS / f"{name}.md").read_text(encoding="utf-8")


def amount(text: str) -> Decimal:
    return Decimal(text.replace(" ", ""))


def cents(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def test_every_page_of_a_sheet_has_its_sheet_and_every_sheet_its_page():
    pages = {path.stem for path in DOCS.glob("*.md") if "\nSheet `" in path.read_text(encoding="utf-8")}
    assert pages == set(SHEETS)


@pytest.mark.parametrize("name", SHEETS)
def test_the_worked_example_comes_out_to_the_cent(name):
    page = page_of(name)
    example = re.search(r"```yaml\n(.*?)```", page, re.S)
    result = counted(parsed(example[1]))[1]
    totals = {found["offer"]: amount(found["worth"]) for found in TOTAL.finditer(page)}
    assert {each.name: cents(each.lcc) for each in result.alternatives} == totals
    assert len(totals) >= 2


@pytest.mark.parametrize("name", SHEETS)
def test_the_worked_example_comes_out_component_by_component(name):
    page = page_of(name)
    result = counted(parsed(re.search(r"```yaml\n(.*?)```", page, re.S)[1]))[1]
    by_hand: dict[tuple[str, str], list[Decimal]] = {}
    for found in LINE.finditer(page):
        by_hand.setdefault((found["offer"], found["category"]), []).append(amount(found["worth"]))
    counted_here = {(each.name, word): worth for each in result.alternatives for word, worth in each.pv.items()}
    assert set(by_hand) == set(counted_here)
    for place, lines in by_hand.items():
        # Lines are printed to the cent, so that their sum may be off by half a cent each.
        assert counted_here[place] == pytest.approx(sum(lines), abs=Decimal("0.005") * len(lines) + Decimal("1e-9")), (
            place
        )


@pytest.mark.parametrize("name", SHEETS)
def test_the_page_names_every_input_formula_default_and_origin(name):
    page, sheet = page_of(name), sheets()[name]
    assert f"version {sheet.version}" in page
    for each in (*sheet.buyer, *sheet.tenderer):
        row = next(line for line in page.splitlines() if line.startswith(f"| `{each.key}` |"))
        assert each.help.en in row
        assert each.proof is None or each.proof.en in row
        if each.default is not None:
            assert (figure(each.default, 5) if isinstance(each.default, Decimal) else each.default) in row
            assert (each.source.words if each.source else "assumption of the project") in row
    for text in (*(each.formula.text for each in sheet.quantities), *(each.amount.text for each in sheet.flows)):
        assert f"`{text}`" in page
