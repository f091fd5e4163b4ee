"""items that look late but are not, delivery holds."""

import sqlalchemy as sa
from alembic import op

revision = "0009_item_states"
down_revision = "0008_promises"
branch_labels = None
depends_on = None

_ITEM_KINDS = (
    "'invoice', 'credit_note', 'payment_on_account', 'instalment', 'opening', 'retention', 'bill',"
    " 'factored'"
)
_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "item_state",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("item_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Integer(), nullable=False),
        sa.Column("kind_before", sa.String(), nullable=False),
        sa.Column("due_on_before", sa.Integer(), nullable=False),
        sa.Column("due_from_before", sa.String(), nullable=False),
        sa.Column("note_sealed", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("ended_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "due_from_before IN ('stated', 'terms', 'estimated')",
            name=op.f("ck_item_state_due_from_before"),
        ),
        sa.CheckConstraint(
            "kind IN ('retention', 'bill', 'factored')", name=op.f("ck_item_state_kind")
        ),
        sa.CheckConstraint(
            f"kind_before IN ({_ITEM_KINDS})", name=op.f("ck_item_state_kind_before")
        ),
        sa.CheckConstraint("minor > 0", name=op.f("ck_item_state_minor")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_item_state_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f("fk_item_state_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_item_state_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_item_state")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_item_state_workspace_id_key")),
    )
    live = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_item_state_live",
        "item_state",
        ["workspace_id", "client_id", "item_key"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )
    op.create_table(
        "delivery_hold",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("reason_sealed", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("lifted_at", _INSTANT, nullable=True),
        sa.Column("lifted_by_id", sa.BigInteger(), nullable=True),
        sa.Column("lifted_how", sa.String(), nullable=False),
        sa.CheckConstraint(
            "scope IN ('deliveries', 'new_orders')", name=op.f("ck_delivery_hold_scope")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_delivery_hold_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "lifted_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_delivery_hold_workspace_id_lifted_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f("fk_delivery_hold_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_delivery_hold_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_delivery_hold")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_delivery_hold_workspace_id_key")),
    )
    unlifted = sa.text("lifted_at IS NULL")
    op.create_index(
        "ix_delivery_hold_live",
        "delivery_hold",
        ["workspace_id", "client_id"],
        unique=True,
        sqlite_where=unlifted,
        postgresql_where=unlifted,
    )


def downgrade() -> None:
    """Take this step back."""
    op.drop_index("ix_delivery_hold_live", table_name="delivery_hold")
    op.drop_table("delivery_hold")
    op.drop_index("ix_item_state_live", table_name="item_state")
    op.drop_table("item_state")
