"""what happens next: scenarios, steps and holds."""

revision = "0003_steps"
down_revision = "0002_solvency"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
