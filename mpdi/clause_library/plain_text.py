"""A clause as plain text, ready to paste: parameters filled by their defaults, cases named where there are several."""

from flask_babel import force_locale

from mpdi.clause_library.clause_page import ClausePage, ShownParagraph
from mpdi.clause_library.core.vocabulary import Language
from mpdi.i18n import translate as _


def plain_text(page: ClausePage, language: Language) -> str:
    """Return title, paragraphs and a last line that names version, digest and legal review.

    Paragraphs for the buyer's file are left out, unless the clause holds no others. What is still to choose stands in
    square brackets: parameters without a default, and the case in which a paragraph stands.
    """
    version = page.version
    shown = [item for item in page.paragraphs() if item.is_printed or not version.is_printed]
    with force_locale(language):
        paragraphs = [_paragraph(page, item, language) for item in shown]
        review = _("Legal review: signed") if version.register.is_signed else _("Legal review: pending")
    origin = f"[{version.id} · {version.version} · sha256:{version.digest[:12]} · {review}]"
    return "\n\n".join([version.title[language], *paragraphs, origin]) + "\n"


def _paragraph(page: ClausePage, item: ShownParagraph, language: Language) -> str:
    if item.condition is None:
        return item.text(language)
    case = _("Keep only if: %(condition)s", condition=page.words_of(item.condition, language))
    return f"[{case}]\n{item.text(language)}"
