"""late payment: rates, fees, waivers, interruptions."""

revision = "0005_late_payment"
down_revision = "0004_mail"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
