"""Alembic's entry: runs migrations on the database the caller configured."""

from alembic import context

from wanjia.db.base import open_engine
from wanjia.db.tables import all_tables

engine = open_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=all_tables().metadata,
        render_as_batch=True,
        compare_type=True,
        user_module_prefix="types.",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
