"""items that look late but are not, delivery holds."""

revision = "0009_item_states"
down_revision = "0008_promises"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this step."""


def downgrade() -> None:
    """Take this step back."""
