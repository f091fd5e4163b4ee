"""letters and files for the lawyer."""

import sqlalchemy as sa
from alembic import op

revision = "0006_letters"
down_revision = "0005_late_payment"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "paper",
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("minor", sa.BigInteger(), nullable=False),
        sa.Column("deadline_on", sa.Integer(), nullable=True),
        sa.Column("content_sealed", sa.String(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("stages", sa.Integer(), nullable=False),
        sa.Column("posted_on", sa.Integer(), nullable=True),
        sa.Column("tracking_sealed", sa.String(), nullable=False),
        sa.Column("received_on", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("shared_at", _INSTANT, nullable=True),
        sa.Column("error", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('formal_notice', 'statement', 'case_file')", name=op.f("ck_paper_kind")
        ),
        sa.CheckConstraint(
            "state IN ('asked', 'drafted', 'posted', 'received', 'returned', 'failed')",
            name=op.f("ck_paper_state"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f("fk_paper_workspace_id_by_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f("fk_paper_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f("fk_paper_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("pk_paper")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("uq_paper_workspace_id_key")),
        sa.UniqueConstraint(
            "workspace_id", "reference", name=op.f("uq_paper_workspace_id_reference")
        ),
    )
    op.create_index("ix_paper_client", "paper", ["workspace_id", "client_id", "id"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_index("ix_paper_client", table_name="paper")
    op.drop_table("paper")
