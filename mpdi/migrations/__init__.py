"""The database's versions (Alembic), applied by `mpdi init`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine


def alembic_config(engine: Engine) -> Config:
    """Return Alembic's configuration for an engine; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["engine"] = engine
    return config


def upgrade(engine: Engine) -> None:
    """Bring the database to the newest version; repeated, it changes nothing."""
    command.upgrade(alembic_config(engine), "head")
