"""The address of a case, as somebody pasted it, read back into the case that it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mpdi.costing.fault_words import fault_in
from mpdi.costing.files import CountedCase, count
from mpdi.costing.forms import CaseForm, case_form, read_case_form
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.model import Language, Sheet

LONGEST = 20_000
_PAGES = "/life-cycle-cost/"


@dataclass(frozen=True)
class LinkedCase:
    """What an address holds: its sheet, the form with what was typed and its faults, the data that was read."""

    sheet: Sheet
    form: CaseForm
    data: Mapping[str, Any]

    @property
    def faults(self) -> list[str]:
        """What is wrong with it, offers included, each with its field."""
        said = [f"{field.label.text}: {field.errors[0]}" for field in self.form if field.errors]
        return [*said, *map(str, self.form.form_errors)]

    @property
    def buyer_faults(self) -> list[str]:
        """What is wrong with what the buyer fixes."""
        return [
            f"{each.label.text}: {each.errors[0]}" for each in self.form if each.errors and not _is_of_offer(each.name)
        ]

    def counted(self, language: Language) -> CountedCase | None:
        """The case with its figures; None where it is faulty, with the reason among the faults."""
        if self.faults:
            return None
        try:
            return count(self.data, language)
        except LifeCycleCostError as error:
            self.form.problem("", fault_in(error, language))
            return None


def read_link(text: str) -> LinkedCase | None:
    """Return the case of an address, whole or from the path on; None where it is the address of no case."""
    address = urlsplit(text.strip()[:LONGEST])
    name = address.path.partition(_PAGES)[2].strip("/")
    if name not in sheets() or not address.query:
        return None
    sheet = sheets()[name]
    form = case_form(sheet, dict(parse_qsl(address.query)))
    return LinkedCase(sheet, form, read_case_form(form, sheet))


def _is_of_offer(name: str) -> bool:
    return name[:1] == "o" and name[1:2].isdecimal()
