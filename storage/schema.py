"""The whole schema: importing it registers every table; which migration it needs."""

from storage import schema_of_books
from storage.schema_of_books import metadata as metadata
from storage.tables import (
    dunning,
    e_invoices,
    mail,
    open_data,
    papers,
    prospect_lists,
    queue,
    solvency,
)
from storage.version import HEAD as HEAD
from storage.version import is_current as is_current

TABLE_MODULES = (
    *schema_of_books.TABLE_MODULES,
    dunning,
    queue,
    e_invoices,
    mail,
    open_data,
    papers,
    prospect_lists,
    solvency,
)
