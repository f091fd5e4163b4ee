"""The shape every table shares: the tenant first in every key, application-made ids."""

from pydantic import ConfigDict
from sqlalchemy import BigInteger, ForeignKeyConstraint, Index, TextClause
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class TenantRow(SQLModel):
    """A row of one workspace; (workspace_id, id) is its key, so tables can be split by tenant.

    Rows are never validated, so their validators are not built: every start is quicker for it.
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]

    workspace_id: int = Field(primary_key=True, sa_type=BigInteger, foreign_key="workspace.id")
    id: int = Field(primary_key=True, sa_type=BigInteger)


def refers(column: str, table: str) -> ForeignKeyConstraint:
    """Return the foreign key of `column` to a row of the same workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


def partial_index(name: str, *columns: str, where: TextClause, unique: bool = False) -> Index:
    """Return the index of the rows that meet `where`.

    The migrations say it to PostgreSQL as well. It is not named here: SQLAlchemy would load that
    dialect for it, 15 ms of every start on SQLite.
    """
    return Index(name, *columns, unique=unique, sqlite_where=where)
