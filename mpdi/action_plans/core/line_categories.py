"""The market category of a line: the authority's own label by its own table, a name of ours, or a CPV code by the map."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import REASON_LANGUAGES, value_label
from mpdi.clause_library.core.vocabulary import Category

_ANY_DAY = date(2000, 1, 1)
"""The map of categories has no dates."""
_CODE = re.compile(r"\s*(\d{2,8})(?:-\d)?(?!\d)")
_BEGINNING = "*"


@lru_cache(maxsize=20_000)
def label_key(label: str) -> str:
    """Return a label as labels are compared: small letters without accents, every run of other signs one space."""
    low = unicodedata.normalize("NFKD", label.casefold().replace("œ", "oe"))
    letters = "".join(sign for sign in low if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", letters).split())


def cpv_of(written: str) -> str | None:
    """Return the eight digits of a code that exists; what a spreadsheet took off (a first 0, last zeros) is put back."""
    found = _CODE.match(written)
    if found is None:
        return None
    digits, table = found[1], cpv_table()
    for each in (digits, digits.zfill(8) if len(digits) == 7 else digits, digits.ljust(8, "0")):
        if each in table:
            return each
    return None


@lru_cache(maxsize=20_000)
def category_of_cpv(code: str) -> Category:
    """Return the market category of a code; general where the map has none."""
    return find_category(Purchase(publication_date=_ANY_DAY, cpv=(code,))).used


class LabelTable:
    """Labels of an authority with their category. One that ends with * stands for every label that begins so."""

    def __init__(self, labels: Mapping[str, Category]) -> None:
        names = {
            label_key(name): each
            for each in Category
            for name in (each, *(value_label("category", str(each), language) for language in REASON_LANGUAGES))
        }
        whole = {label_key(label): each for label, each in labels.items() if not label.endswith(_BEGINNING)}
        self._whole = names | whole
        begun = {label_key(label): each for label, each in labels.items() if label.endswith(_BEGINNING)}
        self._begun = sorted(begun.items(), key=lambda each: -len(each[0]))

    def find(self, label: str) -> Category | None:
        """Return the category of a label; the longest beginning wins; `None`: nobody said."""
        key = label_key(label)
        if not key:
            return None
        found = self._whole.get(key)
        return found or next((each for begin, each in self._begun if key.startswith(begin)), None)
