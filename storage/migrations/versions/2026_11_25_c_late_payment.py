"""late payment: rates, fees, waivers, interruptions."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_late_payment"
down_revision = "0004_mail"
branch_labels = None
depends_on = None

_DOCUMENT = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
_INSTANT = sa.DateTime(timezone=True)


def _keys() -> tuple["sa.Column[int]", "sa.Column[int]"]:
    return (
        sa.Column("workspace_id", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
    )


def _constraints(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["workspace_id"], ["workspace.id"], name=op.f(f"fk_{table}_workspace_id")
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f(f"pk_{table}")),
    )


def _of_client(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(
            ["workspace_id", "client_id"],
            ["client.workspace_id", "client.id"],
            name=op.f(f"fk_{table}_workspace_id_client_id"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "by_id"],
            ["person.workspace_id", "person.id"],
            name=op.f(f"fk_{table}_workspace_id_by_id"),
        ),
        sa.UniqueConstraint("workspace_id", "key", name=op.f(f"uq_{table}_workspace_id_key")),
    )


def upgrade() -> None:
    """Apply this step."""
    op.create_table(
        "late_rate",
        *_keys(),
        sa.Column("half_year", sa.String(), nullable=False),
        sa.Column("legal_percent", sa.String(), nullable=False),
        sa.Column("refi_percent", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        *_constraints("late_rate"),
        sa.UniqueConstraint(
            "workspace_id", "half_year", name=op.f("uq_late_rate_workspace_id_half_year")
        ),
    )
    op.create_table(
        "interruption",
        *_keys(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'court_claim', 'enforcement', 'claim_filed')",
            name=op.f("ck_interruption_kind"),
        ),
        *_constraints("interruption"),
        *_of_client("interruption"),
    )
    op.create_index("ix_interruption_client", "interruption", ["workspace_id", "client_id"])
    op.create_table(
        "waiver",
        *_keys(),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("client_id", sa.BigInteger(), nullable=False),
        sa.Column("given_up_minor", sa.BigInteger(), nullable=False),
        sa.Column("principal_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("open_item_ids", _DOCUMENT, nullable=False),
        sa.Column("made_on", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("by_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("judged_at", _INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('offered', 'fulfilled', 'lapsed', 'withdrawn')",
            name=op.f("ck_waiver_state"),
        ),
        sa.CheckConstraint("given_up_minor > 0", name=op.f("ck_waiver_given_up_minor")),
        *_constraints("waiver"),
        *_of_client("waiver"),
    )
    op.create_index("ix_waiver_client", "waiver", ["workspace_id", "client_id", "state"])


def downgrade() -> None:
    """Take this step back."""
    op.drop_index("ix_waiver_client", table_name="waiver")
    op.drop_table("waiver")
    op.drop_index("ix_interruption_client", table_name="interruption")
    op.drop_table("interruption")
    op.drop_table("late_rate")
