"""letters and files for the lawyer."""

revision = "0006_letters"
down_revision = "0005_late_payment"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
