"""The portal as a Flask application."""

from flask import Blueprint, Flask
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from mpdi import error_pages, i18n, page, security
from mpdi.accounts import current
from mpdi.accounts.views import accounts
from mpdi.action_plans.desk_views import plan_desk
from mpdi.action_plans.progress_views import plan_progress
from mpdi.action_plans.source_views import plan_sources
from mpdi.action_plans.views import my_plans, plans
from mpdi.advice.views import advice_pages
from mpdi.clause_library.api import clause_api
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.handlers import SearchFollower
from mpdi.clause_library.queries import LibraryCache
from mpdi.clause_library.views import clauses
from mpdi.config import Settings, load_settings
from mpdi.costing.comparison_views import case_comparisons
from mpdi.costing.draft_annex_views import draft_annexes
from mpdi.costing.specification_annex import specification_annex
from mpdi.costing.tender_book_views import tender_books
from mpdi.costing.views import costing
from mpdi.costing.workbook_views import tender_workbooks
from mpdi.database import Database
from mpdi.events.views import agenda
from mpdi.follow_up.views import follow_up, my_logs
from mpdi.guides.views import guides
from mpdi.helpdesk.article_desk_views import articles
from mpdi.helpdesk.article_handlers import ArticleFlagger, ArticleIndexer
from mpdi.helpdesk.article_search import ArticleSearch
from mpdi.helpdesk.article_views import answers
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.helpdesk.law_flags import LawFollower
from mpdi.helpdesk.mail.handlers import MailWriter
from mpdi.helpdesk.mail.views import mail_pages
from mpdi.helpdesk.menu_counts import questions_to
from mpdi.helpdesk.news_handlers import StaffTeller
from mpdi.helpdesk.report_views import reports
from mpdi.helpdesk.routing import articles_of
from mpdi.helpdesk.views import helpdesk, questions
from mpdi.jobs.events import ArticlePublished, ClausePublished, InstrumentStatusChanged, MailWanted, TicketChanged
from mpdi.jobs.queue import JobQueue
from mpdi.monitoring.found_clauses_views import finding
from mpdi.monitoring.hand_coding.views import coding
from mpdi.monitoring.views import uptake
from mpdi.monitoring.watching.views import watching
from mpdi.personal_data import register_personal_data
from mpdi.portal.views import portal
from mpdi.price_check.views import price_pages
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services
from mpdi.specifications.api import specifications_api
from mpdi.specifications.basket_views import baskets
from mpdi.specifications.views import my_drafts, specifications

BLUEPRINTS: tuple[Blueprint, ...] = (
    accounts,
    portal,
    clauses,
    clause_api,
    baskets,
    specifications,
    specifications_api,
    my_drafts,
    questions,
    helpdesk,
    answers,
    articles,
    agenda,
    reports,
    mail_pages,
    advice_pages,
    price_pages,
    finding,
    coding,
    watching,
    case_comparisons,
    costing,
    tender_books,
    tender_workbooks,
    draft_annexes,
    follow_up,
    my_logs,
    guides,
    uptake,
    plans,
    my_plans,
    plan_progress,
    plan_desk,
    plan_sources,
)

MEGABYTE = 1024 * 1024


def create_app(settings: Settings | None = None) -> Flask:
    """Build the portal; settings come from the environment where none are given."""
    settings = settings or load_settings()
    app = Flask(
        "mpdi",
        root_path=str(folder("templates").parent),
        template_folder=str(folder("templates")),
        static_folder=str(folder("static")),
        static_url_path="/static",
    )
    app.config.from_mapping(_config(settings))
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    register_personal_data(settings)
    app.extensions[EXTENSION] = _services(settings)
    app.extensions[page.MENU_COUNTS] = {"helpdesk.requests": questions_to}
    Bootstrap5(app)
    CSRFProtect(app)
    for part in (security, i18n, page, error_pages, current):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.is_https:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]
    return app


def _services(settings: Settings) -> Services:
    database = Database(settings.database_url)
    library = LibraryCache()
    search = ClauseSearch(settings.index_folder, settings.cache_folder)
    article_search = ArticleSearch(settings.home / "articles")
    handlers = {
        ClausePublished.name: (SearchFollower(database, library, search), ArticleFlagger(database, library)),
        ArticlePublished.name: (ArticleIndexer(database, article_search),),
        MailWanted.name: (MailWriter(database),),
        TicketChanged.name: (StaffTeller(database, settings.public_address),),
        InstrumentStatusChanged.name: (LawFollower(database, library, settings.public_address),),
    }
    suggestions = SuggestionService(settings.cache_folder, search, articles_of(article_search))
    jobs = JobQueue(settings, database, handlers)
    return Services(settings, database, library, search, jobs, article_search, suggestions, specification_annex)


def _config(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SESSION_COOKIE_NAME": "mpdi_session",
        "SESSION_COOKIE_SECURE": settings.is_https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": 2 * MEGABYTE,
        "MAX_FORM_MEMORY_SIZE": MEGABYTE,
        "MAX_FORM_PARTS": 2_000,
        "SEND_FILE_MAX_AGE_DEFAULT": 3_600,
        "BOOTSTRAP_SERVE_LOCAL": True,
        # A form may stay open for a whole afternoon: its token lives as long as the session.
        "WTF_CSRF_TIME_LIMIT": None,
        # We send `Referrer-Policy: no-referrer` (addresses of drafts are secrets), so there is no referrer to compare.
        "WTF_CSRF_SSL_STRICT": False,
    }
