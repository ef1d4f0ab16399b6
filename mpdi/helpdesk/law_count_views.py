"""What the pages of the law show of the features above the clause library: how many answers and specifications."""

from mpdi.helpdesk.article_views import answers
from mpdi.helpdesk.law_flags import articles_on
from mpdi.services import services
from mpdi.specifications.law_counts import specifications_on


@answers.app_template_global()
def answers_on_law(instrument: str, article: str | None = None) -> int:
    """Count the published answers that rest on an instrument, or on one article of it."""
    with services().database.reading() as session:
        return len(articles_on(session, services().library.library(session), instrument, article))


@answers.app_template_global()
def specifications_on_law(instrument: str, article: str | None = None) -> int:
    """Count the specifications downloaded that do."""
    with services().database.reading() as session:
        return specifications_on(session, services().library.library(session), instrument, article)
