"""The whole schema, for migrations and tests: importing it registers every table."""

from sqlmodel import SQLModel

from storage.tables import alerts, follow_ups, ledger, open_data, queue, workspaces

TABLE_MODULES = (workspaces, ledger, alerts, follow_ups, queue, open_data)
metadata = SQLModel.metadata
