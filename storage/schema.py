"""The whole schema: importing it registers every table; which migration it needs."""

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from storage.engine import READ_ONLY
from storage.tables import alerts, follow_ups, ledger, open_data, queue, solvency, workspaces

TABLE_MODULES = (workspaces, ledger, alerts, follow_ups, queue, open_data, solvency)
metadata = SQLModel.metadata
HEAD = "0002_solvency"  # the newest migration, known without loading the migration tools
_CURRENT = text("SELECT version_num FROM alembic_version")


def is_current(engine: Engine) -> bool:
    """Say whether the database answers and is at this code's newest migration."""
    try:
        with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
            return connection.scalars(_CURRENT).all() == [HEAD]
    except DBAPIError:
        return False
