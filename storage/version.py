"""Which migration this code needs, and whether a database has it; known without the tables."""

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from storage.engine import READ_ONLY

HEAD = "0012_margins"  # the newest migration, known without loading the migration tools
_CURRENT = text("SELECT version_num FROM alembic_version")


def is_current(engine: Engine) -> bool:
    """Say whether the database answers and is at this code's newest migration."""
    try:
        with engine.execution_options(**{READ_ONLY: True}).connect() as connection:
            return connection.scalars(_CURRENT).all() == [HEAD]
    except DBAPIError:
        return False
