"""more time and gestures granted to clients, or asked of finance."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008_promises"
down_revision = "0007_bank"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "concession",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("alert_id", sa.BigInteger(), nullable=True),
        sa.Column("dispute_id", sa.BigInteger(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("open_item_ids", _DOCUMENT, nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("until_on", sa.Integer(), nullable=True),
        sa.Column("beyond", _DOCUMENT, nullable=False),
        sa.Column("reason_sealed", sa.String(), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", _INSTANT, nullable=True),
        sa.Column("answer_sealed", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('extension', 'gesture')", name=op.f("ck_concession_kind")),
        sa.CheckConstraint(
            "state IN ('asked', 'granted', 'refused')", name=op.f("ck_concession_state")
        ),
        sa.CheckConstraint("minor > 0", name=op.f("ck_concession_minor")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_concession_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "decided_by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_concession_workspace_id_decided_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f("fk_concession_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_concession_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_concession")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_concession_workspace_id_key")),
    )
    op.create_index("ix_concession_client", "concession", ["workspace_id", "client_id", "state"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_index("ix_concession_client", table_name="concession")
    op.drop_table("concession")
