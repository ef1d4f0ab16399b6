"""Formulas of a product sheet as formulas of a spreadsheet, with the same meaning: what is not used may be unknown.

A value that nobody gave is `NA()` in its cell. It spreads through a spreadsheet as a missing value spreads through the
engine, and stops at a product whose first factor is nothing and at a choice that is not made, as there.
"""

import ast
from collections.abc import Mapping

from mpdi.lcc.sheets.formulas import Formula

_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_STRENGTH: Mapping[str, int] = {"+": 1, "-": 1, "*": 2, "/": 2}
_OF_LIVES = ("unused_share", "is_replaced")
"""Functions of the life of a unit and the years of the study; a life of nothing is an error in both."""
_WHOLE = 11
"""Decimals at which a quotient of binary numbers is taken for the whole number that it is in decimals."""


def ceiling(text: str) -> str:
    """Round up to a whole number; what binary numbers leave behind the point is no reason to go one up."""
    return f"-INT(-ROUND({text},{_WHOLE}))"


def floor(text: str) -> str:
    """Round down to a whole number, in the same way."""
    return f"INT(ROUND({text},{_WHOLE}))"


class Spreadsheet:
    """Writes formulas for one sheet; `cells` says where each name stands, `unsure` which names may be unknown."""

    def __init__(self, cells: Mapping[str, str], unsure: frozenset[str]) -> None:
        self._cells, self._unsure = cells, unsure

    def written(self, formula: Formula) -> str:
        """Return the formula without its equals sign."""
        return self._text(formula.tree)

    def _text(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=number):
                return str(number)
            case ast.Name(id=name):
                return self._cells[name]
            case ast.UnaryOp(operand=operand):
                return f"-{self._inner(operand, 2)}"
            case ast.BinOp(left=left, op=op, right=right):
                return self._two(left, _SIGNS[type(op)], right)
            case ast.Call(func=ast.Name(id="pick"), args=[ast.Name(id=chosen)], keywords=ways):
                return self._picked(self._cells[chosen], {str(way.arg): way.value for way in ways})
            case ast.Call(func=ast.Name(id=function), args=arguments):
                return self._called(function, [self._text(each) for each in arguments])
        raise ValueError(f"a sheet holds no {ast.unparse(node)}")

    def _inner(self, node: ast.expr, strength: int) -> str:
        text = self._text(node)
        is_weak = isinstance(node, ast.BinOp) and _STRENGTH[_SIGNS[type(node.op)]] < strength
        return f"({text})" if is_weak or (text.startswith("-") and strength > 1) else text

    def _two(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        strength = _STRENGTH[sign]
        first = self._inner(left, strength)
        # a - (b + c) and a / (b * c) need their brackets as well
        second = self._inner(right, strength + (sign in "-/"))
        text = f"{first}{sign}{second}"
        return f"IF({self._text(left)}=0,0,{text})" if sign == "*" and self._may_be_unknown(right) else text

    def _may_be_unknown(self, node: ast.expr) -> bool:
        """Division counts too: by nothing it is an error here, and is not worked out in the engine."""
        return any(
            (isinstance(each, ast.Name) and each.id in self._unsure)
            or (isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div))
            or (isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in _OF_LIVES)
            for each in ast.walk(node)
        )

    def _picked(self, cell: str, ways: Mapping[str, ast.expr]) -> str:
        text = "NA()"
        for option, way in reversed(list(ways.items())):
            text = f'IF({cell}="{option}",{self._text(way)},{text})'
        return text

    def _called(self, function: str, arguments: list[str]) -> str:
        if function == "ceil":
            return ceiling(arguments[0])
        if function in _OF_LIVES:
            life, years = arguments
            lives = f"({years})/({life})"
            return f"MAX({ceiling(lives)}-{lives},0)" if function == "unused_share" else f"IF({ceiling(lives)}>1,1,0)"
        if function not in ("min", "max"):
            raise ValueError(f"the workbook knows no function {function}")
        return f"{function.upper()}({','.join(arguments)})"
