"""Alembic's environment: our engine, our metadata."""

from alembic import context
from sqlalchemy import Engine

from mpdi.accounts import models as _account_models  # noqa: F401 (registers the tables)
from mpdi.action_plans import models as _plan_models  # noqa: F401 (registers the tables)
from mpdi.action_plans import wish_models as _plan_wish_models  # noqa: F401 (registers the tables)
from mpdi.clause_library import law_models as _law_models  # noqa: F401 (registers the tables)
from mpdi.clause_library import models as _clause_models  # noqa: F401 (registers the tables)
from mpdi.database import Base
from mpdi.events import models as _event_models  # noqa: F401 (registers the tables)
from mpdi.follow_up import models as _follow_up_models  # noqa: F401 (registers the tables)
from mpdi.helpdesk import digest_models as _digest_models  # noqa: F401 (registers the tables)
from mpdi.helpdesk import draft_models as _draft_models  # noqa: F401 (registers the tables)
from mpdi.helpdesk import meaning_models as _meaning_models  # noqa: F401 (registers the tables)
from mpdi.helpdesk import models as _helpdesk_models  # noqa: F401 (registers the tables)
from mpdi.helpdesk import word_models as _word_models  # noqa: F401 (registers the tables)
from mpdi.jobs import models as _job_models  # noqa: F401 (registers the tables)
from mpdi.monitoring import clause_models as _clause_link_models  # noqa: F401 (registers the tables)
from mpdi.monitoring import models as _monitoring_models  # noqa: F401 (registers the tables)
from mpdi.monitoring.hand_coding import models as _coding_models  # noqa: F401 (registers the tables)
from mpdi.monitoring.watching import models as _watching_models  # noqa: F401 (registers the tables)
from mpdi.specifications import models as _specification_models  # noqa: F401 (registers the tables)

engine: Engine = context.config.attributes["engine"]
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
