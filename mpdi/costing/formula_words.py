"""A formula of a sheet as people read it: the labels of its values, or the values themselves, in their places. Pure."""

import ast
import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from mpdi.costing.examples import word
from mpdi.costing.numbers import number
from mpdi.lcc.sheets.formulas import Formula
from mpdi.lcc.sheets.model import Language, Sheet

_NAME = re.compile(r"[a-z_][a-z0-9_]*")
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.])")
_FUNCTIONS = ("min", "max", "ceil", "unused_share")


class _Chosen(ast.NodeTransformer):
    """Puts the way that was chosen in the place of `pick(…)`: the others say nothing about this offer."""

    def __init__(self, values: Mapping[str, Decimal | str]) -> None:
        self._values = values

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "pick" and isinstance(node.args[0], ast.Name):
            chosen = self._values.get(node.args[0].id)
            return next((way.value for way in node.keywords if way.arg == chosen), node)
        return node


def in_words(formula: Formula, values: Mapping[str, Decimal | str], sheet: Sheet, language: Language) -> str:
    """Write the formula with the labels of its values: `Luminaires × (Price a luminaire + Installation)`."""
    labels = {key: each.label.said(language) for key, each in sheet.inputs.items()}
    labels |= {each.key: each.label.said(language) for each in sheet.quantities}
    return _written(formula, values, lambda name: labels.get(name, name), language)


def in_numbers(formula: Formula, values: Mapping[str, Decimal | str], language: Language) -> str:
    """Write the formula with the values themselves: `100 × (110 + 15)`; a value that nobody gave is a question mark."""
    return _written(formula, values, lambda name: _value(values.get(name), language), language)


def _value(value: Decimal | str | None, language: Language) -> str:
    if isinstance(value, Decimal):
        return number(value, language, 5)
    return "?" if value is None else word("choices", value, language)


def _written(formula: Formula, values: Mapping[str, Decimal | str], say: Callable[[str], str], language: Language) -> str:
    tree = _Chosen(values).visit(ast.parse(formula.text, mode="eval").body)
    text = ast.unparse(tree).replace(" * ", " × ").replace(" / ", " ÷ ").replace("-", "−")
    text = _NUMBER.sub(lambda found: number(Decimal(found[0]), language, 6), text)
    return _NAME.sub(lambda found: _named(found[0], say, language), text)


def _named(name: str, say: Callable[[str], str], language: Language) -> str:
    return f"{word('functions', name, language)} " if name in _FUNCTIONS else say(name)
