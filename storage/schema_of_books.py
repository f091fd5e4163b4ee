"""The tables of the books and of what is done about them; a lookup starts quicker without others.

They refer to no table but one another.
"""

from sqlmodel import SQLModel

from storage.tables import alerts, bank, follow_ups, items, late_payment, ledger, workspaces

TABLE_MODULES = (workspaces, ledger, alerts, follow_ups, bank, items, late_payment)
metadata = SQLModel.metadata
