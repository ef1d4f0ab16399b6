"""An answers file that a reader sends: read, held against the library, every wrong answer named."""

import datetime
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from mpdi import clock
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import AnswerProblem, read_answers
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.strict_yaml import YamlFileError
from mpdi.exceptions import MpdiError
from mpdi.specifications.dates import known_span, unknown_number
from mpdi.specifications.manifest import answers_json
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.writing import prepare


class UnreadableUploadError(MpdiError):
    """The file as a whole cannot be taken up; `problem` says why in the language of the reader."""

    def __init__(self, key: str, message: str, remedy: str) -> None:
        self.problem = AnswerProblem(key, message, remedy)
        super().__init__(str(self.problem))


def read_upload(file: FileStorage | None, library: ClauseLibrary) -> Mapping[str, Any]:
    """Return the answers of a file as a draft keeps them.

    `UnreadableUploadError` where it is no answers file; `AnswersError` with every answer that is wrong.
    """
    if file is None or not file.filename:
        raise UnreadableUploadError(_("file"), _("No file was chosen."), _choose())
    purchase = read_answers(_parsed(file.read()), clock.today())
    _refuse_unknown_date(library.reference.numbers, purchase.publication_date)
    prepare(purchase, library)
    return answers_json(purchase)


def _choose() -> str:
    words: str = _("Choose an answers file (.yaml) that was downloaded here.")
    return words


def _parsed(content: bytes) -> Any:
    try:
        return strict_yaml.parse(content.decode("utf-8-sig"), _("file"))
    except UnicodeDecodeError as error:
        raise UnreadableUploadError(_("file"), _("It is not a text file in UTF-8."), _choose()) from error
    except YamlFileError as error:
        remedy = _("Mend the file, or choose another one.")
        raise UnreadableUploadError(_("file"), error.problem.told(_), remedy) from error


def _refuse_unknown_date(numbers: LawNumbers, day: datetime.date) -> None:
    if unknown_number(numbers, day) is not None:
        first, last = (write_date(each) for each in known_span(numbers))
        message = _("The numbers of law are known from %(first)s to %(last)s.", first=first, last=last)
        raise UnreadableUploadError("publication_date", message, _("Choose a date in that span."))
