"""Brings a database to the newest version, or back (Alembic, ``migrations/``)."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from wanjia.paths import MIGRATIONS


def alembic_config(url: str) -> Config:
    """Configure Alembic for one database, without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the database at ``url`` up to ``revision``; does nothing when it is there."""
    command.upgrade(alembic_config(url), revision)


def downgrade(url: str, revision: str) -> None:
    """Bring the database at ``url`` back to ``revision``."""
    command.downgrade(alembic_config(url), revision)


def is_current(engine: Engine) -> bool:
    """Tell whether the database stands at the newest version."""
    newest = ScriptDirectory.from_config(alembic_config("")).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest
