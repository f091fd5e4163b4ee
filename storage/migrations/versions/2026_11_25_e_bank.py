"""bank statements and what they pay."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007_bank"
down_revision = "0006_letters"
branch_labels = None
depends_on = None

_SEEN, _NEW = sa.text("state = 'seen'"), sa.text("state = 'new'")
_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "bank_account",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entity_id", sa.BigInteger(), nullable=False),
        sa.Column("number_sealed", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("until_on", sa.Integer(), nullable=True),
        *_keys("bank_account", entity_id="entity"),
    )
    op.create_index("ix_bank_account_entity", "bank_account", ["workspace_id", "entity_id"])
    _lines()
    _parts()


def downgrade() -> None:
    """Take this step back."""
    for table in ("bank_part", "bank_line", "bank_account"):
        op.drop_table(table)


def _lines() -> None:
    op.create_table(
        "bank_line",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("import_run_id", sa.BigInteger(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("booked_on", sa.Integer(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("payer_sealed", sa.String(), nullable=False),
        sa.Column("text_sealed", sa.String(), nullable=False),
        sa.Column("reject_code", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=True),
        sa.Column("takes_back_id", sa.BigInteger(), nullable=True),
        sa.Column("proposals", _DOCUMENT, nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "sort IN ('receipt', 'rejected', 'other')", name=op.f("ck_bank_line_sort")
        ),
        sa.CheckConstraint(
            "state IN ('new', 'matched', 'suggested', 'unknown', 'set_aside', 'taken_back')",
            name=op.f("ck_bank_line_state"),
        ),
        *_keys(
            "bank_line",
            account_id="bank_account",
            import_run_id="import_run",
            client_id="client",
            decided_by_id="person",
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "account_id",
            "identity",
            name=op.f("uq_bank_line_workspace_id_account_id_identity"),
        ),
    )
    op.create_index("ix_bank_line_day", "bank_line", ["workspace_id", "account_id", "booked_on"])
    op.create_index("ix_bank_line_client", "bank_line", ["workspace_id", "client_id", "booked_on"])
    op.create_index(
        "ix_bank_line_new",
        "bank_line",
        ["workspace_id", "id"],
        sqlite_where=_NEW,
        postgresql_where=_NEW,
    )


def _parts() -> None:
    op.create_table(
        "bank_part",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("open_after_minor", sa.BigInteger(), nullable=False),
        sa.Column("loose_minor", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seen_on", sa.Integer(), nullable=False),
        sa.Column("ended_run_id", sa.BigInteger(), nullable=True),
        sa.Column("lag_told_on", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('seen', 'in_books', 'undone')", name=op.f("ck_bank_part_state")
        ),
        *_keys("bank_part", line_id="bank_line", client_id="client"),
        sa.UniqueConstraint(
            "workspace_id",
            "line_id",
            "item_key",
            name=op.f("uq_bank_part_workspace_id_line_id_item_key"),
        ),
    )
    op.create_index(
        "ix_bank_part_seen",
        "bank_part",
        ["workspace_id", "client_id"],
        sqlite_where=_SEEN,
        postgresql_where=_SEEN,
    )


def _keys(table: str, **refers: str) -> list[sa.Constraint]:
    """Return the keys every table has, and those to rows of the same workspace."""
    foreign = [
        sa.ForeignKeyConstraint(
            ["workspace_id", column],
            [f"{other}.workspace_id", f"{other}.id"],
            name=op.f(f"fk_{table}_workspace_id_{column}"),
        )
        for column, other in refers.items()
    ]
    tenant = sa.ForeignKeyConstraint(
        ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id")
    )
    key = sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{table}"))
    return [*foreign, tenant, key]
