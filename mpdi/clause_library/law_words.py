"""The words of levels and statuses of legal instruments."""

from flask_babel import lazy_gettext as _l

LEVELS = {"eu": _l("European Union"), "federal": _l("Federal (Belgium)"), "regional": _l("Brussels-Capital Region")}
STATUSES = {
    "announced": _l("announced"),
    "in_force": _l("in force"),
    "amended": _l("amended"),
    "replaced": _l("replaced"),
    "repealed": _l("repealed"),
}


def level(code: str) -> str:
    """Say whose law it is."""
    return str(LEVELS.get(code, code))


def status(code: str) -> str:
    """Say where an act stands."""
    return str(STATUSES.get(code, code))
