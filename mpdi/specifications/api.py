"""CPV codes as a buyer types, as JSON."""

from flask import Blueprint, Response, jsonify, request

from mpdi.i18n import interface_language
from mpdi.services import services
from mpdi.specifications.choices import choice_label
from mpdi.specifications.cpv_form import category_of, search_codes

specifications_api = Blueprint("specifications_api", __name__, url_prefix="/api")
MAX_WORDS = 300
MAX_CODES = 20


@specifications_api.get("/cpv")
def cpv() -> Response:
    """Return the codes found for `words`, best first: `[{"code", "full", "name", "category", "prefix"}]`."""
    language = interface_language()
    words = request.args.get("words", "")[:MAX_WORDS]
    found = search_codes(words, language, services().settings.cache_folder, MAX_CODES) if words.strip() else []
    rows = []
    for code in found:
        category = category_of([code.code])
        rows.append(
            {
                "code": code.code,
                "full": code.full,
                "name": code.name(language),
                "category": choice_label("category", category.found),
                "prefix": category.prefix,
            }
        )
    return jsonify(rows)
