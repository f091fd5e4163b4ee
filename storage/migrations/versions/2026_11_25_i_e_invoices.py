"""electronic invoices."""

revision = "0011_e_invoices"
down_revision = "0010_journal"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
