"""Alembic's entry: runs on the connection that `sgdocs.migrations` hands over."""

from alembic import context

from sgdocs.migrations import included
from sgdocs.wiring import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    include_object=included,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
