"""what a client's sales leave, where known: it weighs in a commercial gesture."""

import sqlalchemy as sa
from alembic import op

revision = "0012_margins"
down_revision = "0011_e_invoices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""
    with op.batch_alter_table("client") as batch_op:
        batch_op.add_column(sa.Column("margin_percent", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Undo this step."""
    with op.batch_alter_table("client") as batch_op:
        batch_op.drop_column("margin_percent")
