"""The colours of the theme: every pair that is used has enough contrast, light and dark."""

import re

import pytest

from mpdi.resources import folder

TEXT, CONTROL = 4.5, 3.0
PAIRS = (
    ("ink", "paper", TEXT),
    ("ink", "surface", TEXT),
    ("ink", "blue-soft", TEXT),
    ("ink", "amber-soft", TEXT),
    ("ink", "red-soft", TEXT),
    ("ink", "green-soft", TEXT),
    ("quiet", "paper", TEXT),
    ("quiet", "surface", TEXT),
    ("quiet", "amber-soft", TEXT),
    ("blue", "paper", TEXT),
    ("blue", "surface", TEXT),
    ("blue", "blue-soft", TEXT),
    ("blue", "amber-soft", TEXT),
    ("blue", "red-soft", TEXT),
    ("blue-strong", "paper", TEXT),
    ("blue-strong", "blue-soft", TEXT),
    ("on-blue", "blue", TEXT),
    ("on-blue", "blue-strong", TEXT),
    ("green", "paper", TEXT),
    ("green", "green-soft", TEXT),
    ("red", "paper", TEXT),
    ("red", "red-soft", TEXT),
    ("amber", "amber-soft", TEXT),
    ("control", "paper", CONTROL),
    ("blue", "paper", CONTROL),
    *(
        ("on-theme", f"theme-{name}", TEXT)
        for name in ("environmental", "social", "ethical", "anti_dumping", "sme", "innovation")
    ),
)


def tokens() -> dict[str, dict[str, str]]:
    """The custom properties of the theme that are colours: light, and dark with light under it."""
    css = (folder("static") / "css" / "mpdi.css").read_text(encoding="utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\}", css, re.S)[:2]
    )
    return {"light": light, "dark": {**light, **dark}}


def luminance(colour: str) -> float:
    """Relative luminance after WCAG 2.2, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio after WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_has_enough_contrast(scheme: str) -> None:
    colours = tokens()[scheme]
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_the_accent_and_the_ink_are_those_of_the_design() -> None:
    colours = tokens()["light"]
    assert (colours["ink"], colours["blue"], colours["yellow"]) == ("#1c2430", "#1d3f8f", "#f5c400")


def test_rules_use_colours_by_name_only() -> None:
    css = (folder("static") / "css" / "mpdi.css").read_text(encoding="utf-8")
    rules = css[css.index("/* 1. Text */") : css.index("/* 8. Print")]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", rules) == []
