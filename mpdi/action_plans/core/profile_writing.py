"""A profile back into the data of a `PROFILE.yaml`, and that data into text: what is read gives the same profile."""

import datetime
from dataclasses import fields
from decimal import Decimal
from typing import Any

import yaml

from mpdi.action_plans.core.profile import ActionChange, PlanProfile

_NO_FOLDING = 1_000_000
"""Characters of a line: each value stands on one."""


def profile_data(profile: PlanProfile) -> dict[str, Any]:
    """Return the data, in the order of the documentation; what the authority did not say has no key."""
    name = profile.authority.name
    data: dict[str, Any] = {
        "authority": {
            "name": name.fr if name.fr == name.nl else {"fr": name.fr, "nl": name.nl},
            "type": str(profile.authority.type),
            **({"id": profile.authority.id} if profile.authority.id else {}),
        },
        "period": {"from": profile.period.first, "to": profile.period.last},
        "language": profile.language,
        "date": profile.day,
        "canevas": profile.canevas,
        "spending": [
            _kept({"category": str(each.category), "amount": each.amount, "contracts": each.contracts})
            for each in profile.spending
        ],
        "spending_note": profile.spending_note,
        "spending_labels": {label: str(each) for label, each in profile.spending_labels.items()},
        "self_assessment": {str(theme): level for theme, level in profile.self_assessment.items()},
        "objectives": [
            _kept(
                {
                    "category": str(each.category),
                    "indicator": each.indicator,
                    "baseline": each.baseline,
                    "target": each.target,
                    "by": each.by,
                    "reason": each.reason or None,
                }
            )
            for each in profile.objectives
        ],
        "plan_options": [str(each) for each in profile.options],
        "purchases": [
            _kept(
                {
                    "category": str(each.category),
                    "object": each.object,
                    "publication": each.publication,
                    "amount": each.amount,
                }
            )
            for each in profile.purchases
        ],
        "resources": dict(profile.resources),
        "actions": {key: _change(change) for key, change in profile.actions.items()},
        "progress": _progress(profile),
    }
    return {key: value for key, value in data.items() if value not in ([], {}, "")}


def _progress(profile: PlanProfile) -> dict[str, Any]:
    noted = [
        {"action": each.action, "value": each.value, "day": each.day, "evidence": each.evidence}
        for each in profile.noted
    ]
    return _kept({"day": profile.progress_day, "by_hand": noted or None})


def _kept(item: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if value is not None}


def _change(change: ActionChange) -> dict[str, Any]:
    values = {field.name: getattr(change, field.name) for field in fields(change)}
    kept = {key: value for key, value in values.items() if value is not None and value is not False}
    return {key: str(value) if key == "state" else value for key, value in kept.items()}


def profile_text(profile: PlanProfile) -> str:
    """Return the text of a `PROFILE.yaml`; the same profile gives the same text."""
    return yaml.dump(
        profile_data(profile),
        Dumper=_PlainDumper,
        allow_unicode=True,
        sort_keys=False,
        width=_NO_FOLDING,
        default_flow_style=False,
    )


class _PlainDumper(yaml.SafeDumper):
    """Writes decimals as figures and never an alias: the strict reader takes none."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        """Write everything out."""
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    return dumper.represent_scalar("tag:yaml.org,2002:float" if "." in text else "tag:yaml.org,2002:int", text)


def _day(dumper: yaml.SafeDumper, value: datetime.date) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


_PlainDumper.add_representer(Decimal, _decimal)
_PlainDumper.add_representer(datetime.date, _day)
