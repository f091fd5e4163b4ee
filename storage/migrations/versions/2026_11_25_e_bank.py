"""bank statements and what they pay."""

revision = "0007_bank"
down_revision = "0006_letters"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
