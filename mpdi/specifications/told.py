"""What the rules of an answers file say in English, in the language of the interface."""

from collections.abc import Sequence

from flask_babel import gettext as _

from mpdi.clause_library.core.answers import AnswerProblem
from mpdi.clause_library.core.said import Said


def told(problems: Sequence[AnswerProblem]) -> list[AnswerProblem]:
    """Return problems in the language of the interface."""
    return [
        AnswerProblem(_("file") if each.key == "file" else each.key, _told(each.message), _told(each.remedy))
        for each in problems
    ]


def _told(words: str) -> str:
    return words.told(_) if isinstance(words, Said) else words
