"""The labels of a profile: what an authority calls its purchases, each with the market category it stands for."""

from collections.abc import Mapping
from typing import Any

from mpdi.action_plans.core.field_reading import Problems
from mpdi.clause_library.core.vocabulary import Category

MOST_LABELS = 2_000
LONGEST_LABEL = 120
"""Characters; both bounds of ours."""


def read_labels(value: Any, problems: Problems) -> dict[str, Category]:
    """Return the labels that can be read; what is wrong with the others is kept in `problems`."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        problems.add("spending_labels", "is not a list of labels with categories.", "Write {your label: cleaning}.")
        return {}
    if len(value) > MOST_LABELS:
        problems.add("spending_labels", f"has {len(value)} labels.", f"At most {MOST_LABELS}: end one with * for many.")
        return {}
    read = {}
    for label, word in value.items():
        key = f"spending_labels.{str(label)[:40]}"
        words = problems.text(str(label), key)
        category = problems.word(word, key, Category)
        if len(words) > LONGEST_LABEL:
            problems.add(key, f"has {len(words)} characters.", f"Shorten it to {LONGEST_LABEL}, and end it with *.")
        elif words and category is not None:
            read[words] = category
    return read
