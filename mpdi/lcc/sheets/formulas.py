"""Formulas of sheets: sums, products, quotients and a few functions over named values, in `Decimal`, nothing else.

Read with Python's own parser, then walked over: what is not in the short list below is refused when a sheet is loaded.
"""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, DivisionByZero, InvalidOperation

from mpdi.lcc.cash_flows import unit_flows
from mpdi.lcc.discounting import exact
from mpdi.lcc.model import ONE, ZERO, Category
from mpdi.lcc.sheets.errors import FormulaError, MissingValueError

_OPERATIONS: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


def unused_share(life: Decimal, years: Decimal) -> Decimal:
    """Share of the life of the last unit bought that is left at the end of the study (straight line)."""
    flows = unit_flows("unit", ONE, life, int(years))
    return -sum((flow.amount for flow in flows if flow.category == Category.RESIDUAL), ZERO)


def is_replaced(life: Decimal, years: Decimal) -> Decimal:
    """1 where a unit is bought again within the study, else 0."""
    flows = unit_flows("unit", ONE, life, int(years), residual=False)
    return ONE if len(flows) > 1 else ZERO


_FUNCTIONS: Mapping[str, tuple[int, Callable[..., Decimal]]] = {
    "min": (2, min),
    "max": (2, max),
    "ceil": (1, lambda value: value.to_integral_value(ROUND_CEILING)),
    "unused_share": (2, unused_share),
    "is_replaced": (2, is_replaced),
}


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula as it is written, and its tree; `names` are the values it may ask for, `choices` those it picks by."""

    text: str
    tree: ast.expr
    names: frozenset[str]
    choices: frozenset[tuple[str, str]]

    def value(self, values: Mapping[str, Decimal | str]) -> Decimal:
        """Work it out; `MissingValueError` for a value it needs, `FormulaError` for a division by nothing."""
        try:
            with exact():
                return _number(self.tree, values)
        except (DivisionByZero, InvalidOperation, ZeroDivisionError) as error:
            raise FormulaError("divides_by_zero", formula=self.text) from error


def read_formula(text: object) -> Formula:
    """Return the formula; `FormulaError` where it holds anything but our few forms."""
    written = str(text)
    try:
        tree = ast.parse(written, mode="eval").body
    except SyntaxError as error:
        raise FormulaError("no_formula", text=written) from error
    names: set[str] = set()
    choices: set[tuple[str, str]] = set()
    _check(tree, written, names, choices)
    return Formula(written, tree, frozenset(names), frozenset(choices))


def _check(node: ast.expr, written: str, names: set[str], choices: set[tuple[str, str]]) -> None:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return
        case ast.Name(id=name):
            names.add(name)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand, written, names, choices)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATIONS:
            _check(left, written, names, choices)
            _check(right, written, names, choices)
        case ast.Call(func=ast.Name(id="pick"), args=[ast.Name(id=chosen)], keywords=ways) if ways:
            names.add(chosen)
            for way in ways:
                choices.add((chosen, str(way.arg)))
                _check(way.value, written, names, choices)
        case ast.Call(func=ast.Name(id=function), args=arguments, keywords=[]) if function in _FUNCTIONS and _FUNCTIONS[
            function
        ][0] == len(arguments):
            for argument in arguments:
                _check(argument, written, names, choices)
        case _:
            raise FormulaError("foreign_form", text=written, part=ast.unparse(node))


def _number(node: ast.expr, values: Mapping[str, Decimal | str]) -> Decimal:
    match node:
        case ast.Constant(value=number):
            return Decimal(str(number))
        case ast.Name(id=name):
            return _given(name, values)
        case ast.UnaryOp(operand=operand):
            return -_number(operand, values)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            first = _number(left, values)
            return first * _number(right, values) if first else first  # the price of what is not used may be unknown
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATIONS[type(op)](_number(left, values), _number(right, values))
        case ast.Call(func=ast.Name(id="pick"), args=[ast.Name(id=chosen)], keywords=ways):
            return _picked(chosen, {str(way.arg): way.value for way in ways}, values)
        case ast.Call(func=ast.Name(id=function), args=arguments):
            return _FUNCTIONS[function][1](*(_number(argument, values) for argument in arguments))
    raise FormulaError("foreign_form", text=ast.unparse(node), part=ast.unparse(node))


def _given(name: str, values: Mapping[str, Decimal | str]) -> Decimal:
    value = values.get(name)
    if value is None:
        raise MissingValueError(name)
    if isinstance(value, str):
        raise FormulaError("choice_reckoned", name=name)
    return value


def _picked(chosen: str, ways: Mapping[str, ast.expr], values: Mapping[str, Decimal | str]) -> Decimal:
    """Only the way that is chosen is worked out: what the others need may be missing."""
    choice = values.get(chosen)
    if choice is None:
        raise MissingValueError(chosen)
    if choice not in ways:
        raise FormulaError("choice_unsaid", name=chosen, choice=choice)
    return _number(ways[str(choice)], values)
