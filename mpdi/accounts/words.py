"""What roles, routes and the actions of the audit log are called on pages."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.accounts.roles import Role

ROLES: dict[Role, LazyString] = {
    Role.VISITOR: _l("Visitor"),
    Role.FIRM: _l("Firm"),
    Role.BUYER: _l("Public buyer"),
    Role.FACILITATOR: _l("Facilitator"),
    Role.EXPERT: _l("Expert"),
    Role.LEGAL_REVIEWER: _l("Legal reviewer"),
    Role.COORDINATOR: _l("Coordinator"),
    Role.ADMINISTRATOR: _l("Administrator"),
}
ROUTES: dict[str, LazyString] = {
    "mpd": _l("Sustainable procurement"),
    "mpi": _l("Innovation procurement"),
    "sme": _l("Access for small firms"),
    "social": _l("Social clauses"),
    "anti_dumping": _l("Social dumping and prices"),
    "food": _l("Food"),
}
"""The routes of the helpdesk, to which a facilitator's role can be limited; a test holds them equal."""
