# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""What was changed: `CHANGES` of a corrigendum (F14), `MODIFICATIONS_CONTRACT` of a contract (F20)."""

from tender_parsers.notice import Change, Text
from tender_parsers.ted.awards import contractor, money_into
from tender_parsers.ted.form import Action, Actions, Draft, Form, add, extend, frozen, plain, texts_into
from tender_parsers.ted.objects import cpv_of
from tender_parsers.ted.values import Element, local_name, string_value


def _section(form: Form, draft: Draft, element: Element) -> None:
    section = plain(element)
    if section:
        add(draft, "sections", section)


def _lot(form: Form, draft: Draft, element: Element) -> None:
    number = plain(element)
    if number:
        add(draft, "sections", number)


def _where(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, {"SECTION": _section, "LOT_NO": _lot, "LABEL": texts_into("description")})


def _side(field: str) -> Action:
    """An action that takes the old or the new value: text as text, dates and codes as they are written."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        outer = form.path
        form.path = f"{outer}/{local_name(element)}"
        for child in element:
            name = local_name(child)
            if name == "TEXT":
                extend(draft, field, form.text(child))
                continue
            written = cpv_of(child) or string_value(child)
            if written:
                extend(draft, field, (Text(written, None, f"{form.path}/{name}", None, form.lot),))
        form.path = outer

    return action


_CHANGE: Actions = {"WHERE": _where, "OLD_VALUE": _side("old"), "NEW_VALUE": _side("new")}


def _change(form: Form, draft: Draft, element: Element) -> None:
    if form.is_withheld(element):
        return
    stated = element.find("{*}WHERE/{*}LOT_NO")
    form.lot = (string_value(stated) or None) if stated is not None else None
    change: Draft = {}
    form.read(change, element, _CHANGE)
    form.lot = None
    draft.setdefault("changes", []).append(change)


def changes(form: Form, draft: Draft, element: Element) -> None:
    """Read `CHANGES`: each `CHANGE` by itself."""
    form.read(draft, element, {"CHANGE": _change})


def _because(reason: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault("reason", reason)
        extend(draft, "reason_description", form.text(element))

    return action


_MODIFICATION: Actions = {
    "SHORT_DESCR": texts_into("description"),
    "ADDITIONAL_NEED": _because("add-wss"),
    "UNFORESEEN_CIRCUMSTANCE": _because("mod-cir"),
    "VAL_TOTAL_BEFORE": money_into("value_before"),
    "VAL_TOTAL_AFTER": money_into("value_after"),
}


def _values(form: Form, draft: Draft, element: Element) -> None:
    draft["hidden"] = form.is_withheld(element)
    form.read(draft, element, _MODIFICATION)
    draft["hidden"] = False


def _information(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, {**_MODIFICATION, "VALUES": _values})


def _description(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, {"CONTRACTORS": _contractors, "CONTRACTOR": contractor})


def _contractors(form: Form, draft: Draft, element: Element) -> None:
    if not form.is_withheld(element):
        form.read(draft, element, {"CONTRACTOR": contractor})


def modifications(form: Form, draft: Draft, element: Element) -> None:
    """Read `MODIFICATIONS_CONTRACT`: why, and the price before and after."""
    own: Draft = {}
    form.read(own, element, {"DESCRIPTION_PROCUREMENT": _description, "INFO_MODIFICATIONS": _information})
    form.organisations += own.get("winners", ())
    draft["modification"] = own


def finish_changes(draft: Draft, previous: tuple[str, ...], contract: str | None) -> tuple[Change, ...]:
    """The changes of a `Notice`; a corrigendum changes the notice it names, a modification the contract."""
    found = [
        Change("notice", previous[0] if previous else None, **frozen(change)) for change in draft.get("changes", ())
    ]
    own: Draft | None = draft.get("modification")
    if own is not None:
        own = frozen(own)
        found.append(
            Change(
                "contract",
                contract,
                reason=own.get("reason"),
                reason_description=own.get("reason_description", ()),
                description=own.get("description", ()),
                value_before=own.get("value_before"),
                value_after=own.get("value_after"),
            )
        )
    return tuple(found)
