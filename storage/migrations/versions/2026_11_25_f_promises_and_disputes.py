"""instalment plans and extensions."""

revision = "0008_promises"
down_revision = "0007_bank"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
